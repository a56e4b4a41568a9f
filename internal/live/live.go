// Package live is the WebSocket door: it takes a seat for a page, pushes a
// snapshot whenever the session changes, carries chat, and passes offers, answers
// and candidates from one seat to the other. It pushes snapshots, never deltas,
// so that a reconnect, a slow client and a second node are one case. What may be
// done is decided by the desk; live limits and filters what it passes on.
package live

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/coder/websocket"

	"tasuke/internal/assist"
	"tasuke/internal/bus"
	"tasuke/internal/fault"
	"tasuke/internal/httpx"
	"tasuke/internal/identity"
	"tasuke/internal/wire"
)

// Limits of a socket.
const (
	maxMessage    = 96 << 10         // bytes: an SDP of 64 KiB as JSON, with room for escapes
	attachWithin  = 10 * time.Second // the first message must come by then
	writeWithin   = 5 * time.Second  // a peer that does not read this long is dropped
	pingEvery     = time.Second      // with pongWithin: a silent peer is known dead
	pongWithin    = 2 * time.Second  // after 2 to 3 s; a page that was only slow comes back by itself
	touchEvery    = time.Minute      // a live help session counts as activity of the sign-in
	messagesASec  = 50               // messages a page may send, on average
	messagesBurst = 200
	saysASec      = 5 // chat lines, on average
	saysBurst     = 20
	signalQueue   = 128 // signals waiting for a slow page before it is dropped
)

// Desk is what this door needs of the desk.
type Desk interface {
	Attach(ctx context.Context, a identity.Actor, id assist.SessionID, by assist.Seating) (assist.Seat, error)
	Detach(ctx context.Context, a identity.Actor, id assist.SessionID, socket string) error
	Bye(ctx context.Context, a identity.Actor, id assist.SessionID, page string) error
	See(ctx context.Context, a identity.Actor, id assist.SessionID) (assist.Scene, assist.Seat, error)
	Report(ctx context.Context, a identity.Actor, id assist.SessionID, peer assist.Beat, connection assist.Connection) error
	Say(ctx context.Context, a identity.Actor, id assist.SessionID, lineID, text string) (assist.Line, error)
	Lines(ctx context.Context, a identity.Actor, id assist.SessionID, after int64) ([]assist.Line, error)
}

// Options says what the door opens to. Every field but Now is required.
type Options struct {
	Desk Desk
	Bus  bus.Bus
	// Topic names where news of a session is published.
	Topic func(id assist.SessionID) string
	// Actor tells who is asking; fault.ErrSignInRequired when nobody is signed in.
	Actor func(r *http.Request) (identity.Actor, error)
	// Touch says that the sign-in is in use.
	Touch func(ctx context.Context, a identity.Actor) error
	// Link says how a seat reaches the other browser; nil while it must not.
	Link    func(sc assist.Scene, seat assist.Seat) *wire.Link
	Origins []string // the exact Origin values that may connect, RFC 6454
	Log     *slog.Logger
	Now     func() time.Time // nil: time.Now
}

// Live is the door. It is an http.Handler for the WebSocket's path.
type Live struct {
	Options
	ctx    context.Context // ends every socket; set once, in New
	cancel context.CancelFunc
	mu     sync.Mutex
	closed bool // guarded by mu
	wg     sync.WaitGroup
}

// New opens the door.
func New(o Options) *Live {
	if o.Now == nil {
		o.Now = time.Now
	}
	l := &Live{Options: o}
	l.ctx, l.cancel = context.WithCancel(context.Background())
	return l
}

// Close tells every page to come back to another node or later, and waits until
// all sockets have ended.
func (l *Live) Close() error {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.cancel()
	l.wg.Wait()
	return nil
}

// errOrigin refuses pages of other sites: cross-site WebSocket hijacking.
var errOrigin = fault.New(fault.Forbidden, "foreign_origin", "This page belongs to another site.", "Open the product's own address.")

// ServeHTTP implements http.Handler.
func (l *Live) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	conn, who, leave := l.accept(w, r)
	if conn == nil {
		return
	}
	defer leave()
	conn.SetReadLimit(maxMessage)
	s := &socket{live: l, conn: conn, who: who, id: rand.Text()}
	s.serve(l.ctx)
}

// accept opens a WebSocket for a signed-in person on a page of ours; conn is nil
// when it was refused. leave must be called at its end.
func (l *Live) accept(w http.ResponseWriter, r *http.Request) (conn *websocket.Conn, who identity.Actor, leave func()) {
	if !slices.Contains(l.Origins, r.Header.Get("Origin")) {
		httpx.WriteProblem(w, errOrigin)
		return nil, who, nil
	}
	if !l.enter() {
		httpx.WriteProblem(w, fault.ErrUnavailable)
		return nil, who, nil
	}
	// A refusal before the upgrade tells a browser nothing: who is not signed in
	// is told by the close code.
	who, signedOut := l.Actor(r)
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true, CompressionMode: websocket.CompressionDisabled}) // the Origin was checked above
	if err != nil {
		l.wg.Done()
		return nil, who, nil // Accept has answered
	}
	if signedOut != nil {
		closeWith(conn, closing{wire.CloseSignInRequired, "sign in"})
		l.wg.Done()
		return nil, who, nil
	}
	return conn, who, l.wg.Done
}

// enter counts a socket in unless the door is closed.
func (l *Live) enter() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return false
	}
	l.wg.Add(1)
	return true
}

// closing is how a socket ends: a WebSocket close code and a word for people who
// read network logs; never a secret.
type closing struct {
	code websocket.StatusCode
	why  string
}

func closeWith(conn *websocket.Conn, c closing) {
	if c.code == 0 {
		c.code = websocket.StatusNormalClosure
	}
	_ = conn.Close(c.code, c.why) // the page may be gone already
	_ = conn.CloseNow()
}
