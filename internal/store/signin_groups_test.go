package store_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"tasuke/internal/assist"
	"tasuke/internal/desk"
	"tasuke/internal/identity"
	"tasuke/internal/store"
)

// TestClaimGroups: they are replaced at every sign-in, stay inside the
// organisation, and wake the person's help sessions only when they changed.
func TestClaimGroups(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		organisation(t, st, "other")
		mio := helping(t, st, "acme", "mio")
		helping(t, st, "other", "mio")
		for _, c := range []struct {
			secret string
			groups []string
			wakes  bool
		}{
			{"a", []string{"Help Desk", "Zoë", "hr"}, true},
			{"b", []string{"Help Desk", "Zoë", "hr"}, false},
			{"c", []string{"help desk"}, true},
			{"d", nil, true},
			{"e", nil, false},
		} {
			_, err := st.ChangeSession(ctx, desk.Key{Org: "acme", ID: "session-mio-acme"}, func(sc *assist.Scene) ([]identity.Entry, error) {
				sc.Due = at.Add(time.Hour)
				return nil, nil
			})
			must(t, err)
			n := newSignIn("acme", c.secret, c.secret, "mio")
			n.Profile.Groups = c.groups
			_, err = st.SaveSignIn(ctx, n)
			must(t, err)
			got, err := st.ClaimGroups(ctx, "acme", mio.ID)
			must(t, err)
			if !slices.Equal(got, c.groups) {
				t.Fatalf("%s: %q", c.secret, got)
			}
			due, err := st.DueSessions(ctx, at, 10)
			must(t, err)
			if (len(due) == 1) != c.wakes {
				t.Fatalf("%s: due %v", c.secret, due)
			}
			if got, err := st.ClaimGroups(ctx, "other", mio.ID); err != nil || len(got) != 0 {
				t.Fatalf("%s: %q, %v", c.secret, got, err)
			}
		}
	})
}
