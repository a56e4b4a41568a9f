package bus_test

import (
	"testing"

	"tasuke/internal/bus"
	"tasuke/internal/bus/bustest"
)

func TestMemory(t *testing.T) {
	bustest.Run(t, func(*testing.T) bus.Bus { return &bus.Memory{} })
}
