package servertest

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/coder/websocket"

	"tasuke/internal/wire"
)

// Pictures is a page's pictures' socket.
type Pictures struct {
	p    *Person
	conn *websocket.Conn
}

// Pictures opens a pictures' socket for the page of a live socket.
func (s *Socket) Pictures() *Pictures {
	s.p.w.t.Helper()
	return s.p.Pictures(s.session, s.Page)
}

// Pictures opens a pictures' socket and attaches; the server may refuse it.
func (p *Person) Pictures(session, page string) *Pictures {
	p.w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(p.w.Base, "http")+"/live/pictures", &websocket.DialOptions{HTTPClient: p.http, HTTPHeader: http.Header{"Origin": {p.w.Base}}})
	if err != nil {
		p.w.t.Fatal(err)
	}
	conn.SetReadLimit(1 << 20)
	p.w.t.Cleanup(func() { _ = conn.CloseNow() })
	s := &Pictures{p: p, conn: conn}
	s.Say(wire.PictureMessage{Type: "attach", Attach: &wire.PictureAttach{Session: session, Page: page}})
	return s
}

// Say sends a text message. A socket that has ended takes none.
func (s *Pictures) Say(m wire.PictureMessage) {
	b, err := json.Marshal(m)
	if err != nil {
		s.p.w.t.Fatal(err)
	}
	s.write(websocket.MessageText, b)
}

// Send sends a binary message. A socket that has ended takes none.
func (s *Pictures) Send(b []byte) { s.write(websocket.MessageBinary, b) }

func (s *Pictures) write(kind websocket.MessageType, b []byte) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_ = s.conn.Write(ctx, kind, b)
}

// Next waits for the next message.
func (s *Pictures) Next() []byte {
	s.p.w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_, b, err := s.conn.Read(ctx)
	if err != nil {
		s.p.w.t.Fatalf("%s waits for a message of the pictures' socket: %v", s.p.Name, err)
	}
	return b
}

// WaitClosed reads until the server has closed the socket with the code.
func (s *Pictures) WaitClosed(code websocket.StatusCode) {
	s.p.w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		_, _, err := s.conn.Read(ctx)
		if err == nil {
			continue
		}
		if got := websocket.CloseStatus(err); got != code {
			s.p.w.t.Errorf("%s: the pictures' socket was closed with %v, want %d", s.p.Name, err, code)
		}
		return
	}
}
