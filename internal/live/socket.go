package live

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/coder/websocket"
	"golang.org/x/time/rate"

	"tasuke/internal/assist"
	"tasuke/internal/bus"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/wire"
)

// socket is one page's connection.
type socket struct {
	live *Live
	conn *websocket.Conn
	who  identity.Actor
	id   string // random name

	// set by attach before the writer starts, then static
	session assist.SessionID
	seat    assist.Seat
	page    string

	chatSent int64                // owned by the writer: number of the last line sent
	out      chan wire.FromServer // to the writer, from the reader
}

// serve runs the socket to its end. The reader has no deadline of its own: it
// ends when the connection is closed, by the page or by us.
func (s *socket) serve(ctx context.Context) {
	if c, ok := s.attach(ctx); !ok {
		closeWith(s.conn, c)
		return
	}
	together(ctx, s.conn, s.read, s.detach, s.write, s.ping)
}

// together runs a connection until its reader or one of the others ends; gone is
// told why before the connection is closed: in order when it was ended on purpose,
// just so when the page is gone.
func together(ctx context.Context, conn *websocket.Conn, read func(context.Context) error, gone func(cause error), others ...func(context.Context) error) {
	ctx, cancel := context.WithCancelCause(ctx)
	var wg sync.WaitGroup
	for _, run := range others {
		wg.Go(func() { cancel(run(ctx)) })
	}
	wg.Go(func() {
		<-ctx.Done()
		cause := context.Cause(ctx)
		gone(cause)
		if c, ok := closingOf(cause); ok {
			closeWith(conn, c)
			return
		}
		_ = conn.CloseNow() // the page may be gone already
	})
	cancel(read(context.WithoutCancel(ctx)))
	wg.Wait()
}

// end is the cause with which a socket is ended on purpose.
type end closing

func (e end) Error() string { return e.why }

// errGone ends the socket of a page that no longer answers.
var errGone = errors.New("the page is gone")

// closingOf names how a socket is closed; ok is false when its page has gone.
func closingOf(cause error) (c closing, ok bool) {
	var e end
	switch {
	case errors.As(cause, &e):
		return closing(e), true
	case errors.Is(cause, context.Canceled):
		return closing{wire.CloseGoingAway, "the server restarts"}, true
	}
	return closing{}, false
}

// attach reads the first message and takes the seat.
func (s *socket) attach(ctx context.Context) (closing, bool) {
	ctx, cancel := context.WithTimeout(ctx, attachWithin)
	defer cancel()
	m, err := s.receive(ctx)
	if err != nil {
		c, _ := closingOf(err)
		return c, false
	}
	a := m.Attach
	if m.Type != "attach" || a == nil || len(a.Page) < minPage || len(a.Page) > maxPage {
		return closing{wire.CloseBadMessage, "attach first"}, false
	}
	s.session, s.page, s.chatSent = assist.SessionID(a.Session), a.Page, max(a.ChatFrom, 0)
	s.out = make(chan wire.FromServer, 16)
	s.seat, err = s.live.Desk.Attach(ctx, s.who, s.session, assist.Seating{Page: a.Page, Socket: s.id, Takeover: a.Takeover})
	switch {
	case errors.Is(err, fault.ErrNotFound):
		return closing{wire.CloseNotFound, "no such session"}, false
	case errors.Is(err, assist.ErrSeatTaken):
		return closing{wire.CloseSeatTaken, "seat taken"}, false
	case err != nil:
		s.live.Log.Error("attach failed", "session", string(s.session), "err", err)
		return closing{websocket.StatusTryAgainLater, "try again"}, false
	}
	return closing{}, true
}

// Lengths of a page's and a line's random name, in characters.
const (
	minPage = 16
	maxPage = 64
)

// detach outlives the socket's context: the other side must learn of the end.
func (s *socket) detach(cause error) {
	ctx, cancel := context.WithTimeout(context.Background(), writeWithin)
	defer cancel()
	gone := func() error { return s.live.Desk.Detach(ctx, s.who, s.session, s.id) }
	if saidBye(cause) {
		gone = func() error { return s.live.Desk.Bye(ctx, s.who, s.session, s.page) }
	}
	if err := gone(); err != nil && !errors.Is(err, fault.ErrNotFound) {
		s.live.Log.Error("detach failed", "session", string(s.session), "err", err)
	}
}

// saidBye reports whether the browser closed the socket because its page goes away
// (RFC 6455 section 7.4.1: 1001). A browser that quits says this although the page
// itself has no time left to say anything; our pages never close with this code.
func saidBye(cause error) bool {
	return websocket.CloseStatus(cause) == websocket.StatusGoingAway
}

// receive reads one message; anything but a JSON text frame of our shape ends the socket.
func (s *socket) receive(ctx context.Context) (wire.FromBrowser, error) {
	kind, b, err := s.conn.Read(ctx)
	if errors.Is(err, websocket.ErrMessageTooBig) {
		return wire.FromBrowser{}, end{websocket.StatusMessageTooBig, "message too big"} // what is left is read, so that the page learns why
	}
	if err != nil {
		return wire.FromBrowser{}, err
	}
	if kind != websocket.MessageText {
		return wire.FromBrowser{}, end{websocket.StatusUnsupportedData, "text only"}
	}
	m, err := decode[wire.FromBrowser](b)
	if err != nil {
		return m, end{wire.CloseBadMessage, "not a message of ours"}
	}
	return m, nil
}

// read handles what the page sends, one message after the other.
func (s *socket) read(ctx context.Context) error {
	all, says := rate.NewLimiter(messagesASec, messagesBurst), rate.NewLimiter(saysASec, saysBurst)
	for {
		m, err := s.receive(ctx)
		if err != nil {
			return err
		}
		if !all.Allow() {
			return end{wire.CloseTooSlow, "too many messages"}
		}
		if err := s.handle(ctx, m, says); err != nil {
			if err := s.refuse(ctx, m, err); err != nil {
				return err
			}
		}
	}
}

// handle does what one message asks for.
func (s *socket) handle(ctx context.Context, m wire.FromBrowser, says *rate.Limiter) error {
	desk := s.live.Desk
	switch {
	case m.Type == "signal" && m.Signal != nil:
		return s.pass(ctx, *m.Signal)
	case m.Type == "say" && m.Say != nil:
		return s.say(ctx, *m.Say, says)
	case m.Type == "heartbeat" && m.Heartbeat != nil:
		if err := desk.Report(ctx, s.who, s.session, assist.Beat(m.Heartbeat.Peer), ""); err != nil {
			return err
		}
		return s.answer(wire.FromServer{Type: "heard"})
	case m.Type == "connection" && m.Connection != nil:
		return desk.Report(ctx, s.who, s.session, assist.BeatUnknown, assist.Connection(m.Connection.Kind))
	case m.Type == "bye":
		return desk.Bye(ctx, s.who, s.session, s.page)
	}
	return end{wire.CloseBadMessage, "not a message of ours"}
}

func (s *socket) say(ctx context.Context, m wire.Say, says *rate.Limiter) error {
	if len(m.ID) < minPage || len(m.ID) > maxPage {
		return fault.ErrInvalid.WithText("A chat line needs a random id of %d to %d characters.", minPage, maxPage)
	}
	if !says.Allow() {
		return fault.ErrTooMany
	}
	_, err := s.live.Desk.Say(ctx, s.who, s.session, m.ID, m.Text)
	return err
}

// refuse tells the page that a message was not accepted; what must end the
// socket is passed on.
func (s *socket) refuse(ctx context.Context, m wire.FromBrowser, err error) error {
	var e end
	if errors.As(err, &e) || ctx.Err() != nil {
		return err
	}
	f := fault.Of(err)
	if f.Kind == fault.Internal {
		s.live.Log.Error("message failed", "session", string(s.session), "type", m.Type, "err", err)
	}
	r := &wire.Refused{Re: m.Type, Code: f.Code, Detail: f.Text, Fix: f.Fix}
	if m.Say != nil {
		r.ID = m.Say.ID
	}
	return s.answer(wire.FromServer{Type: "refused", Refused: r})
}

// answer tells the page something about a message of its own.
func (s *socket) answer(m wire.FromServer) error {
	select {
	case s.out <- m:
		return nil
	default:
		return end{wire.CloseTooSlow, "not reading"}
	}
}

// write pushes snapshots, chat and signals until the socket ends.
func (s *socket) write(ctx context.Context) error {
	news, err := s.live.Bus.Subscribe(s.live.Topic(s.session), 1) // more than one piece of news is the same news
	if err != nil {
		return err
	}
	defer news.Close()
	signals, err := s.live.Bus.Subscribe(signalTopic(s.session, s.seat), signalQueue)
	if err != nil {
		return err
	}
	defer signals.Close()
	if err := s.push(ctx); err != nil {
		return err
	}
	return s.pump(ctx, news, signals)
}

func (s *socket) pump(ctx context.Context, news, signals bus.Subscription) error {
	touch := time.NewTicker(touchEvery)
	defer touch.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-signals.Lagged():
			return end{wire.CloseTooSlow, "not reading"}
		case _, open := <-news.Messages():
			if !open {
				return context.Canceled
			}
			err = s.push(ctx)
		case b, open := <-signals.Messages():
			if !open {
				return context.Canceled
			}
			err = s.deliver(ctx, b)
		case m := <-s.out:
			err = s.send(ctx, m)
		case <-touch.C:
			err = s.live.Touch(ctx, s.who)
		}
		if err != nil {
			return err
		}
	}
}

// push sends the snapshot and the chat lines that are new.
func (s *socket) push(ctx context.Context) error {
	sc, seat, err := s.live.Desk.See(ctx, s.who, s.session)
	if err != nil {
		return err
	}
	v := &sc.Session
	if p := v.Party(seat); v.State != assist.Ended && p.SocketID != s.id {
		return end{wire.CloseReplaced, "the seat moved"}
	}
	snap := wire.NewSnapshot(wire.Sight{Scene: sc, Seat: seat, Now: s.live.Now(), Link: s.live.Link(sc, seat)})
	if err := s.send(ctx, wire.FromServer{Type: "snapshot", Snapshot: &snap}); err != nil {
		return err
	}
	if v.State == assist.Ended {
		return end{websocket.StatusNormalClosure, "ended"}
	}
	return s.pushChat(ctx)
}

func (s *socket) pushChat(ctx context.Context) error {
	lines, err := s.live.Desk.Lines(ctx, s.who, s.session, s.chatSent)
	if err != nil || len(lines) == 0 {
		return err
	}
	s.chatSent = lines[len(lines)-1].Number
	return s.send(ctx, wire.FromServer{Type: "chat", Chat: wire.NewChat(lines)})
}

// send outlives the end of the socket, as ping does: a write that is broken off
// tears the connection down, and the page would never read why it was closed.
func (s *socket) send(ctx context.Context, m wire.FromServer) error {
	b, err := json.Marshal(m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeWithin)
	defer cancel()
	return s.conn.Write(ctx, websocket.MessageText, b)
}

func (s *socket) ping(ctx context.Context) error {
	return pinging(ctx, s.conn, pingEvery, pongWithin)
}

// pinging finds out that a silent page is gone: a killed network says nothing.
func pinging(ctx context.Context, conn *websocket.Conn, every, within time.Duration) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-tick.C:
		}
		pong, stop := context.WithTimeout(context.WithoutCancel(ctx), within)
		err := conn.Ping(pong)
		stop()
		if err != nil {
			return fmt.Errorf("no pong: %w", errGone)
		}
	}
}
