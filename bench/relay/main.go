// Command relay measures the relay beside coturn: packets for each second of
// processor time, and the delay that is added, over UDP, TCP and TLS, with both
// seats relayed, in turn on one machine. It prints one line of JSON for each
// network. It is no part of the product.
//
//	relay measure [-networks udp,tcp] [-sessions 16] [-burst 5] [-time 4s] [-rounds 3]
//	relay serve SESSIONS CERT KEY    the relay alone, in a process of its own
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
)

func main() {
	var err error
	switch {
	case len(os.Args) > 1 && os.Args[1] == "serve":
		err = serve(os.Args[2:])
	case len(os.Args) > 1 && os.Args[1] == "measure":
		err = measure(os.Args[2:])
	default:
		err = fmt.Errorf("say measure or serve")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "relay:", err)
		os.Exit(1)
	}
}

// result is one server's part of a line: medians over the rounds.
type result struct {
	PerCore float64 `json:"per_core"` // packets that arrived, for each second of the server's processor time
	P50     float64 `json:"p50"`      // delay in µs
	P99     float64 `json:"p99"`
	Lost    float64 `json:"lost"` // share of packets sent
	Offered float64 `json:"offered"`
}

func measure(args []string) error {
	flags := flag.NewFlagSet("measure", flag.ContinueOnError)
	networks := flags.String("networks", "udp,tcp,tls", "in this order")
	sessions := flags.Int("sessions", 16, "at a time; each of both seats sends 1 000 packets a second")
	burst := flags.Int("burst", 5, "packets that a seat sends in a row")
	length := flags.Duration("time", 4*time.Second, "of load in each round")
	rounds := flags.Int("rounds", 3, "of each server, in turn")
	if err := flags.Parse(args); err != nil {
		return err
	}
	names := []string{"coturn", "tasuke"}
	for network := range strings.SplitSeq(*networks, ",") {
		all := map[string][]result{}
		for range *rounds {
			for _, name := range names {
				r, err := round(name, network, *sessions, *burst, *length)
				if err != nil {
					return fmt.Errorf("%s over %s: %w", name, network, err)
				}
				all[name] = append(all[name], r)
			}
		}
		line := map[string]any{"network": network, "rounds": *rounds}
		for _, name := range names {
			line[name] = medians(all[name])
		}
		if err := json.NewEncoder(os.Stdout).Encode(line); err != nil {
			return err
		}
	}
	return nil
}

func medians(all []result) result {
	median := func(of func(result) float64) float64 {
		var v []float64
		for _, r := range all {
			v = append(v, of(r))
		}
		slices.Sort(v)
		return v[len(v)/2]
	}
	return result{
		PerCore: median(func(r result) float64 { return r.PerCore }), P50: median(func(r result) float64 { return r.P50 }),
		P99: median(func(r result) float64 { return r.P99 }), Lost: median(func(r result) float64 { return r.Lost }),
		Offered: median(func(r result) float64 { return r.Offered }),
	}
}

// round starts a server, loads it once and stops it.
func round(name, network string, sessions, burst int, length time.Duration) (r result, err error) {
	s, err := startServer(name, sessions)
	if err != nil {
		return r, err
	}
	defer func() {
		if e := s.stop(); err == nil {
			err = e
		}
	}()
	var pairs [][2]*seat
	defer func() {
		for _, p := range pairs {
			p[0].conn.Close()
			p[1].conn.Close()
		}
	}()
	for i := range sessions {
		p, err := join(s, network, i)
		if err != nil {
			return r, err
		}
		pairs = append(pairs, p)
	}
	return load(s, pairs, burst, length)
}
