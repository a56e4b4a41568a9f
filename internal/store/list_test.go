package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/identity"
	"tasuke/internal/store"
)

// crowd makes an organisation with people of the given names.
func crowd(t *testing.T, st *store.Store, names ...string) {
	t.Helper()
	ctx := context.Background()
	must(t, st.CreateOrganisation(ctx, identity.Org{ID: "crowd", Settings: identity.DefaultSettings()}, at))
	for i, name := range names {
		f := identity.Profile{Issuer: "https://idp", Subject: fmt.Sprint(i), Name: name, Department: fmt.Sprintf("d%d", i%3)}
		_, err := st.Provision(ctx, "crowd", identity.PersonID(fmt.Sprintf("p%02d", i)), f, nil, at.Add(time.Duration(i)*time.Second))
		must(t, err)
	}
}

// walk reads a list to its end, three at a time.
func walk(t *testing.T, st *store.Store, q admin.PeopleQuery) (names []string) {
	t.Helper()
	q.Limit = 3
	for {
		page, err := st.ListPeople(context.Background(), "crowd", q)
		must(t, err)
		for _, p := range page.Items {
			names = append(names, p.Person.Name)
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return names
		}
	}
}

func TestListsSearchSortAndPage(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		crowd(t, st, "Ángela", "ÖZGE", "Иван", "山田", "100%", "a_b", "axb", "O'Brien; DROP TABLE person --", "zoe", "Zoe", "Jörg Straße", "Łukasz", "أَحمد", "がく")
		everybody := admin.Within{Everybody: true}
		for search, want := range map[string][]string{
			"ÁNG": {"Ángela"}, "özge": {"ÖZGE"}, "ИВАН": {"Иван"}, "田": {"山田"}, "0%": {"100%"}, "%": {"100%"}, "a_b": {"a_b"}, "zOE": {"Zoe", "zoe"}, "'BRIEN; drop": {"O'Brien; DROP TABLE person --"}, "nobody": nil,
			"angela": {"Ángela"}, "a\u0301NGELA": {"Ángela"}, "ozge": {"ÖZGE"}, "strasse": {"Jörg Straße"}, "jorg": {"Jörg Straße"}, "lukasz": {"Łukasz"}, "احمد": {"أَحمد"}, "か": nil, "が": {"がく"}, "カﾞク": nil, "ｚｏｅ": {"Zoe", "zoe"},
		} {
			got := walk(t, st, admin.PeopleQuery{List: admin.List{Search: search}, Within: everybody})
			if !slices.Equal(got, want) {
				t.Errorf("%q finds %v, want %v", search, got, want)
			}
		}
		for _, sort := range []string{"", "name", "department", "email", "created"} {
			up := walk(t, st, admin.PeopleQuery{List: admin.List{Sort: sort}, Within: everybody})
			down := walk(t, st, admin.PeopleQuery{List: admin.List{Sort: sort, Descending: true}, Within: everybody})
			slices.Reverse(down)
			if len(up) != 14 || !slices.Equal(up, down) {
				t.Errorf("by %q: %v, but backwards %v", sort, up, down)
			}
		}
		if got := walk(t, st, admin.PeopleQuery{Department: "d1", Within: everybody}); len(got) != 5 {
			t.Errorf("in the department: %v", got)
		}
		if got := walk(t, st, admin.PeopleQuery{Within: admin.Within{Groups: []identity.GroupID{"none"}}}); got != nil {
			t.Errorf("outside the scope: %v", got)
		}
		_, err := st.ListPeople(context.Background(), "crowd", admin.PeopleQuery{List: admin.List{Sort: "name; DROP TABLE person", Limit: 1}})
		wantFault(t, err, admin.ErrSort)
	})
}

func TestCursorsBelongToTheirList(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		crowd(t, st, "a", "b", "c")
		ctx := context.Background()
		page, err := st.ListPeople(ctx, "crowd", admin.PeopleQuery{List: admin.List{Limit: 1}, Within: admin.Within{Everybody: true}})
		must(t, err)
		for _, q := range []admin.List{
			{Cursor: page.Next, Sort: "email"}, {Cursor: page.Next, Descending: true}, {Cursor: "x"}, {Cursor: "bnVsbA"}, {Cursor: page.Next + "AA"},
		} {
			q.Limit = 1
			if _, err := st.ListPeople(ctx, "crowd", admin.PeopleQuery{List: q, Within: admin.Within{Everybody: true}}); !errors.Is(err, admin.ErrCursor) {
				t.Errorf("%+v: %v", q, err)
			}
		}
	})
}
