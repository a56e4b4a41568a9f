package servertest_test

import (
	"net/http"
	"strings"
	"testing"

	"tasuke/internal/identity"
	"tasuke/internal/servertest"
	"tasuke/internal/wire"
)

// scoped is a world in which somebody may do some things for Sofía alone.
func scoped(t *testing.T, permissions ...identity.Permission) (m *matrix, keeper *servertest.Person) {
	t.Helper()
	m = &matrix{t: t, w: servertest.Start(t), shared: map[string]map[place]string{}, pool: map[string][]string{}}
	m.boss = m.w.SignIn("amelia")
	m.branch, m.plain = m.group("Branch", "people"), m.group("Plain", "people")
	m.join(m.branch, personID(t, m.boss, "Sof"))
	m.people()
	m.w.Hire("demo", "keeper")
	m.grant("keeper", branch, permissions...)
	return m, m.w.SignIn("keeper")
}

func TestLocalPeopleAreThoseInScope(t *testing.T) {
	_, keeper := scoped(t, identity.ManagePeople)
	var list wire.LocalPeople
	keeper.Must(http.MethodGet, localPeople, nil, &list)
	if len(list.People) != 1 || list.People[0].Username != "sofia" {
		t.Errorf("listed: %+v", list.People)
	}
}

func TestAGroupShowsWhoIsInScope(t *testing.T) {
	m, keeper := scoped(t, identity.ManagePeople)
	kenji := m.shared["people"][outside]
	m.join(m.plain, m.shared["people"][inScope])
	m.join(m.plain, kenji)
	var list wire.Members
	keeper.Must(http.MethodGet, "/api/v1/groups/"+m.plain+"/members", nil, &list)
	if len(list.Members) != 1 || list.Members[0].Name != "Sofía Núñez" {
		t.Errorf("members: %+v", list.Members)
	}
	for _, method := range []string{http.MethodPut, http.MethodDelete} { // nobody is moved by who may not manage them
		keeper.Refused("not_found", method, "/api/v1/groups/"+m.plain+"/members/"+kenji, nil)
	}
	things := m.group("Things", "devices")
	device := m.describe("sofia", 1)[0]
	m.join(things, device)
	keeper.Must(http.MethodGet, "/api/v1/groups/"+things+"/members", nil, &list)
	if len(list.Members) != 0 {
		t.Errorf("somebody without read_devices sees %+v", list.Members)
	}
	keeper.Refused("not_found", http.MethodDelete, "/api/v1/groups/"+things+"/members/"+device, nil)
	m.boss.Must(http.MethodGet, "/api/v1/groups/"+things+"/members", nil, &list)
	if len(list.Members) != 1 {
		t.Errorf("the administrator sees %+v", list.Members)
	}
}

// TestANameDoesNotTellThatSomebodyExists: an owner who may not be seen is like one
// who does not exist, however they are named.
func TestANameDoesNotTellThatSomebodyExists(t *testing.T) {
	m, keeper := scoped(t, identity.ManageDevices)
	for _, owner := range []string{"kenji@northwind.example", m.shared["people"][outside], "nobody@northwind.example"} {
		var v wire.Described
		keeper.Must(http.MethodPost, "/api/v1/devices/facts", map[string]any{"devices": []any{map[string]any{"externalId": "New", "owner": owner}}}, &v)
		if len(v.Errors) != 1 || v.Errors[0] != (wire.RowError{Line: 1, Code: "not_found", Member: "owner"}) {
			t.Errorf("%s: %+v", owner, v)
		}
	}
	device := m.describe("sofia", 1)[0]
	body := map[string]any{"name": "X", "ownership": "", "externalId": "X"}
	for _, owner := range []string{m.shared["people"][outside], m.shared["people"][missing]} {
		body["owner"] = owner
		keeper.Match(1).Refused("not_found", http.MethodPut, "/api/v1/devices/"+device, body)
	}
	theirs := m.describe("kenji", 1)[0]
	body["owner"] = ""
	keeper.Match(77).Refused("not_found", http.MethodPut, "/api/v1/devices/"+theirs, body) // not: changed meanwhile
}

// TestWhyNotTellsNothingElse: people and devices that one may not see are as out
// of scope as those that do not exist.
func TestWhyNotTellsNothingElse(t *testing.T) {
	m, keeper := scoped(t, identity.ReadPeople)
	ask := func(body map[string]any) (e wire.Explanation) {
		body["permission"] = "read_people"
		keeper.Must(http.MethodPost, "/api/v1/why-not", body, &e)
		return e
	}
	for member, ids := range map[string][]string{
		"target": {m.shared["people"][outside], m.shared["people"][missing]},
		"device": {m.describe("kenji", 1)[0], m.shared["people"][missing]},
	} {
		for _, id := range ids {
			if e := ask(map[string]any{member: id}); e.Allowed || len(e.Reasons) != 1 || e.Reasons[0].Code != "out_of_scope" {
				t.Errorf("%s %s: %+v", member, id, e)
			}
		}
	}
	if e := ask(map[string]any{"target": m.shared["people"][inScope]}); !e.Allowed {
		t.Errorf("in scope: %+v", e)
	}
}

// TestWhomAHelperMayHelp: the sharer in scope or out of it, with an enrolled
// device or without, for helpers who may help on such devices and who may not.
func TestWhomAHelperMayHelp(t *testing.T) {
	m, _ := scoped(t, identity.ReadPeople)
	m.w.Hire("demo", "narrow")
	m.grant("narrow", branch, identity.OfferRemoteAssistance, identity.ViewScreen)
	m.w.Hire("demo", "wide")
	m.grant("wide", everywhere, identity.OfferRemoteAssistance, identity.ViewScreen)
	m.w.Found("other")
	m.w.Hire("other", "olga", identity.FirstLineHelper)
	for _, sharer := range []string{"sofia", "kenji"} {
		for _, enrolled := range []bool{false, true} {
			s := m.w.SignIn(sharer)
			if enrolled {
				s.NewDevice().Enrol("")
			}
			for _, helper := range []string{"narrow", "wide", "olga"} {
				org, want := identity.OrgID("demo"), ""
				switch {
				case helper == "olga":
					org, want = "other", "code_not_accepted"
				case helper == "narrow" && (sharer == "kenji" || !enrolled):
					want = "help_refused"
				}
				body := wire.Redeem{Code: m.w.SignInTo(org, helper).Create().Code}
				if want == "" {
					s.Act(s.Redeem(strings.ToLower(body.Code)), "decline", wire.Act{})
				} else {
					s.Refused(want, http.MethodPost, "/api/v1/help-sessions/redeem", body)
				}
			}
		}
	}
}
