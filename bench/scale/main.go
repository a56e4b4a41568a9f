// Command scale-bench measures how the server does with a large organisation:
// lists and exports over HTTP of a running demo --large, decisions in memory, and how
// soon a live session ends when what it rests on is taken away.
// It prints one JSON object. The figures in bench/figures/scale.mjs run it.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "scale-bench: %v\n", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	var out any
	var err error
	switch {
	case len(args) == 4 && args[0] == "lists":
		out, err = lists(args[1], args[2], args[3])
	case len(args) == 4 && args[0] == "export":
		out, err = export(args[1], args[2], args[3])
	case len(args) == 1 && args[0] == "decide":
		out, err = decide()
	case len(args) == 3 && args[0] == "revocation":
		devices, bad := strconv.Atoi(args[2])
		if bad != nil {
			return bad
		}
		out, err = revocation(args[1], devices)
	default:
		return fmt.Errorf("usage: lists BASE PEOPLE DATABASE | export BASE PEOPLE PID | decide | revocation FOLDER DEVICES")
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(out)
}

// times are samples in microseconds.
type times struct {
	P50  float64 `json:"p50"`
	P95  float64 `json:"p95"`
	P99  float64 `json:"p99"`
	Max  float64 `json:"max"`
	N    int     `json:"n"`
	Slow string  `json:"slow,omitempty"` // what took the longest
}

func summary(took []time.Duration) times {
	slices.Sort(took)
	at := func(q float64) float64 {
		return float64(took[min(len(took)-1, int(q*float64(len(took))))].Nanoseconds()) / 1000
	}
	return times{P50: at(0.5), P95: at(0.95), P99: at(0.99), Max: at(1), N: len(took)}
}
