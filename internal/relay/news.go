package relay

import "sync"

// EventKind says what happened.
type EventKind string

// The events that Options.Observe hears.
const (
	Allocated  EventKind = "allocated"   // a seat has a relayed address
	Released   EventKind = "released"    // and has it no longer; Bytes it sent
	PeerFlood  EventKind = "peer_flood"  // closed: it asked for too many different Peers
	BytesSpent EventKind = "bytes_spent" // closed: the session has used up its Bytes
)

// Event is one thing that happened to the allocations of a session.
type Event struct {
	Kind          EventKind
	Session, Seat string
	TCP           bool  // Allocated: by TCP, else UDP
	Bytes         int64 // Released, BytesSpent
	Peers         int   // PeerFlood
}

// news carries events to the observer without ever making the relay wait.
type news struct {
	mu     sync.Mutex
	queue  chan Event // nil: nobody listens, or closed
	worker sync.WaitGroup
}

func newNews(observe func(Event)) *news {
	n := &news{}
	if observe == nil {
		return n
	}
	const backlog = 256
	queue := make(chan Event, backlog)
	n.queue = queue
	n.worker.Go(func() {
		for e := range queue {
			observe(e)
		}
	})
	return n
}

func (n *news) tell(e Event) {
	n.mu.Lock()
	defer n.mu.Unlock()
	select {
	case n.queue <- e: // never ready while nil
	default:
	}
}

// close returns when the observer has heard the last event.
func (n *news) close() {
	n.mu.Lock()
	if n.queue != nil {
		close(n.queue)
		n.queue = nil
	}
	n.mu.Unlock()
	n.worker.Wait()
}
