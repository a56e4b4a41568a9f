package servertest

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/coder/websocket"

	"tasuke/internal/wire"
)

// Socket is a page's live connection. It answers pings and collects what comes.
type Socket struct {
	Page string

	p       *Person
	conn    *websocket.Conn
	session string

	mu      sync.Mutex
	snap    wire.Snapshot     // guarded by mu: the newest
	chat    []wire.ChatLine   // guarded by mu
	refused []wire.Refused    // guarded by mu
	signals []wire.Signal     // guarded by mu: not yet taken
	onSig   func(wire.Signal) // guarded by mu
	err     error             // guarded by mu: how it ended
	done    chan struct{}
}

// Attach opens a socket for a new page and takes the seat.
func (p *Person) Attach(session string) *Socket {
	p.w.t.Helper()
	s := p.Open(wire.Attach{Session: session, Page: rand.Text()})
	s.Wait("the first snapshot", func(v wire.Snapshot) bool { return v.Session == session })
	return s
}

// Open opens a socket and sends the attach message; the seat may be refused.
func (p *Person) Open(a wire.Attach) *Socket {
	p.w.t.Helper()
	s, err := p.dial(p.w.Base)
	if err != nil {
		p.w.t.Fatal(err)
	}
	s.Page, s.session = a.Page, a.Session
	s.Send(wire.FromBrowser{Type: "attach", Attach: &a})
	return s
}

func (p *Person) dial(origin string) (*Socket, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	header := http.Header{"Origin": {origin}}
	if p.token != "" {
		header.Set("Authorization", "Bearer "+p.token)
	}
	conn, _, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(p.w.Base, "http")+"/live", &websocket.DialOptions{HTTPClient: p.http, HTTPHeader: header})
	if err != nil {
		return nil, err
	}
	conn.SetReadLimit(1 << 20)
	s := &Socket{p: p, conn: conn, done: make(chan struct{})}
	go s.read()
	p.w.t.Cleanup(s.Close)
	return s, nil
}

// read runs until the socket ends; Close waits for it.
func (s *Socket) read() {
	defer close(s.done)
	for {
		_, b, err := s.conn.Read(context.Background())
		if err != nil {
			s.mu.Lock()
			s.err = err
			s.mu.Unlock()
			return
		}
		var m wire.FromServer
		if err := json.Unmarshal(b, &m); err != nil {
			s.p.w.t.Errorf("the server sent %.100s: %v", b, err)
			continue
		}
		s.take(m)
	}
}

func (s *Socket) take(m wire.FromServer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch m.Type {
	case "snapshot":
		if m.Snapshot.Version >= s.snap.Version {
			s.snap = *m.Snapshot
		}
	case "chat":
		s.chat = append(s.chat, m.Chat...)
	case "refused":
		s.refused = append(s.refused, *m.Refused)
	case "signal":
		if s.onSig != nil {
			s.onSig(*m.Signal)
		} else {
			s.signals = append(s.signals, *m.Signal)
		}
	}
}

// onSignal hands over every signal, those that came before included.
func (s *Socket) onSignal(fn func(wire.Signal)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.signals {
		fn(m)
	}
	s.signals, s.onSig = nil, fn
}

// Send sends a message.
func (s *Socket) Send(m wire.FromBrowser) {
	b, err := json.Marshal(m)
	if err != nil {
		s.p.w.t.Fatal(err)
	}
	s.SendRaw(b)
}

// SendRaw sends any bytes as a text message. A socket that has ended takes none.
func (s *Socket) SendRaw(b []byte) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_ = s.conn.Write(ctx, websocket.MessageText, b)
}

// Say sends a chat line and returns its id.
func (s *Socket) Say(text string) string {
	id := rand.Text()
	s.Send(wire.FromBrowser{Type: "say", Say: &wire.Say{ID: id, Text: text}})
	return id
}

// Wait waits until a snapshot fulfils the condition.
func (s *Socket) Wait(what string, ok func(v wire.Snapshot) bool) (v wire.Snapshot) {
	s.p.w.t.Helper()
	s.p.w.Eventually(s.p.Name+" waits for "+what, func() error {
		s.mu.Lock()
		defer s.mu.Unlock()
		if v = s.snap; ok(v) {
			return nil
		}
		return fmt.Errorf("last snapshot: state %s, reason %q, problem %q, socket %v", v.State, v.Reason, v.Problem, s.err)
	})
	return v
}

// WaitState waits for a state.
func (s *Socket) WaitState(state string) wire.Snapshot {
	s.p.w.t.Helper()
	return s.Wait("state "+state, func(v wire.Snapshot) bool { return v.State == state })
}

// WaitChat waits until the thread has so many lines and returns it.
func (s *Socket) WaitChat(lines int) (out []wire.ChatLine) {
	s.p.w.t.Helper()
	s.p.w.Eventually(s.p.Name+" waits for chat", func() error {
		s.mu.Lock()
		defer s.mu.Unlock()
		if out = append([]wire.ChatLine(nil), s.chat...); len(out) < lines {
			return fmt.Errorf("%d lines", len(out))
		}
		return nil
	})
	return out
}

// WaitRefused waits for a refusal with the code.
func (s *Socket) WaitRefused(code string) {
	s.p.w.t.Helper()
	s.p.w.Eventually(s.p.Name+" waits for the refusal "+code, func() error {
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, r := range s.refused {
			if r.Code == code {
				return nil
			}
		}
		return fmt.Errorf("refused so far: %v, socket %v", s.refused, s.err)
	})
}

// WaitClosed waits until the server closed the socket with the code.
func (s *Socket) WaitClosed(code websocket.StatusCode) {
	s.p.w.t.Helper()
	<-s.done
	s.mu.Lock()
	defer s.mu.Unlock()
	var c websocket.CloseError
	if !errors.As(s.err, &c) || c.Code != code {
		s.p.w.t.Errorf("%s: closed with %v, want %d", s.p.Name, s.err, code)
	}
}

// Close closes the socket without a word, as a lost network does, and waits for
// its reader.
func (s *Socket) Close() {
	_ = s.conn.CloseNow()
	<-s.done
}

// GoAway closes the socket as browsers do when its page goes away (RFC 6455
// section 7.4.1: 1001), and waits for its reader.
func (s *Socket) GoAway() {
	_ = s.conn.Close(websocket.StatusGoingAway, "")
	<-s.done
}
