package store_test

import (
	"context"
	"errors"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/store"
)

func localAccount(t *testing.T, st *store.Store, org identity.OrgID, id, username string) identity.LocalAccount {
	t.Helper()
	a := identity.LocalAccount{
		ID: id, Org: org, Username: username, PasswordHash: "hash", Name: "名前", Title: "T", Company: "C", Department: "D",
		Email: "e@x.example", EmailVerified: true, Locale: "ja", Created: at,
	}
	must(t, st.CreateLocalAccount(context.Background(), a, nil, identity.Author{}))
	return a
}

func TestLocalAccount(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		organisation(t, st, "other")
		a := localAccount(t, st, "acme", "1", "mio")
		got, err := st.LocalAccountByUsername(ctx, "acme", "mio")
		must(t, err)
		if got != a {
			t.Fatalf("%+v", got)
		}
		wantFault(t, st.CreateLocalAccount(ctx, identity.LocalAccount{ID: "2", Org: "acme", Username: "mio"}, nil, identity.Author{}), identity.ErrUsernameTaken)
		localAccount(t, st, "other", "1", "mio")
		_, err = st.LocalAccount(ctx, "nobody", "1")
		wantFault(t, err, fault.ErrNotFound)
		b := identity.LocalAccount{ID: "3", Org: "acme", Username: "sara", Created: at}
		must(t, st.CreateLocalAccount(ctx, b, []byte("png"), identity.Author{}))
		got, err = st.LocalAccount(ctx, "acme", "3")
		must(t, err)
		png, err := st.PictureByHash(ctx, "acme", got.Picture)
		must(t, err)
		if string(png) != "png" {
			t.Fatalf("%q", png)
		}
	})
}

func TestLocalLinkWorksOnce(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		organisation(t, st, "other")
		localAccount(t, st, "acme", "1", "mio")
		link := func(token string) {
			must(t, st.SaveLocalLink(ctx, identity.LocalLink{TokenHash: hashOf(token), Org: "acme", Account: "1", Expires: at.Add(time.Hour)}, identity.Author{}, at))
		}
		link("old")
		link("new")
		_, err := st.LocalLinkAccount(ctx, "acme", hashOf("old"), at)
		wantFault(t, err, fault.ErrNotFound)
		_, err = st.LocalLinkAccount(ctx, "other", hashOf("new"), at)
		wantFault(t, err, fault.ErrNotFound)
		_, err = st.LocalLinkAccount(ctx, "acme", hashOf("new"), at.Add(time.Hour))
		wantFault(t, err, fault.ErrNotFound)
		a, err := st.LocalLinkAccount(ctx, "acme", hashOf("new"), at)
		must(t, err)
		must(t, st.SaveLocalBrowser(ctx, identity.LocalBrowser{TokenHash: hashOf("b"), Org: "acme", Account: a.ID, AuthTime: at, Expires: at.Add(time.Hour)}))
		var winners atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				switch err := st.UseLocalLink(ctx, "acme", hashOf("new"), "chosen", at); {
				case err == nil:
					winners.Add(1)
				case !errors.Is(err, fault.ErrNotFound):
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if winners.Load() != 1 {
			t.Fatalf("%d winners", winners.Load())
		}
		a, err = st.LocalAccount(ctx, "acme", "1")
		must(t, err)
		if a.PasswordHash != "chosen" {
			t.Fatalf("%+v", a)
		}
		_, err = st.LocalBrowser(ctx, "acme", hashOf("b"), at) // a new password signs browsers out
		wantFault(t, err, fault.ErrNotFound)
	})
}

func TestLocalRequestIsAnsweredAndTakenOnce(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		organisation(t, st, "other")
		r := identity.LocalRequest{ID: "r", Org: "acme", Request: "{}", Methods: []string{}, Created: at, Expires: at.Add(time.Minute)}
		must(t, st.SaveLocalRequest(ctx, r, at))
		_, err := st.LocalRequest(ctx, "other", "r", at)
		wantFault(t, err, fault.ErrNotFound)
		_, err = st.LocalRequest(ctx, "acme", "r", at.Add(time.Minute))
		wantFault(t, err, fault.ErrNotFound)
		got, err := st.LocalRequest(ctx, "acme", "r", at)
		must(t, err)
		if !reflect.DeepEqual(got, r) {
			t.Fatalf("%+v", got)
		}
		r.Account, r.AuthTime, r.Methods, r.CodeHash = "1", at, []string{"pwd", "otp", "mfa"}, hashOf("code")
		must(t, st.AnswerLocalRequest(ctx, r))
		wantFault(t, st.AnswerLocalRequest(ctx, r), fault.ErrNotFound)
		_, err = st.LocalRequest(ctx, "acme", "r", at)
		wantFault(t, err, fault.ErrNotFound)
		_, err = st.TakeLocalRequest(ctx, "other", hashOf("code"), at)
		wantFault(t, err, fault.ErrNotFound)
		got, err = st.TakeLocalRequest(ctx, "acme", hashOf("code"), at)
		must(t, err)
		if got.Account != "1" || !got.AuthTime.Equal(at) || len(got.Methods) != 3 {
			t.Fatalf("%+v", got)
		}
		_, err = st.TakeLocalRequest(ctx, "acme", hashOf("code"), at)
		wantFault(t, err, fault.ErrNotFound)
	})
}

func TestDisabledLocalAccountLosesEverything(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		localAccount(t, st, "acme", "1", "mio")
		expires := at.Add(time.Hour)
		must(t, st.SaveLocalBrowser(ctx, identity.LocalBrowser{TokenHash: hashOf("b"), Org: "acme", Account: "1", AuthTime: at, Expires: expires}))
		must(t, st.SaveLocalToken(ctx, "acme", "1", hashOf("t"), expires))
		must(t, st.SaveLocalLink(ctx, identity.LocalLink{TokenHash: hashOf("l"), Org: "acme", Account: "1", Expires: expires}, identity.Author{}, at))
		n := newSignIn("acme", "s", "s", "1")
		n.Profile.Issuer = "https://x.example/idp/acme"
		_, err := st.SaveSignIn(ctx, n)
		must(t, err)
		a, err := st.LocalTokenAccount(ctx, "acme", hashOf("t"), at)
		must(t, err)
		if a.ID != "1" {
			t.Fatalf("%+v", a)
		}
		must(t, st.SetLocalAccountDisabled(ctx, "acme", "1", true, identity.Author{}, at))
		_, err = st.LocalBrowser(ctx, "acme", hashOf("b"), at)
		wantFault(t, err, fault.ErrNotFound)
		_, err = st.LocalTokenAccount(ctx, "acme", hashOf("t"), at)
		wantFault(t, err, fault.ErrNotFound)
		_, err = st.LocalLinkAccount(ctx, "acme", hashOf("l"), at)
		wantFault(t, err, fault.ErrNotFound)
		_, _, err = st.Actor(ctx, hashOf("s"), at)
		wantFault(t, err, fault.ErrNotFound)
		wantFault(t, st.SetLocalAccountDisabled(ctx, "other", "1", true, identity.Author{}, at), fault.ErrNotFound)
	})
}

func TestLocalKeys(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		organisation(t, st, "other")
		for i, id := range []string{"a", "b", "c"} {
			k := identity.LocalKey{ID: id, Org: "acme", Private: []byte("key " + id), Created: at.Add(time.Duration(i) * time.Hour)}
			must(t, st.AddLocalKey(ctx, k, at.Add(time.Duration(i-1)*time.Hour)))
		}
		keys, err := st.LocalKeys(ctx, "acme")
		must(t, err)
		if len(keys) != 2 || keys[0].ID != "c" || string(keys[1].Private) != "key b" {
			t.Fatalf("%+v", keys)
		}
		keys, err = st.LocalKeys(ctx, "other")
		must(t, err)
		if len(keys) != 0 {
			t.Fatalf("%+v", keys)
		}
	})
}
