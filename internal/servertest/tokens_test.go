package servertest_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tasuke/internal/api"
	"tasuke/internal/identity"
	"tasuke/internal/servertest"
	"tasuke/internal/wire"
)

// TestAProgramActsByAToken: with what the token names, while its owner has it.
func TestAProgramActsByAToken(t *testing.T) {
	w := servertest.Start(t)
	boss := w.SignIn("amelia")
	program, token := boss.Program("Report", identity.ViewAudit, identity.EndSessions)
	var me wire.Me
	program.Must(http.MethodGet, "/api/v1/me", nil, &me)
	if got := strings.Join(me.Permissions, " "); got != "end_sessions view_audit" || me.MayHelp.Allowed {
		t.Errorf("the program may %s, help: %v", got, me.MayHelp.Allowed)
	}
	var audit wire.Page[wire.AuditLine]
	program.Must(http.MethodGet, "/api/v1/audit?search=token.create", nil, &audit)
	if len(audit.Items) != 1 || audit.Items[0].Object != token.ID || audit.Items[0].Details["permissions"] != "view_audit end_sessions" {
		t.Errorf("audit: %+v", audit.Items)
	}
	program.Refused("not_permitted", http.MethodGet, "/api/v1/people", nil)
	var file []byte
	program.Must(http.MethodGet, "/api/v1/audit.csv", nil, &file)
	boss.Must(http.MethodGet, "/api/v1/audit?token="+token.ID, nil, &audit)
	if len(audit.Items) != 1 || audit.Items[0].Actor != me.Person.ID || audit.Items[0].Token == nil || audit.Items[0].Token.Name != "Report" {
		t.Errorf("what the program did: %+v", audit.Items)
	}
	var list api.List[wire.Token]
	boss.Must(http.MethodGet, "/api/v1/tokens", nil, &list)
	if len(list.Items) != 1 || list.Items[0].UsedAt == nil || list.Items[0].Owner != me.Person.ID {
		t.Errorf("tokens: %+v", list.Items)
	}
	boss.Must(http.MethodDelete, "/api/v1/tokens/"+token.ID, nil, nil)
	program.Refused("token_invalid", http.MethodGet, "/api/v1/me", nil)
	boss.Refused("not_found", http.MethodDelete, "/api/v1/tokens/"+token.ID, nil)
	w.Bearer("tsk_wrong").Refused("token_invalid", http.MethodGet, "/api/v1/me", nil)
	w.VerifyAudit()
}

// TestAProgramTakesNoSeat: it neither gives help nor gets any, has no sign-ins,
// makes no tokens, and is nobody to the other doors.
func TestAProgramTakesNoSeat(t *testing.T) {
	p := trust(t)
	boss := p.w.SignIn("amelia")
	program, _ := boss.Program("Everything", identity.Permissions()...)
	session := "/api/v1/help-sessions/" + p.session
	for path, body := range map[string]any{
		"/api/v1/help-sessions":        struct{}{},
		"/api/v1/help-sessions/redeem": wire.Redeem{Code: "4060-R0GX"},
		session + "/acts/allow":        wire.Act{Text: text},
		session + "/bye":               map[string]string{"page": "0123456789abcdef"},
		"/api/v1/tokens":               wire.TokenBody{Name: "Child", Permissions: []string{}, ExpiresAt: time.Now().Add(time.Hour)},
	} {
		program.Refused("token_not_accepted", http.MethodPost, path, body)
	}
	program.Refused("token_not_accepted", http.MethodGet, "/api/v1/sign-ins", nil)
	program.Must(http.MethodPost, session+"/admin-end", wire.AdminEnd{}, nil) // what needs no seat works
	p.helperLive.WaitState("ended")
	program.Open(wire.Attach{Session: p.session, Page: "0123456789abcdef"}).WaitClosed(4401)
}

func TestATokenGivesNoMoreThanItsOwnerHas(t *testing.T) {
	w := servertest.Start(t)
	boss := w.SignIn("amelia")
	w.Hire("demo", "toby", identity.Administrator)
	toby := w.SignIn("toby")
	program, _ := toby.Program("Tools", identity.ReadPeople)
	program.Must(http.MethodGet, "/api/v1/people", nil, nil)
	id := personID(t, boss, "toby")
	boss.Must(http.MethodDelete, "/api/v1/groups/administrator/members/"+id, nil, nil)
	program.Refused("not_permitted", http.MethodGet, "/api/v1/people", nil)
	toby.Refused("not_permitted", http.MethodPost, "/api/v1/tokens", wire.TokenBody{Name: "More", Permissions: []string{}, ExpiresAt: time.Now().Add(time.Hour)})
	boss.Must(http.MethodPost, "/api/v1/people/"+id+"/disable", nil, nil)
	program.Refused("token_invalid", http.MethodGet, "/api/v1/me", nil)
	boss.Must(http.MethodPost, "/api/v1/people/"+id+"/enable", nil, nil)
	program.Refused("token_invalid", http.MethodGet, "/api/v1/me", nil)

	w.Found("other")
	w.Hire("other", "olga", identity.Administrator)
	_, token := boss.Program("Ours")
	olga := w.SignInTo("other", "olga")
	olga.Refused("not_found", http.MethodDelete, "/api/v1/tokens/"+token.ID, nil)
	var list api.List[wire.Token]
	olga.Must(http.MethodGet, "/api/v1/tokens", nil, &list)
	if len(list.Items) != 0 {
		t.Errorf("another organisation sees %+v", list.Items)
	}
}

// TestPoliciesHoldForPrograms: who must have signed in strongly cannot go round
// it by a token.
func TestPoliciesHoldForPrograms(t *testing.T) {
	w := servertest.Start(t)
	boss := w.SignIn("amelia")
	program, _ := boss.Program("Tools", identity.ReadPeople)
	none := []string{}
	nobody := wire.Who{People: none, Groups: none, Roles: none}
	fresh := wire.PolicyBody{Name: "Fresh", State: "on", Seats: []string{"administrator"}, Include: nobody, Exclude: nobody,
		Conditions: wire.Conditions{Locations: none, NotLocations: none, Platforms: none, NotPlatforms: none, Browsers: none, Devices: none},
		Control:    wire.Control{Require: []wire.Requirement{{Kind: "fresh_sign_in", AgeMinutes: 60}}}}
	fresh.Include.Everyone = true
	boss.Must(http.MethodPost, "/api/v1/policies", fresh, nil)
	boss.Must(http.MethodGet, "/api/v1/people", nil, nil)
	program.Refused("help_refused", http.MethodGet, "/api/v1/people", nil)
}

// TestTheAuditLogNamesTheToken: with its owner, in the list and in both files, also
// when it is gone; what the owner does in person names none.
func TestTheAuditLogNamesTheToken(t *testing.T) {
	p := trust(t)
	w := p.w
	boss := w.SignIn("amelia")
	program, token := boss.Program("Nightly; job", identity.Permissions()...)
	sofia := personID(t, boss, "sof")
	var made wire.LocalLink
	program.Must(http.MethodPost, "/api/v1/local-people", wire.LocalInvite{Username: "nina", LocalDescription: wire.LocalDescription{Name: "Nina"}}, &made)
	program.Must(http.MethodPost, "/api/v1/roles", wire.RoleBody{Name: "Desk", Permissions: []string{}}, nil)
	program.Must(http.MethodPost, "/api/v1/devices/facts", wire.Descriptions{Devices: []wire.Description{{ExternalID: "x", Name: "PC", Facts: []wire.FactReport{}}}}, nil)
	program.Must(http.MethodPost, "/api/v1/domains", wire.DomainBody{Name: "acme.example"}, nil)
	program.Must(http.MethodPost, "/api/v1/help-sessions/"+p.session+"/admin-end", wire.AdminEnd{}, nil)
	program.Must(http.MethodPost, "/api/v1/people/"+sofia+"/sign-out", nil, nil)
	var s wire.Settings
	program.Must(http.MethodGet, "/api/v1/settings", nil, &s)
	program.Must(http.MethodPut, "/api/v1/settings", s, nil)
	boss.Must(http.MethodDelete, "/api/v1/tokens/"+token.ID, nil, nil)

	var audit wire.Page[wire.AuditLine]
	boss.Must(http.MethodGet, "/api/v1/audit?limit=200", nil, &audit)
	through := map[string]bool{}
	for _, l := range audit.Items {
		if l.Token != nil {
			through[l.Action] = true
			if l.Token.ID != token.ID || l.Token.Name != "Nightly; job" || l.Name != "Amelia Brandt" {
				t.Errorf("%s: %+v by %s", l.Action, l.Token, l.Name)
			}
		}
	}
	for _, action := range []string{"account.create", "role.create", "device.describe", "domain.add", "session.admin_end", "person.sign_out", "settings.change"} {
		if !through[action] {
			t.Errorf("%s does not name the token; named by %v", action, through)
		}
	}
	for _, own := range []string{"token.create", "token.revoke", "sign_in.begin"} {
		if through[own] {
			t.Errorf("%s names a token", own)
		}
	}
	for _, format := range []string{"csv", "jsonl"} {
		var file []byte
		boss.Must(http.MethodGet, "/api/v1/audit."+format, nil, &file)
		if !strings.Contains(string(file), token.ID) || strings.Count(string(file), "Nightly; job") < len(through) {
			t.Errorf("the %s does not name the token", format)
		}
	}
	w.VerifyAudit()
}
