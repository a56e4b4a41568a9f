// Package bus is the port through which one part of the machine tells others
// that something changed, and its in-memory implementation for one node. It
// carries names of what changed and opaque messages between two seats, never
// state: a lost, doubled or late message does no harm, because who hears it
// reads the store. It knows no topic's meaning.
package bus

import (
	"context"
	"errors"
	"sync"
)

// Bus delivers messages to the subscribers a topic has at that moment, at most
// once, in the order of one publisher.
type Bus interface {
	// Publish never waits for a slow subscriber.
	Publish(ctx context.Context, topic string, message []byte) error
	// Subscribe delivers into a queue of the given length (at least 1). When it
	// is full, further messages are dropped and Lagged is closed.
	Subscribe(topic string, queue int) (Subscription, error)
	// Close ends all subscriptions.
	Close() error
}

// Subscription is one subscriber's end.
type Subscription interface {
	// Messages is closed when the subscription ends.
	Messages() <-chan []byte
	// Lagged is closed at the first dropped message.
	Lagged() <-chan struct{}
	// Close ends the subscription; closing twice is harmless.
	Close()
}

// ErrClosed is returned after Close.
var ErrClosed = errors.New("the bus is closed")

// Memory is the bus of one node. Its zero value is ready for use.
type Memory struct {
	mu     sync.Mutex
	closed bool                                  // guarded by mu
	topics map[string]map[*subscription]struct{} // guarded by mu
}

type subscription struct {
	bus      *Memory
	topic    string
	messages chan []byte   // sent to and closed under bus.mu only
	lagged   chan struct{} // closed under bus.mu only
	late     bool          // guarded by bus.mu: lagged is closed
}

// Publish implements Bus.
func (m *Memory) Publish(_ context.Context, topic string, message []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return ErrClosed
	}
	for s := range m.topics[topic] {
		select {
		case s.messages <- message:
		default:
			if !s.late {
				s.late = true
				close(s.lagged)
			}
		}
	}
	return nil
}

// Subscribe implements Bus.
func (m *Memory) Subscribe(topic string, queue int) (Subscription, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return nil, ErrClosed
	}
	s := &subscription{bus: m, topic: topic, messages: make(chan []byte, max(queue, 1)), lagged: make(chan struct{})}
	if m.topics == nil {
		m.topics = map[string]map[*subscription]struct{}{}
	}
	if m.topics[topic] == nil {
		m.topics[topic] = map[*subscription]struct{}{}
	}
	m.topics[topic][s] = struct{}{}
	return s, nil
}

// Close implements Bus.
func (m *Memory) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
	for _, subscribers := range m.topics {
		for s := range subscribers {
			m.dropLocked(s)
		}
	}
	return nil
}

func (m *Memory) dropLocked(s *subscription) {
	subscribers := m.topics[s.topic]
	if _, ok := subscribers[s]; !ok {
		return
	}
	delete(subscribers, s)
	if len(subscribers) == 0 {
		delete(m.topics, s.topic)
	}
	close(s.messages)
}

func (s *subscription) Messages() <-chan []byte { return s.messages }
func (s *subscription) Lagged() <-chan struct{} { return s.lagged }

func (s *subscription) Close() {
	s.bus.mu.Lock()
	defer s.bus.mu.Unlock()
	s.bus.dropLocked(s)
}
