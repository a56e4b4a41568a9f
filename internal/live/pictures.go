package live

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"
	"golang.org/x/time/rate"

	"tasuke/internal/assist"
	"tasuke/internal/bus"
	"tasuke/internal/identity"
	"tasuke/internal/wire"
)

// Limits of the pictures' socket.
const (
	picturesASec   = 5 // pages make at most three
	picturesBurst  = 10
	pictureQueue   = 2 * picturesBurst // on the way to newest, which must not miss the last
	pictureBytes   = 1 << 20           // a second, on average
	pictureBurst   = 4 << 20
	wantsASec      = 10
	wantsBurst     = 20
	pictureWithin  = 30 * time.Second // a helper that does not read this long is dropped
	picturesPing   = 20 * time.Second // a pong waits behind the picture that is on its way:
	picturesPonged = 40 * time.Second // whether the page lives is found out at its first socket
)

// pictures is a page's second connection, while the browsers cannot reach each
// other: pictures from the sharer's page to the helper's, and the other way the
// requests for them. It is a connection of its own so that no message waits behind
// a picture. Pictures are never kept and never logged.
type pictures struct {
	live *Live
	conn *websocket.Conn
	who  identity.Actor

	// set by attach before anything else starts, then static
	session assist.SessionID
	seat    assist.Seat
	page    string
}

// Topics between the two seats' sockets.
func picturesTopic(id assist.SessionID) string { return "pictures/" + string(id) }
func wantsTopic(id assist.SessionID) string    { return "wants/" + string(id) }

// ServePictures is the handler of the pictures' socket.
func (l *Live) ServePictures(w http.ResponseWriter, r *http.Request) {
	conn, who, leave := l.accept(w, r)
	if conn == nil {
		return
	}
	defer leave()
	conn.SetReadLimit(maxWants) // until it is known to be a sharer's
	p := &pictures{live: l, conn: conn, who: who}
	p.serve(l.ctx)
}

func (p *pictures) serve(ctx context.Context) {
	if err := p.attach(ctx); err != nil {
		turnAway(p.conn, err)
		return
	}
	pass := p.passWants
	if p.seat == assist.Sharer {
		p.conn.SetReadLimit(maxPicture)
		pass = p.passPictures
	}
	together(ctx, p.conn, pass, func(error) {}, p.write, p.ping)
}

// attach reads the first message. The page must hold its seat already, by the same
// sign-in, in a session where the browsers may be connected.
func (p *pictures) attach(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, attachWithin)
	defer cancel()
	m, err := receive[wire.PictureMessage](ctx, p.conn)
	if err != nil {
		return err
	}
	if m.Type != "attach" || m.Attach == nil {
		return end{wire.CloseBadMessage, "attach first"}
	}
	p.session, p.page = assist.SessionID(m.Attach.Session), m.Attach.Page
	_, p.seat, err = p.look(ctx)
	return err
}

// look asks anew how the session stands; what ends this socket is an error.
func (p *pictures) look(ctx context.Context) (assist.State, assist.Seat, error) {
	sc, seat, err := p.live.Desk.See(ctx, p.who, p.session)
	if err != nil {
		return "", seat, err
	}
	v := &sc.Session
	switch party := v.Party(seat); {
	case v.State == assist.Ended:
		err = end{websocket.StatusNormalClosure, "ended"}
	case !v.State.Linked():
		err = end{wire.CloseNotFound, "not connected yet"}
	case party.Page != p.page || party.SignIn != p.who.SignIn.ID:
		err = end{wire.CloseReplaced, "the seat moved"}
	}
	return v.State, seat, err
}

// passPictures hands the sharer's pictures on, while something is shared: one that
// comes a moment before or after is dropped.
func (p *pictures) passPictures(ctx context.Context) error {
	often, much := rate.NewLimiter(picturesASec, picturesBurst), rate.NewLimiter(pictureBytes, pictureBurst)
	for {
		kind, b, err := read(ctx, p.conn)
		if err != nil {
			return err
		}
		if kind != websocket.MessageBinary {
			return end{wire.CloseBadMessage, "pictures only"}
		}
		if !often.Allow() || !much.AllowN(time.Now(), len(b)) {
			return end{wire.CloseTooSlow, "too many pictures"}
		}
		if _, err := parsePicture(b); err != nil {
			return end{wire.CloseBadMessage, "not a picture"}
		}
		state, _, err := p.look(ctx)
		if err != nil {
			return err
		}
		if state != assist.Sharing {
			continue
		}
		if err := p.live.Bus.Publish(ctx, picturesTopic(p.session), b); err != nil {
			return err
		}
	}
}

// passWants hands the helper's requests on.
func (p *pictures) passWants(ctx context.Context) error {
	often := rate.NewLimiter(wantsASec, wantsBurst)
	for {
		m, err := receive[wire.PictureMessage](ctx, p.conn)
		if err != nil {
			return err
		}
		if m.Type != "want" || m.Want == nil || !checkWant(*m.Want) {
			return end{wire.CloseBadMessage, "not a message of ours"}
		}
		if !often.Allow() {
			return end{wire.CloseTooSlow, "too many messages"}
		}
		b, err := json.Marshal(wire.PictureMessage{Type: "want", Want: m.Want})
		if err != nil {
			return err
		}
		if err := p.live.Bus.Publish(ctx, wantsTopic(p.session), b); err != nil {
			return err
		}
	}
}

// write sends what comes from the other seat, the newest only, and ends the socket
// when the session no longer has room for it.
func (p *pictures) write(ctx context.Context) error {
	topic, kind := wantsTopic(p.session), websocket.MessageText
	if p.seat == assist.Helper {
		topic, kind = picturesTopic(p.session), websocket.MessageBinary
	}
	news, err := p.live.Bus.Subscribe(p.live.Topic(p.session), 1)
	if err != nil {
		return err
	}
	defer news.Close()
	arriving, err := p.live.Bus.Subscribe(topic, pictureQueue)
	if err != nil {
		return err
	}
	latest, stop := newest(arriving)
	defer stop()
	for {
		var b []byte
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-news.Messages():
		case b = <-latest:
		}
		state, _, err := p.look(ctx)
		if err != nil {
			return err
		}
		if b == nil || (p.seat == assist.Helper && state != assist.Sharing) {
			continue
		}
		if err := p.send(ctx, kind, b); err != nil {
			return err
		}
	}
}

func (p *pictures) send(ctx context.Context, kind websocket.MessageType, b []byte) error {
	ctx, cancel := context.WithTimeout(ctx, pictureWithin)
	defer cancel()
	return p.conn.Write(ctx, kind, b)
}

func (p *pictures) ping(ctx context.Context) error {
	return pinging(ctx, p.conn, picturesPing, picturesPonged)
}

// newest hands over the last message that came and forgets those before it, so that
// whoever is slow gets the present one next. stop ends the subscription as well.
func newest(s bus.Subscription) (out <-chan []byte, stop func()) {
	latest := make(chan []byte)
	var wg sync.WaitGroup
	wg.Go(func() {
		var last []byte
		var to chan []byte // nil while there is nothing to hand over
		for {
			select {
			case b, open := <-s.Messages():
				if !open {
					return
				}
				last, to = b, latest
			case to <- last:
				last, to = nil, nil
			}
		}
	})
	return latest, func() {
		s.Close()
		wg.Wait()
	}
}
