// Package bustest is the conformance suite that every implementation of
// bus.Bus passes.
package bustest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"tasuke/internal/bus"
)

// patience bounds how long the suite waits for a message that must come.
const patience = 10 * time.Second

// Run tests the buses that open makes.
func Run(t *testing.T, open func(t *testing.T) bus.Bus) {
	t.Run("delivers in order to every subscriber of the topic", func(t *testing.T) { order(t, open(t)) })
	t.Run("drops for a slow subscriber and says so", func(t *testing.T) { slow(t, open(t)) })
	t.Run("ends", func(t *testing.T) { ends(t, open(t)) })
}

func subscribe(t *testing.T, b bus.Bus, topic string, queue int) bus.Subscription {
	t.Helper()
	s, err := b.Subscribe(topic, queue)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func publish(t *testing.T, b bus.Bus, topic, message string) {
	t.Helper()
	if err := b.Publish(context.Background(), topic, []byte(message)); err != nil {
		t.Fatal(err)
	}
}

func receive(t *testing.T, s bus.Subscription) string {
	t.Helper()
	select {
	case m := <-s.Messages():
		return string(m)
	case <-time.After(patience):
		t.Fatal("no message came")
		return ""
	}
}

func order(t *testing.T, b bus.Bus) {
	defer b.Close()
	one, two, other := subscribe(t, b, "a", 16), subscribe(t, b, "a", 16), subscribe(t, b, "b", 16)
	for i := range 10 {
		publish(t, b, "a", fmt.Sprint(i))
	}
	publish(t, b, "b", "last")
	for i := range 10 {
		for _, s := range []bus.Subscription{one, two} {
			if got := receive(t, s); got != fmt.Sprint(i) {
				t.Fatalf("message %d is %q", i, got)
			}
		}
	}
	if got := receive(t, other); got != "last" {
		t.Fatalf("topic b heard %q", got)
	}
}

func slow(t *testing.T, b bus.Bus) {
	defer b.Close()
	lazy, quick := subscribe(t, b, "a", 1), subscribe(t, b, "a", 8)
	for range 5 {
		publish(t, b, "a", "x")
	}
	select {
	case <-lazy.Lagged():
	case <-time.After(patience):
		t.Fatal("the slow subscriber was not told")
	}
	for range 5 {
		receive(t, quick)
	}
}

func ends(t *testing.T, b bus.Bus) {
	s := subscribe(t, b, "a", 1)
	s.Close()
	s.Close()
	if _, open := <-s.Messages(); open {
		t.Fatal("a closed subscription delivered")
	}
	last := subscribe(t, b, "a", 1)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if _, open := <-last.Messages(); open {
		t.Fatal("a closed bus delivered")
	}
	if err := b.Publish(context.Background(), "a", nil); !errors.Is(err, bus.ErrClosed) {
		t.Fatalf("Publish after Close: %v", err)
	}
}
