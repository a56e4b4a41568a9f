package desk_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"tasuke/internal/access"
	"tasuke/internal/admin"
	"tasuke/internal/assist"
	"tasuke/internal/bus"
	"tasuke/internal/desk"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/store"
	"tasuke/internal/store/storetest"
)

var postgres storetest.Server

func TestMain(m *testing.M) { os.Exit(storetest.Main(m, &postgres)) }

// clock is set by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }
func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// counter is a desk on a real store, with people.
type counter struct {
	*desk.Desk
	t             *testing.T
	store         *store.Store
	admin         *admin.Admin
	clock         *clock
	helper, other identity.Actor // both may help
	sharer, boss  identity.Actor
	foreign       identity.Actor // of another organisation
}

// each runs a test on both engines.
func each(t *testing.T, test func(t *testing.T, c *counter)) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			dsn := storetest.SQLite(t)
			if engine == "postgres" {
				dsn = postgres.Postgres(t)
			}
			test(t, newCounter(t, dsn))
		})
	}
}

func newCounter(t *testing.T, dsn string) *counter {
	t.Helper()
	c := &counter{t: t, clock: &clock{now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}}
	st, err := store.Open(context.Background(), store.Options{DSN: dsn, MasterKey: storetest.MasterKey(), Now: c.clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	c.store = st
	c.admin = admin.New(st, nil, c.clock.Now)
	news := &bus.Memory{}
	c.Desk = desk.New(desk.Options{Sessions: st, Parties: st, Guesses: st, Thread: st, Bus: news, Log: slog.New(slog.DiscardHandler), CodeKey: bytes.Repeat([]byte{1}, 32), Now: c.clock.Now})
	settings := identity.DefaultSettings()
	settings.Unenrolled = true
	for _, org := range []identity.OrgID{"acme", "other"} {
		if err := st.CreateOrganisation(context.Background(), identity.Org{ID: org, Name: string(org), Settings: settings}, c.clock.Now()); err != nil {
			t.Fatal(err)
		}
		if err := st.SetProvider(context.Background(), identity.EmbeddedProvider("http://localhost", org), c.clock.Now()); err != nil {
			t.Fatal(err)
		}
	}
	c.helper = c.person("acme", "hana", identity.FirstLineHelper)
	c.other = c.person("acme", "omar", identity.FirstLineHelper)
	c.sharer = c.person("acme", "sara")
	c.boss = c.person("acme", "bill", identity.Administrator)
	c.foreign = c.person("other", "fred", identity.FirstLineHelper)
	return c
}

// person signs somebody in.
func (c *counter) person(org identity.OrgID, name string, roles ...identity.RoleID) identity.Actor {
	c.t.Helper()
	ctx, now := context.Background(), c.clock.Now()
	f := identity.Profile{Issuer: "http://localhost/idp/" + string(org), Subject: name, Name: name}
	id := identity.PersonID("p-" + name)
	if _, err := c.store.Provision(ctx, org, id, f, roles, now); err != nil {
		c.t.Fatal(err)
	}
	secret := sha256.Sum256([]byte("secret of " + name))
	in := identity.SignIn{ID: identity.SignInID("in-" + name), Org: org, Created: now, AuthTime: now}
	if _, err := c.store.SaveSignIn(ctx, identity.NewSignIn{SignIn: in, Profile: f, PersonID: id, TokenHash: secret[:], Provider: string(org)}); err != nil {
		c.t.Fatal(err)
	}
	a, _, err := c.store.Actor(ctx, secret[:], now)
	if err != nil {
		c.t.Fatal(err)
	}
	return a
}

func (c *counter) act(a identity.Actor, id assist.SessionID, acts ...assist.Act) {
	c.t.Helper()
	for _, act := range acts {
		if _, err := c.Act(context.Background(), a, id, assist.Event{Act: act, Text: "view-1"}); err != nil {
			c.t.Fatalf("%s: %v", act, err)
		}
	}
}

// sharing brings a new session as far as the picture.
func (c *counter) sharing() assist.SessionID {
	c.t.Helper()
	made := c.create()
	id := c.redeem(made)
	c.act(c.helper, id, assist.Continue)
	c.act(c.sharer, id, assist.Allow, assist.Share)
	return id
}

func (c *counter) create() desk.Created {
	c.t.Helper()
	made, err := c.Create(context.Background(), c.helper)
	if err != nil {
		c.t.Fatal(err)
	}
	c.attach(c.helper, made.Session.ID)
	return made
}

func (c *counter) redeem(made desk.Created) assist.SessionID {
	c.t.Helper()
	id, err := c.Redeem(context.Background(), c.sharer, made.Code.String())
	if err != nil {
		c.t.Fatal(err)
	}
	c.attach(c.sharer, id)
	return id
}

func (c *counter) attach(a identity.Actor, id assist.SessionID) {
	c.t.Helper()
	if _, err := c.Attach(context.Background(), a, id, assist.Seating{Page: "page of " + a.Person.Name, Socket: "socket of " + a.Person.Name}); err != nil {
		c.t.Fatal(err)
	}
}

// ended sweeps and checks how the session ended.
func (c *counter) ended(id assist.SessionID, want assist.Reason) {
	c.t.Helper()
	if err := c.Sweep(context.Background()); err != nil {
		c.t.Fatal(err)
	}
	sc, _, err := c.See(context.Background(), c.helper, id)
	if err != nil {
		c.t.Fatal(err)
	}
	if sc.Session.State != assist.Ended || sc.Session.Reason != want {
		c.t.Fatalf("in %s (%s), want ended (%s)", sc.Session.State, sc.Session.Reason, want)
	}
}

func TestMainPathLeavesReportAndChain(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		ctx := context.Background()
		id := c.sharing()
		if err := c.Report(ctx, c.helper, id, assist.BeatSeen, "direct"); err != nil {
			t.Fatal(err)
		}
		c.clock.forward(90 * time.Second)
		c.act(c.sharer, id, assist.Pause, assist.Resume, assist.End)
		list, err := c.admin.Reports(ctx, c.boss, admin.ReportQuery{List: admin.List{Limit: 10, Search: "SARA"}})
		if err != nil || len(list.Items) != 1 {
			t.Fatalf("%d reports, %v", len(list.Items), err)
		}
		r := list.Items[0]
		if r.HelperName != "hana" || r.SharerName != "sara" || r.Reason != "sharer_ended" || r.EndedBy != "sharer" || r.Connection != "direct" || r.DurationSeconds != 90 || len(r.Warnings) != 1 {
			t.Errorf("report %+v", r)
		}
		if n, err := c.store.VerifyAudit(ctx, "acme"); err != nil || n < 8 {
			t.Errorf("chain of %d lines: %v", n, err)
		}
	})
}

func TestRefusals(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		ctx := context.Background()
		made := c.create()
		code := made.Code.String()
		if _, err := c.Create(ctx, c.sharer); !errors.Is(err, access.ErrRefused) {
			t.Errorf("somebody without permission got a code: %v", err)
		}
		for name, tt := range map[string]struct {
			who  identity.Actor
			code string
			want error
		}{
			"malformed":          {c.sharer, "4060", assist.ErrCodeNotAccepted},
			"wrong":              {c.sharer, "0000-0000", assist.ErrCodeNotAccepted},
			"other organisation": {c.foreign, code, assist.ErrCodeNotAccepted},
			"own":                {c.helper, code, assist.ErrOwnCode},
		} {
			if _, err := c.Redeem(ctx, tt.who, tt.code); !errors.Is(err, tt.want) {
				t.Errorf("%s code: %v, want %v", name, err, tt.want)
			}
		}
		id := c.redeem(made)
		if _, err := c.Redeem(ctx, c.other, code); !errors.Is(err, assist.ErrCodeNotAccepted) {
			t.Errorf("used code: %v", err)
		}
		for _, stranger := range []identity.Actor{c.other, c.boss, c.foreign} {
			if _, _, err := c.See(ctx, stranger, id); !errors.Is(err, fault.ErrNotFound) {
				t.Errorf("%s sees the session: %v", stranger.Person.Name, err)
			}
			if _, err := c.Act(ctx, stranger, id, assist.Event{Act: assist.End}); !errors.Is(err, fault.ErrNotFound) {
				t.Errorf("%s ends the session: %v", stranger.Person.Name, err)
			}
		}
		if _, err := c.Act(ctx, c.helper, id, assist.Event{Act: assist.Allow, Text: "view-1"}); !errors.Is(err, assist.ErrWrongSeat) {
			t.Errorf("the helper allows: %v", err)
		}
		if _, err := c.Act(ctx, c.sharer, id, assist.Event{Act: assist.Allow}); !errors.Is(err, desk.ErrText) {
			t.Errorf("consent to nothing: %v", err)
		}
		if _, err := c.Act(ctx, c.sharer, id, assist.Event{Act: assist.Share}); !errors.Is(err, assist.ErrNotNow) {
			t.Errorf("a picture before consent: %v", err)
		}
		if _, err := c.Say(ctx, c.sharer, id, "0123456789abcdef", "hello"); !errors.Is(err, assist.ErrNotNow) {
			t.Errorf("chat before consent: %v", err)
		}
		if err := c.AdminEnd(ctx, c.other, id, ""); !errors.Is(err, identity.ErrNotPermitted) {
			t.Errorf("ended without permission: %v", err)
		}
	})
}

func TestNewCodeKillsTheOld(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		first := c.create()
		second := c.create()
		if _, err := c.Redeem(context.Background(), c.sharer, first.Code.String()); !errors.Is(err, assist.ErrCodeNotAccepted) {
			t.Errorf("the old code: %v", err)
		}
		c.redeem(second)
		c.ended(first.Session.ID, assist.CodeRevoked)
	})
}

func TestOneWinnerOfARace(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		made := c.create()
		var wg sync.WaitGroup
		var mu sync.Mutex
		won := 0
		for i := range 20 {
			who := c.sharer
			if i%2 == 1 {
				who = c.boss
			}
			wg.Go(func() {
				_, err := c.Redeem(context.Background(), who, made.Code.String())
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					won++
				} else if !errors.Is(err, assist.ErrCodeNotAccepted) && !errors.Is(err, desk.ErrTooManyCodes) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if won != 1 {
			t.Errorf("%d winners", won)
		}
	})
}

func TestGuessingIsSlowed(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		ctx := context.Background()
		made := c.create()
		for i := range 5 {
			if _, err := c.Redeem(ctx, c.sharer, fmt.Sprintf("0000-000%d", i)); !errors.Is(err, assist.ErrCodeNotAccepted) {
				t.Fatal(err)
			}
		}
		_, err := c.Redeem(ctx, c.sharer, made.Code.String())
		var f *fault.Fault
		if !errors.As(err, &f) || !errors.Is(err, desk.ErrTooManyCodes) || f.RetryAfter != 10*time.Minute {
			t.Errorf("after five wrong codes: %v", err)
		}
		if _, err := c.Redeem(ctx, c.boss, made.Code.String()); err != nil {
			t.Errorf("somebody else is locked out: %v", err)
		}
	})
}

func TestWhatIsTakenAwayEndsTheSession(t *testing.T) {
	tests := []struct {
		name string
		do   func(c *counter) error
		want assist.Reason
	}{
		{"permission", func(c *counter) error {
			return c.admin.SetMember(context.Background(), c.boss, "first_line_helper", string(c.helper.Person.ID), false)
		}, assist.PermissionLost},
		{"remote help switched off", func(c *counter) error {
			s, version, err := c.admin.Settings(context.Background(), c.boss)
			s.RemoteHelp = false
			_, saveErr := c.admin.SaveSettings(context.Background(), c.boss, s, version)
			return errors.Join(err, saveErr)
		}, assist.HelpDisabled},
		{"sharer signs out", func(c *counter) error {
			_, err := c.store.EndSignIn(context.Background(), "acme", c.sharer.Person.ID, c.sharer.SignIn.ID, c.clock.Now())
			return err
		}, assist.SignedOut},
		{"helper is disabled", func(c *counter) error {
			return c.store.DisablePerson(context.Background(), "acme", c.helper.Person.ID, true, c.clock.Now(), identity.Entry{Org: "acme", Action: "person.disable"})
		}, assist.SignedOut},
		{"sign-in runs out", func(c *counter) error { c.clock.forward(time.Hour); return nil }, assist.SignedOut},
		{"helper lost", func(c *counter) error {
			err := c.Detach(context.Background(), c.helper, c.own(), "socket of hana")
			c.clock.forward(assist.LostAfter + assist.LostFor)
			return err
		}, assist.HelperLost},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			each(t, func(t *testing.T, c *counter) {
				id := c.sharing()
				if err := tt.do(c); err != nil {
					t.Fatal(err)
				}
				c.ended(id, tt.want)
			})
		})
	}
}

// own gives the helper's newest session.
func (c *counter) own() assist.SessionID {
	c.t.Helper()
	list, err := c.Own(context.Background(), c.helper)
	if err != nil || len(list) == 0 {
		c.t.Fatalf("no session of one's own: %v", err)
	}
	return list[0].Session.ID
}

func TestChat(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		ctx := context.Background()
		id := c.sharing()
		texts := []string{"こんにちは", "مرحبا\nبك", "👩‍💻 e\u0301", strings.Repeat("字", desk.MaxChat)}
		for i, text := range texts {
			who := c.helper
			if i%2 == 1 {
				who = c.sharer
			}
			for range 2 { // a line sent twice is kept once
				l, err := c.Say(ctx, who, id, fmt.Sprintf("line-%012d", i), text)
				if err != nil || l.Number != int64(i+1) || l.Text != text {
					t.Fatalf("line %d: %+v %v", i, l.Number, err)
				}
			}
		}
		lines, err := c.Lines(ctx, c.sharer, id, 1)
		if err != nil || len(lines) != len(texts)-1 || lines[0].Text != texts[1] || lines[0].Seat != assist.Sharer {
			t.Fatalf("%d lines: %v", len(lines), err)
		}
		for _, bad := range []string{"", "  \n", strings.Repeat("a", desk.MaxChat+1), "a\x00b", "\xff"} {
			if _, err := c.Say(ctx, c.helper, id, "line-of-nothing1", bad); !errors.Is(err, desk.ErrChatText) {
				t.Errorf("%.10q: %v", bad, err)
			}
		}
		c.act(c.sharer, id, assist.End)
		if lines, err := c.store.Lines(ctx, desk.Key{Org: "acme", ID: id}, 0); err != nil || len(lines) != 0 {
			t.Errorf("%d lines outlive the session: %v", len(lines), err)
		}
		if _, err := c.Say(ctx, c.helper, id, "line-after-the-end", "hello?"); !errors.Is(err, assist.ErrEnded) {
			t.Errorf("chat after the end: %v", err)
		}
	})
}

func TestChatSwitchedOff(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		ctx := context.Background()
		id := c.sharing()
		s, version, err := c.admin.Settings(ctx, c.boss)
		if err != nil {
			t.Fatal(err)
		}
		s.Chat = false
		if _, err := c.admin.SaveSettings(ctx, c.boss, s, version); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Say(ctx, c.helper, id, "0123456789abcdef", "hello"); !errors.Is(err, desk.ErrChatOff) {
			t.Errorf("said with chat off: %v", err)
		}
		if _, err := c.admin.SaveSettings(ctx, c.boss, s, version); !errors.Is(err, fault.ErrConflict) {
			t.Errorf("saved over a change: %v", err)
		}
	})
}

func TestLastAdministratorStays(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		err := c.admin.SetMember(context.Background(), c.boss, "administrator", string(c.boss.Person.ID), false)
		if !errors.Is(err, admin.ErrLastAdministrator) {
			t.Errorf("the last administrator went: %v", err)
		}
	})
}

func TestRestartDetachesEverybody(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		id := c.sharing()
		if err := c.store.DetachAll(context.Background(), c.clock.Now()); err != nil {
			t.Fatal(err)
		}
		sc, _, err := c.See(context.Background(), c.helper, id)
		if err != nil || sc.Session.State != assist.Sharing || sc.Session.Helper.Socket || sc.Session.Sharer.Socket {
			t.Fatalf("after a restart: %s, %v", sc.Session.State, err)
		}
		c.attach(c.helper, id)
		c.attach(c.sharer, id)
		c.clock.forward(10 * time.Minute)
		if err := c.Sweep(context.Background()); err != nil {
			t.Fatal(err)
		}
		sc, _, err = c.See(context.Background(), c.helper, id)
		if err != nil || sc.Session.State != assist.Sharing {
			t.Errorf("resumed in %s, %v", sc.Session.State, err)
		}
	})
}
