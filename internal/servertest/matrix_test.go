package servertest_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"tasuke/internal/identity"
	"tasuke/internal/servertest"
)

// outcome is what is to become of a request: 0 stands for whatever is no refusal
// of who asks, for the thing itself may be in the way.
type outcome int

const (
	allowed   outcome = 0
	nobody    outcome = http.StatusUnauthorized
	forbidden outcome = http.StatusForbidden
	unseen    outcome = http.StatusNotFound
)

// reach is where an actor has a permission.
type reach int

const (
	nowhere    reach = iota
	branch           // over a group of people, what is theirs, and a group of devices
	everywhere       // in the organisation
)

// asker is one row of the matrix: somebody, or something, that calls.
type asker struct {
	name    string
	id      string // of the person
	who     *servertest.Person
	out     bool // not signed in, disabled, or with a dead token
	program bool
	has     map[identity.Permission]reach
}

// place says where the thing lies that a request is about.
type place string

const (
	noThing   place = "-"
	inScope   place = "in scope"
	known     place = "in scope, unenrolled"
	outside   place = "out of scope"
	elsewhere place = "another organisation"
	missing   place = "not existing"
	own       place = "own"
)

// thing is one column: an id, and where it lies.
type thing struct {
	at place
	id string
}

// expect says what is to happen, from docs/protocol.md alone.
func expect(a asker, r route, at place) outcome {
	switch {
	case r.permission == "public":
		return allowed
	case a.out:
		return nobody
	case a.program && r.person:
		return forbidden
	case r.also != "" && a.has[r.also] == nowhere:
		return forbidden
	case r.also != "" && (at == missing || at == elsewhere || at == outside && a.has[r.also] != everywhere):
		return unseen
	case r.permission != signedIn && a.has[permission(r)] == nowhere, r.beside != "" && a.has[r.beside] == nowhere:
		return forbidden
	case r.wide && a.has[permission(r)] != everywhere:
		return forbidden
	case at == missing || at == elsewhere:
		return unseen
	}
	return r.kind.expect(a, r, at)
}

func permission(r route) identity.Permission { return identity.Permission(r.permission) }

// expect says what is to happen to somebody who has the permission at all.
func (k kind) expect(a asker, r route, at place) outcome {
	switch k {
	case ofSeats, ofSignIns:
		if at != own {
			return unseen
		}
	case ofReports:
		if at == own || at == inScope && a.has[identity.ViewReports] != nowhere || at == outside && a.has[identity.ViewReports] == everywhere {
			return allowed
		}
		return unseen
	case ofPeople, ofDevices, ofSessions, ofAccounts:
		return k.scoped(a, r, at)
	}
	return allowed
}

// scoped bounds a permission to where the actor has it. A refusal tells of the
// thing only to who may see it.
func (k kind) scoped(a asker, r route, at place) outcome {
	if r.permission == signedIn || at != outside && at != own || a.has[permission(r)] == everywhere {
		return allowed
	}
	if a.has[k.sight()] == everywhere {
		return forbidden
	}
	return unseen
}

// sight is the permission without which a thing does not exist for somebody.
func (k kind) sight() identity.Permission {
	switch k {
	case ofDevices:
		return identity.ReadDevices
	case ofSessions:
		return identity.ViewReports
	default:
		return identity.ReadPeople
	}
}

// TestWhoMayDoWhat calls every operation as everybody, about things in every
// place, and compares what happens with what docs/protocol.md says. A refusal is
// byte for byte the one for what does not exist where somebody may not see it.
func TestWhoMayDoWhat(t *testing.T) {
	m := newMatrix(t)
	cells, allows, done := 0, 0, 0
	for _, r := range m.routes {
		for _, a := range m.askers {
			var hidden []byte // the refusal for what does not exist
			for _, v := range m.things(a, r) {
				want := expect(a, r, v.at)
				got := m.ask(a, r, v, want)
				cells++
				if want == allowed {
					allows++
					done += min(1, http.StatusMultipleChoices/(got.Status+1))
				}
				m.compare(a, r, v, want, got)
				if v.at == missing {
					hidden = got.Body
				}
				if want == unseen && !bytes.Equal(hidden, got.Body) {
					t.Errorf("%s: %s, %s: told apart from what does not exist:\n%s\n%s", a.name, r.call(), v.at, got.Body, hidden)
				}
			}
		}
	}
	m.unchanged()
	t.Logf("%d cells of %d operations and %d askers: %d allowed (%d of them done), %d refused", cells, len(m.routes), len(m.askers), allows, done, cells-allows)
	if cells < 1000 || done*10 < allows*8 {
		t.Errorf("too little was tried: %d cells, %d allowed, %d done", cells, allows, done)
	}
}

// compare holds one answer against what is to happen.
func (m *matrix) compare(a asker, r route, v thing, want outcome, got servertest.Answer) {
	refused := got.Status == int(nobody) || got.Status == int(forbidden) || got.Status == int(unseen)
	switch {
	case want == allowed && refused && !m.besides(r, got.Body):
		m.t.Errorf("unexpected refusal: %s: %s, %s: %d %s", a.name, r.call(), v.at, got.Status, got.Body)
	case want != allowed && got.Status < http.StatusBadRequest:
		m.t.Errorf("unexpected allow: %s: %s, %s: %d %.200s", a.name, r.call(), v.at, got.Status, got.Body)
	case want != allowed && got.Status != int(want):
		m.t.Errorf("another refusal: %s: %s, %s: %d, want %d %s", a.name, r.call(), v.at, got.Status, want, got.Body)
	}
	for _, id := range m.foreign {
		if id != v.id && bytes.Contains(got.Body, []byte(id)) {
			m.t.Errorf("%s: %s, %s: shows %s of another organisation", a.name, r.call(), v.at, id)
		}
	}
	if got.Status >= http.StatusBadRequest || !r.scopedList() || a.has[m.sightOf(r)] == everywhere {
		return
	}
	for _, id := range m.hidden {
		if id != v.id && id != m.seats["report/"+a.id] && bytes.Contains(got.Body, []byte(id)) {
			m.t.Errorf("%s: %s, %s: shows %s, which is out of scope", a.name, r.call(), v.at, id)
		}
	}
}

// besides are refusals of an allowed request that are not about who asks: a code
// or a challenge that nobody gave.
func (m *matrix) besides(r route, body []byte) bool {
	if r.permission != signedIn || r.kind != ofNothing {
		return false
	}
	var p servertest.Problem
	return json.Unmarshal(body, &p) == nil && slices.Contains([]string{"code_not_accepted", "enrolment_code_not_accepted", "self_enrolment_off", "device_proof_invalid", "device_assertion_refused", "not_found"}, p.Code)
}

// unchanged fails the test when one of the things that nobody was to change is
// not as it was.
func (m *matrix) unchanged() {
	for _, path := range slices.Sorted(maps.Keys(m.before)) {
		if now := m.look(path); now == "" || now != m.before[path] {
			m.t.Errorf("%s was changed:\n%s\n%s", path, m.before[path], now)
		}
	}
}

// scopedList reports whether the answer shows only what lies in scope.
func (r route) scopedList() bool {
	for _, prefix := range []string{"people", "devices", "local-people", "live-sessions", "reports", "groups/{id}/members"} {
		if r.method == http.MethodGet && strings.HasPrefix(r.path, prefix) && !strings.Contains(r.path, "picture") {
			return true
		}
	}
	return false
}

func (m *matrix) sightOf(r route) identity.Permission {
	if strings.HasPrefix(r.path, "reports") {
		return identity.ViewReports
	}
	return permission(r)
}
