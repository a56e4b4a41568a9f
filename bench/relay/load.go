package main

import (
	"encoding/binary"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// payloadBytes of a packet, as in a picture.
	payloadBytes = 1000
	// warming is not counted.
	warming = 500 * time.Millisecond
)

// traffic is what all seats of a round share.
type traffic struct {
	// burst packets every so many milliseconds are 8 Mbit/s, which is the most that
	// the relay lets one seat send. A browser paces a picture in bursts of 5 ms.
	burst    int
	began    time.Time
	counting atomic.Bool // packets sent now count
	over     chan struct{}
	sent     atomic.Int64

	mu     sync.Mutex
	delays []time.Duration
}

// load lets every seat send and receive, and tells what came of it.
func load(s *server, pairs [][2]*seat, burst int, length time.Duration) (result, error) {
	t := &traffic{burst: burst, began: time.Now(), over: make(chan struct{})}
	var senders, receivers sync.WaitGroup
	n := 0
	for _, pair := range pairs {
		for _, p := range pair {
			phase := t.every() * time.Duration(n) / time.Duration(2*len(pairs))
			n++
			senders.Go(func() { t.send(p, phase) })
			receivers.Go(func() { t.receive(p) })
		}
	}
	time.Sleep(warming)
	before, err := s.cpu()
	t.counting.Store(true)
	time.Sleep(length)
	t.counting.Store(false)
	after, err2 := s.cpu()
	close(t.over)
	senders.Wait()
	time.Sleep(200 * time.Millisecond) // what is still on its way
	for _, pair := range pairs {
		for _, p := range pair {
			err = errors.Join(err, p.conn.SetReadDeadline(time.Unix(1, 0)))
		}
	}
	receivers.Wait()
	if err := errors.Join(err, err2); err != nil {
		return result{}, err
	}
	return t.summary(after-before, length)
}

func (t *traffic) summary(used, length time.Duration) (result, error) {
	got := len(t.delays)
	if got == 0 || used == 0 {
		return result{}, errors.New("nothing arrived")
	}
	slices.Sort(t.delays)
	micro := func(q float64) float64 { return float64(t.delays[int(q*float64(got-1))].Nanoseconds()) / 1e3 }
	sent := float64(t.sent.Load())
	return result{
		PerCore: float64(got) / used.Seconds(), P50: micro(0.5), P99: micro(0.99),
		Lost: max(0, 1-float64(got)/sent), Offered: sent / length.Seconds(),
	}, nil
}

func (t *traffic) every() time.Duration { return time.Duration(t.burst) * time.Millisecond }

// send sends bursts until the end. A counted packet has its mark set.
func (t *traffic) send(p *seat, phase time.Duration) {
	b := make([]byte, 4+payloadBytes)
	binary.BigEndian.PutUint16(b, channel)
	binary.BigEndian.PutUint16(b[2:], payloadBytes)
	b[4], b[5] = 0x80, 96 // RTP version 2
	time.Sleep(phase)
	tick := time.NewTicker(t.every())
	defer tick.Stop()
	for {
		select {
		case <-t.over:
			return
		case <-tick.C:
		}
		b[6] = 0
		if t.counting.Load() {
			b[6] = 1
			t.sent.Add(int64(t.burst))
		}
		for range t.burst {
			binary.BigEndian.PutUint64(b[16:], uint64(time.Since(t.began)))
			if _, err := p.conn.Write(b); err != nil {
				return
			}
		}
	}
}

func (t *traffic) receive(p *seat) {
	b := make([]byte, 4096)
	var delays []time.Duration
	for {
		n, err := p.read(b)
		if err != nil {
			break
		}
		if n >= 4+payloadBytes && b[0] == channel>>8 && b[6] == 1 {
			delays = append(delays, time.Since(t.began)-time.Duration(binary.BigEndian.Uint64(b[16:])))
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.delays = append(t.delays, delays...)
}
