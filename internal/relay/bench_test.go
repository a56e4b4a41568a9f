package relay

import (
	"testing"
	"time"

	"tasuke/internal/relay/attack"
)

// BenchmarkRelayToRelay sends 1 000-byte payloads from one seat's client to the
// other's, through both allocations, by sockets on loopback.
func BenchmarkRelayToRelay(b *testing.B) {
	for _, network := range []string{"udp", "tcp"} {
		b.Run(network, func(b *testing.B) {
			w := newWorld(b, func(_ *Options, l *limits) { l.bytesPerSecond, l.burst = 1<<40, 1<<40 })
			from, to := w.join(b, network, "s1", "helper"), w.join(b, network, "s1", "sharer")
			connect(b, from, to)
			if x, y := from.Bind(0x4000, to.Relayed), to.Bind(0x4000, from.Relayed); x != 0 || y != 0 {
				b.Fatal(x, y)
			}
			packet := attack.ChannelData(0x4000, append(attack.DTLS(""), make([]byte, 999)...))
			b.ResetTimer()
			began := time.Now()
			got := 0
			const window = 64 // unacknowledged packets: below every queue
			for sent := 0; sent < b.N; {
				for range window {
					from.Send(packet)
					sent++
				}
				for range window {
					if _, ok := to.Receive(100 * time.Millisecond); !ok {
						break // lost; the count shows it
					}
					got++
				}
			}
			b.ReportMetric(float64(got)/time.Since(began).Seconds(), "packets/s")
		})
	}
}
