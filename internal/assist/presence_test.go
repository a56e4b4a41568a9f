package assist_test

import (
	"errors"
	"testing"
	"time"

	"tasuke/internal/assist"
	"tasuke/internal/identity"
)

var start = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func person(id string) identity.Actor {
	return identity.Actor{Person: identity.Person{ID: identity.PersonID(id), Org: "acme"}, SignIn: identity.SignIn{ID: identity.SignInID("in-" + id)}}
}

// at brings a session to a state, both seats attached.
func at(t *testing.T, state assist.State) *assist.Session {
	t.Helper()
	s := assist.New("s", person("helper"), assist.Hash("h"), identity.DefaultSettings(), start)
	attach(t, &s, assist.Helper, "page-h", start)
	steps := map[assist.State][]assist.Event{
		assist.Trust:      {},
		assist.Connecting: {{Act: assist.Continue, Seat: assist.Helper}, {Act: assist.Allow, Seat: assist.Sharer}},
		assist.Sharing:    {{Act: assist.Continue, Seat: assist.Helper}, {Act: assist.Allow, Seat: assist.Sharer}, {Act: assist.Share, Seat: assist.Sharer}},
		assist.Paused:     {{Act: assist.Continue, Seat: assist.Helper}, {Act: assist.Allow, Seat: assist.Sharer}, {Act: assist.Share, Seat: assist.Sharer}, {Act: assist.Pause, Seat: assist.Sharer}},
	}
	if state == assist.Waiting {
		return &s
	}
	if err := s.Redeem(person("sharer"), start); err != nil {
		t.Fatal(err)
	}
	attach(t, &s, assist.Sharer, "page-s", start)
	for _, e := range steps[state] {
		e.At, e.Text = start, "view-1"
		if err := s.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	if s.State != state {
		t.Fatalf("in %s, want %s", s.State, state)
	}
	return &s
}

func attach(t *testing.T, s *assist.Session, seat assist.Seat, page string, now time.Time) {
	t.Helper()
	if err := s.Attach(assist.Seating{Seat: seat, SignIn: identity.SignInID("in-" + string(seat)), Page: page, Socket: "socket-" + page}, now); err != nil {
		t.Fatal(err)
	}
}

func TestStanding(t *testing.T) {
	tests := []struct {
		name  string
		do    func(s *assist.Session)
		after time.Duration
		want  assist.Standing
	}{
		{"attached", func(*assist.Session) {}, 0, assist.Present},
		{"socket closed just now", func(s *assist.Session) { s.Detach(assist.Sharer, "socket-page-s", start) }, time.Second, assist.Unstable},
		{"socket closed for 2 s", func(s *assist.Session) { s.Detach(assist.Sharer, "socket-page-s", start) }, 2 * time.Second, assist.Lost},
		{"socket closed, heartbeat seen", func(s *assist.Session) {
			s.Heartbeat(assist.Sharer, assist.BeatSeen, start)
			s.Detach(assist.Sharer, "socket-page-s", start)
		}, time.Hour, assist.Unstable},
		{"heartbeat missing, socket open", func(s *assist.Session) { s.Heartbeat(assist.Sharer, assist.BeatMissing, start) }, time.Hour, assist.Unstable},
		{"heartbeat missing after the socket closed", func(s *assist.Session) {
			s.Heartbeat(assist.Sharer, assist.BeatSeen, start)
			s.Detach(assist.Sharer, "socket-page-s", start)
			s.Heartbeat(assist.Sharer, assist.BeatMissing, start.Add(time.Minute))
		}, time.Minute, assist.Lost},
		{"socket closed after the heartbeat was missing", func(s *assist.Session) {
			s.Heartbeat(assist.Sharer, assist.BeatMissing, start)
			s.Detach(assist.Sharer, "socket-page-s", start.Add(time.Second))
		}, time.Second, assist.Lost},
		{"heartbeat missing once, seen again, socket closed just now", func(s *assist.Session) {
			s.Heartbeat(assist.Sharer, assist.BeatMissing, start)
			s.Heartbeat(assist.Sharer, assist.BeatSeen, start.Add(time.Second))
			s.Detach(assist.Sharer, "socket-page-s", start.Add(2*time.Second))
		}, 3 * time.Second, assist.Unstable},
		{"the reporter of the heartbeat is gone too", func(s *assist.Session) {
			s.Heartbeat(assist.Sharer, assist.BeatSeen, start)
			s.Detach(assist.Sharer, "socket-page-s", start)
			s.Detach(assist.Helper, "socket-page-h", start)
		}, 2 * time.Second, assist.Lost},
		{"the page said bye", func(s *assist.Session) { s.Bye(assist.Sharer, "page-s", start) }, 0, assist.Lost},
		{"another page's bye", func(s *assist.Session) { s.Bye(assist.Sharer, "page-x", start) }, time.Hour, assist.Present},
		{"an older socket's close", func(s *assist.Session) { s.Detach(assist.Sharer, "socket-old", start) }, time.Hour, assist.Present},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := at(t, assist.Sharing)
			tt.do(s)
			if got := s.Standing(assist.Sharer, start.Add(tt.after)); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestAttach(t *testing.T) {
	tests := []struct {
		name  string
		open  bool // the old page's socket is still open
		by    assist.Seating
		err   error
		state assist.State
	}{
		{"same page comes back", false, assist.Seating{SignIn: "in-sharer", Page: "page-s"}, nil, assist.Sharing},
		{"same page, old socket half open", true, assist.Seating{SignIn: "in-sharer", Page: "page-s"}, nil, assist.Sharing},
		{"page loaded again", false, assist.Seating{SignIn: "in-sharer", Page: "page-2"}, nil, assist.Connecting},
		{"second tab", true, assist.Seating{SignIn: "in-sharer", Page: "page-2"}, assist.ErrSeatTaken, assist.Sharing},
		{"second browser", false, assist.Seating{SignIn: "in-other", Page: "page-2"}, assist.ErrSeatTaken, assist.Sharing},
		{"second browser takes over", true, assist.Seating{SignIn: "in-other", Page: "page-2", Takeover: true}, nil, assist.Connecting},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := at(t, assist.Sharing)
			if !tt.open {
				s.Detach(assist.Sharer, "socket-page-s", start)
			}
			tt.by.Seat, tt.by.Socket = assist.Sharer, "new"
			err := s.Attach(tt.by, start)
			if !errors.Is(err, tt.err) || s.State != tt.state {
				t.Fatalf("%v in %s, want %v in %s", err, s.State, tt.err, tt.state)
			}
			if err == nil && (s.Sharer.SocketID != "new" || s.Sharer.SignIn != tt.by.SignIn) {
				t.Error("the seat did not move")
			}
		})
	}
}

func TestEndsByItself(t *testing.T) {
	gone := func(seat assist.Seat, page string) func(s *assist.Session) {
		return func(s *assist.Session) { s.Detach(seat, "socket-"+page, start) }
	}
	nothing := func(*assist.Session) {}
	tests := []struct {
		name  string
		state assist.State
		do    func(s *assist.Session)
		after time.Duration
		want  assist.Reason
	}{
		{"code expires", assist.Waiting, nothing, 10 * time.Minute, assist.CodeExpired},
		{"helper's page gone while waiting", assist.Waiting, gone(assist.Helper, "page-h"), 60 * time.Second, assist.CodeRevoked},
		{"nobody answers", assist.Trust, nothing, 5 * time.Minute, assist.NoAnswer},
		{"no picture", assist.Connecting, nothing, 10 * time.Minute, assist.NoPicture},
		{"time limit", assist.Sharing, nothing, time.Hour, assist.TimeLimit},
		{"time limit while paused", assist.Paused, nothing, time.Hour, assist.TimeLimit},
		{"sharer lost on the trust screen", assist.Trust, gone(assist.Sharer, "page-s"), 62 * time.Second, assist.SharerLost},
		{"helper lost on the trust screen", assist.Trust, gone(assist.Helper, "page-h"), 62 * time.Second, assist.HelperLost},
		{"sharer lost", assist.Sharing, gone(assist.Sharer, "page-s"), 62 * time.Second, assist.SharerLost},
		{"helper lost", assist.Paused, gone(assist.Helper, "page-h"), 62 * time.Second, assist.HelperLost},
		{"sharer closed the page", assist.Sharing, func(s *assist.Session) { s.Bye(assist.Sharer, "page-s", start) }, 60 * time.Second, assist.SharerLost},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := at(t, tt.state)
			tt.do(s)
			s.Tick(start.Add(tt.after - time.Millisecond))
			if s.State == assist.Ended {
				t.Fatalf("ended (%s) too early", s.Reason)
			}
			if due := s.Due(start); due.After(start.Add(tt.after)) {
				t.Errorf("due %v after the start, want at most %v", due.Sub(start), tt.after)
			}
			s.Tick(start.Add(tt.after))
			if s.State != assist.Ended || s.Reason != tt.want || s.EndedBy != assist.Nobody {
				t.Errorf("in %s (%s), want ended (%s)", s.State, s.Reason, tt.want)
			}
		})
	}
}

func TestALostSeatComesBack(t *testing.T) {
	s := at(t, assist.Sharing)
	s.Detach(assist.Sharer, "socket-page-s", start)
	if due := s.Due(start); !due.Equal(start.Add(assist.LostAfter)) {
		t.Errorf("due %v, want when the seat counts as lost", due.Sub(start))
	}
	attach(t, s, assist.Sharer, "page-s", start.Add(30*time.Second))
	s.Tick(start.Add(10 * time.Minute))
	if s.State != assist.Sharing || s.Standing(assist.Sharer, start.Add(10*time.Minute)) != assist.Present {
		t.Errorf("in %s, want sharing and present", s.State)
	}
}

func TestEndedIsFinal(t *testing.T) {
	s := at(t, assist.Sharing)
	if err := s.Apply(assist.Event{Act: assist.End, Seat: assist.Sharer, At: start}); err != nil {
		t.Fatal(err)
	}
	before := *s
	for _, a := range assist.Acts() {
		for _, seat := range []assist.Seat{assist.Helper, assist.Sharer, assist.Nobody} {
			if err := s.Apply(assist.Event{Act: a, Seat: seat, At: start.Add(time.Minute)}); !errors.Is(err, assist.ErrEnded) {
				t.Errorf("%s by %q: %v", a, seat, err)
			}
		}
	}
	s.Tick(start.Add(24 * time.Hour))
	s.Bye(assist.Sharer, "page-s", start)
	if s.Reason != before.Reason || s.EndedAt != before.EndedAt || s.Sharer.Presence != before.Sharer.Presence {
		t.Error("an ended session changed")
	}
}
