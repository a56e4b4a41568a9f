package servertest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tasuke/internal/api"
	"tasuke/internal/identity"
	"tasuke/internal/server"
	"tasuke/internal/servertest"
	"tasuke/internal/wire"
)

// matrix is the world that everybody asks about.
type matrix struct {
	t       *testing.T
	w       *servertest.World
	boss    *servertest.Person
	routes  []route
	schemas map[string]*schema
	askers  []asker
	branch  string // group of people
	plain   string // group that nothing names
	named   string // group of nobody, for assignments
	shared  map[string]map[place]string
	seats   map[string]string // person → help session they have a seat in
	before  map[string]string // what nobody changes
	foreign []string          // ids of the other organisation
	hidden  []string          // ids that are out of scope
	made    int
	pool    map[string][]string
}

func newMatrix(t *testing.T) *matrix {
	m := &matrix{t: t, w: servertest.Start(t, "dns_resolver=127.0.0.1:1"), shared: map[string]map[place]string{}, seats: map[string]string{}, before: map[string]string{}, pool: map[string][]string{}}
	m.routes, m.schemas = table(t)
	m.boss = m.w.SignIn("amelia")
	m.branch, m.plain, m.named = m.group("Branch", "people"), m.group("Plain", "people"), m.group("Named", "people")
	m.join(m.branch, personID(t, m.boss, "Sof"))
	m.people()
	m.devices()
	m.sessions()
	m.objects()
	m.otherOrganisation()
	m.askers = append(m.strangers(), m.insiders()...)
	m.askers = append(m.askers, m.programs()...)
	for _, path := range m.watched() {
		m.before[path] = m.look(path)
	}
	return m
}

// unguessable ids have 74 random bits or more: versions 4 and 7 of RFC 9562.
var unguessable = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

// put notes which thing of a sort lies where. Sorts are collections of the API.
func (m *matrix) put(sort string, at place, id string) {
	if m.shared[sort] == nil {
		m.shared[sort] = map[place]string{missing: "01a2055d-93c5-7e53-bee2-cc34d1a63d11"}
	}
	if kinds[sort] != ofDomains && !unguessable.MatchString(id) {
		m.t.Errorf("%s: the id %q can be guessed", sort, id)
	}
	m.shared[sort][at] = id
	switch at {
	case elsewhere:
		m.foreign = append(m.foreign, id)
	case outside:
		m.hidden = append(m.hidden, id)
	}
}

// watched are the shared things, as an administrator reads them.
func (m *matrix) watched() (paths []string) {
	for sort, places := range m.shared {
		for at, id := range places {
			if at == inScope || at == outside || at == known {
				switch sort {
				case "roles", "groups", "assignments", "policies", "locations", "compliance-policies", "devices", "people":
					paths = append(paths, api.Prefix+"/"+sort+"/"+id)
				case "local-people":
					paths = append(paths, localPeople+"#"+id)
				}
			}
		}
	}
	return paths
}

// look reads one thing without what changes by itself; an account is one of a list.
func (m *matrix) look(path string) string {
	path, account, _ := strings.Cut(path, "#")
	v := m.read(path)
	if all, ok := v["people"].([]any); ok {
		i := slices.IndexFunc(all, func(one any) bool { o, _ := one.(map[string]any); return o["id"] == account })
		v, _ = all[max(i, 0)].(map[string]any)
	}
	for _, changing := range []string{"signIns", "sessions", "groups"} {
		delete(v, changing)
	}
	b, err := json.Marshal(v)
	if err != nil {
		m.t.Fatal(err)
	}
	return string(b)
}

func (m *matrix) id(in any, path string) string {
	m.t.Helper()
	var made struct {
		ID    string     `json:"id"`
		Name  string     `json:"name"`
		Token wire.Token `json:"token"`
	}
	m.boss.Must(http.MethodPost, "/api/v1/"+path, in, &made)
	if kinds[path] == ofDomains {
		return made.Name
	}
	return made.ID + made.Token.ID
}

func (m *matrix) group(name, of string) string {
	m.t.Helper()
	return m.id(map[string]any{"name": name, "description": "", "of": of, "kind": "fixed", "claim": "", "rule": []any{}}, "groups")
}

func (m *matrix) join(group, member string) {
	m.t.Helper()
	m.boss.Must(http.MethodPut, "/api/v1/groups/"+group+"/members/"+member, nil, nil)
}

func (m *matrix) people() {
	m.put("people", inScope, personID(m.t, m.boss, "Sof"))
	m.put("people", outside, personID(m.t, m.boss, "kenji"))
	m.put("local-people", inScope, local(m.t, m.boss, "sofia").ID)
	m.put("sign-ins", inScope, signInOf(m.w.SignIn("sofia")))
	m.put("local-people", outside, local(m.t, m.boss, "kenji").ID)
}

func (m *matrix) devices() {
	for at, owner := range map[place]string{inScope: "sofia", outside: "kenji"} {
		d := m.w.SignIn(owner).NewDevice()
		d.Enrol("")
		m.put("devices", at, d.ID)
	}
	m.put("devices", known, m.describe("sofia", 1)[0])
}

// describe makes devices that are known and not enrolled.
func (m *matrix) describe(owner string, n int) []string {
	m.t.Helper()
	m.made++
	prefix, rows := fmt.Sprintf("Known %d.", m.made), []map[string]any{}
	for i := range n {
		rows = append(rows, map[string]any{"externalId": fmt.Sprint(prefix, i), "owner": owner + "@northwind.example"})
	}
	var v wire.Described
	m.boss.Must(http.MethodPost, "/api/v1/devices/facts", map[string]any{"devices": rows}, &v)
	if v.Created != n {
		m.t.Fatalf("described %+v", v)
	}
	var list wire.Devices
	m.boss.Must(http.MethodGet, "/api/v1/devices?limit=500&search="+strings.ReplaceAll(prefix, " ", "%20"), nil, &list)
	var ids []string
	for _, d := range list.Devices {
		ids = append(ids, d.ID)
	}
	return ids
}

// sessions makes one that goes on and one that has ended, with somebody in scope
// and with somebody out of it.
func (m *matrix) sessions() {
	for at, sharer := range map[place]string{inScope: "sofia", outside: "kenji"} {
		m.put("reports", at, m.session(sharer, true))
		m.put("help-sessions", at, m.session(sharer, false))
	}
}

func (m *matrix) session(sharer string, end bool) string {
	s := m.w.SignIn(sharer)
	id := s.Redeem(m.w.SignIn("haruka").Create().Code)
	if end {
		s.Act(id, "decline", wire.Act{})
	}
	return id
}

// made reports whether one is made by a call to its collection.
func (k kind) made() bool { return k == ofObjects || k == ofTokens || k == ofDomains }

// objects makes one of every kind of configured thing, and a token.
func (m *matrix) objects() {
	for _, r := range m.routes {
		if collection, rest, _ := strings.Cut(r.path, "/"); r.method == http.MethodPost && rest == "" && kinds[collection].made() {
			m.put(collection, inScope, m.fresh(collection, inScope))
		}
	}
}

// otherOrganisation has something of everything as well.
func (m *matrix) otherOrganisation() {
	m.w.Found("other")
	m.w.Hire("other", "olga", identity.Administrator, identity.FirstLineHelper)
	ours, olga := m.boss, m.w.SignInTo("other", "olga")
	m.boss = olga
	var s wire.Settings
	olga.Must(http.MethodGet, "/api/v1/settings", nil, &s)
	s.Unenrolled, s.SelfEnrol = true, true
	olga.Must(http.MethodPut, "/api/v1/settings", s, nil)
	m.put("people", elsewhere, string(m.w.Hire("other", "oskar")))
	m.put("local-people", elsewhere, local(m.t, olga, "oskar").ID)
	oskar := m.w.SignInTo("other", "oskar")
	d := oskar.NewDevice()
	d.Enrol("")
	m.put("devices", elsewhere, d.ID)
	ended := oskar.Redeem(olga.Create().Code)
	oskar.Act(ended, "decline", wire.Act{})
	m.put("reports", elsewhere, ended)
	m.put("help-sessions", elsewhere, oskar.Redeem(olga.Create().Code))
	m.put("sign-ins", elsewhere, signInOf(oskar))
	named := m.named
	m.named = m.group("Theirs", "people")
	for collection := range m.shared {
		if kinds[collection].made() {
			m.put(collection, elsewhere, m.fresh(collection, elsewhere))
		}
	}
	m.boss, m.named = ours, named
}

func signInOf(p *servertest.Person) string {
	var list wire.SignIns
	p.Must(http.MethodGet, "/api/v1/sign-ins", nil, &list)
	i := slices.IndexFunc(list.SignIns, func(s wire.SignIn) bool { return !s.Current })
	return list.SignIns[max(i, 0)].ID
}

// strangers may do nothing at all.
func (m *matrix) strangers() []asker {
	m.w.Hire(server.DemoOrg, "gone", identity.Administrator)
	gone := m.w.SignIn("gone")
	program, _ := gone.Program("Left behind", identity.Permissions()...)
	revoked, token := m.boss.Program("Revoked", identity.Permissions()...)
	m.boss.Must(http.MethodDelete, "/api/v1/tokens/"+token.ID, nil, nil)
	m.boss.Must(http.MethodPost, "/api/v1/people/"+idOf(gone)+"/disable", nil, nil)
	return []asker{
		{name: "nobody", who: m.w.Stranger(), out: true}, {name: "somebody disabled", who: gone, out: true},
		{name: "a program of somebody disabled", who: program, out: true}, {name: "a program with a revoked token", who: revoked, out: true},
		{name: "a program with no token", who: m.w.Bearer("tsk_"), out: true},
	}
}

// insiders are people without a role, with each built-in role everywhere, with
// each permission in the branch, and who see everything but manage the branch.
func (m *matrix) insiders() []asker {
	out := []asker{m.insider("layla", nil)}
	for _, role := range identity.BuiltinRoles() {
		name := strings.ReplaceAll(string(role.ID), "_", "-")
		m.w.Hire(server.DemoOrg, name, role.ID)
		out = append(out, m.insider(name, holding(everywhere, role.Permissions...)))
	}
	for _, p := range identity.Permissions() {
		name := "only-" + strings.ReplaceAll(string(p), "_", "-")
		m.w.Hire(server.DemoOrg, name)
		m.grant(name, branch, p)
		out = append(out, m.insider(name, holding(branch, p)))
	}
	seeing := []identity.Permission{identity.ReadPeople, identity.ReadDevices, identity.ViewReports}
	managing := []identity.Permission{identity.ManagePeople, identity.ManageDevices, identity.EnrolDevices, identity.EndSessions}
	m.w.Hire(server.DemoOrg, "sees-all")
	m.grant("sees-all", everywhere, seeing...)
	m.grant("sees-all", branch, managing...)
	has := holding(branch, managing...)
	for p, where := range holding(everywhere, seeing...) {
		has[p] = where
	}
	out = append(out, m.insider("sees-all", has))
	m.take(out[0])
	m.take(out[1])
	return out
}

// take seats somebody as a sharer, so that something is their own.
func (m *matrix) take(a asker) {
	helper := m.w.SignIn("omar")
	m.seats["report/"+a.id] = a.who.Redeem(helper.Create().Code)
	a.who.Act(m.seats["report/"+a.id], "decline", wire.Act{})
	m.seats[a.id] = a.who.Redeem(helper.Create().Code)
	m.hidden = append(m.hidden, m.seats["report/"+a.id])
}

func (m *matrix) insider(username string, has map[identity.Permission]reach) asker {
	who := m.w.SignIn(username)
	return asker{name: username, id: idOf(who), who: who, has: has}
}

// holding is what somebody has who was given these: what may be changed may be
// seen, as docs/operations.md has it.
func holding(where reach, permissions ...identity.Permission) map[identity.Permission]reach {
	out := map[identity.Permission]reach{}
	for _, p := range permissions {
		out[p] = where
		switch p {
		case identity.ViewReports:
			out[identity.ViewOwnReports] = where
		case identity.ManagePeople:
			out[identity.ReadPeople] = where
		case identity.EnrolDevices, identity.ManageDevices:
			out[identity.ReadDevices] = where
		case identity.ManageCompliance, identity.ManagePolicies, identity.ManageRoles, identity.ManageSettings, identity.ManageTokens:
			out[identity.ReadConfiguration] = where
		}
	}
	return out
}

// grant gives somebody permissions by a role of their own.
func (m *matrix) grant(username string, where reach, permissions ...identity.Permission) {
	m.t.Helper()
	m.made++
	name := fmt.Sprint(username, " ", m.made)
	role := m.id(map[string]any{"name": name, "description": "", "permissions": permissions}, "roles")
	group := m.group(name, "people")
	scope := map[string]any{"allPeople": true, "people": []string{}, "allDevices": true, "devices": []string{}, "unenrolled": true}
	if where == branch {
		scope = map[string]any{"allPeople": false, "people": []string{m.branch}, "allDevices": false, "devices": []string{}, "unenrolled": false}
	}
	m.id(map[string]any{"name": name, "description": "", "role": role, "members": []string{group}, "scope": scope}, "assignments")
	m.join(group, local(m.t, m.boss, username).Person)
}

// programs act for an administrator, with each permission and with all.
func (m *matrix) programs() (out []asker) {
	id := idOf(m.boss)
	add := func(name string, permissions ...identity.Permission) {
		who, _ := m.boss.Program(name, permissions...)
		out = append(out, asker{name: "a program for " + name, id: id, who: who, program: true, has: holding(everywhere, permissions...)})
	}
	add("everything", identity.Permissions()...)
	add("nothing")
	for _, p := range identity.Permissions() {
		add(string(p), p)
	}
	return out
}

// things are what an operation is tried on; by whom it is refused whatever it is
// about, on what exists and on what does not.
func (m *matrix) things(a asker, r route) []thing {
	if r.kind == ofNothing {
		return []thing{{at: noThing}}
	}
	places := m.shared[m.sort(r)]
	out := []thing{{missing, places[missing]}}
	for _, at := range []place{inScope, known, outside, elsewhere} {
		if id := places[at]; id != "" && !(a.program && at == known) && (r.in == "" || r.in == "member" || at != known) {
			out = append(out, thing{at, id})
		}
	}
	if expect(a, r, inScope) == expect(a, r, missing) && a.has[r.kind.sight()] == nowhere && r.kind != ofSeats && r.kind != ofReports {
		return out[:min(len(out), 2)]
	}
	if mine := m.mine(a, r); mine != "" {
		out = append(out, thing{own, mine})
	}
	return out
}

// sort is the collection that the thing of a request belongs to.
func (m *matrix) sort(r route) string {
	switch r.in {
	case "device":
		return "devices"
	case "owner", "member":
		return "people"
	}
	collection, _, _ := strings.Cut(r.path, "/")
	return collection
}

// mine is something of the asker's own.
func (m *matrix) mine(a asker, r route) string {
	switch {
	case a.program || a.out:
	case r.kind == ofSeats:
		return m.seats[a.id]
	case r.kind == ofReports:
		return m.seats["report/"+a.id]
	case r.kind == ofPeople && r.method == http.MethodGet && !strings.Contains(r.path, "picture"):
		return a.id
	case r.kind == ofSignIns && m.seats[a.id] != "":
		m.w.SignIn(a.name) // which is ended
		return signInOf(a.who)
	}
	return ""
}

// read decodes what an administrator reads.
func (m *matrix) read(path string) (v map[string]any) {
	if got := m.boss.Ask(http.MethodGet, path, "", nil); got.Status == http.StatusOK {
		_ = json.Unmarshal(got.Body, &v)
	}
	return v
}

// ask sends one request. What is allowed to be changed is something made for it,
// so that everybody else finds everything as it was.
func (m *matrix) ask(a asker, r route, v thing, want outcome) servertest.Answer {
	id := v.id
	if want == allowed && r.method != http.MethodGet && (v.at == inScope || v.at == known || v.at == outside) && r.in != "device" && r.in != "owner" {
		id = m.fresh(m.sort(r), v.at)
	}
	path := api.Prefix + "/" + r.path
	if r.in == "member" {
		path = strings.ReplaceAll(strings.Replace(path, "{id}", m.plain, 1), "{member}", id)
	}
	path = strings.NewReplacer("{id}", id, "{name}", id, "{member}", m.shared["people"][inScope]).Replace(path)
	for name, value := range r.choices {
		path = strings.ReplaceAll(path, "{"+name+"}", value)
	}
	who, media, body := a.who, "", []byte(nil)
	if r.matched {
		who = who.Match(m.version(path))
	}
	switch {
	case r.csv:
		media, body = "text/csv", []byte("external_id\nImported\n")
	case r.body != nil:
		media = "application/json"
		body = m.body(r, path, v)
	}
	return who.Ask(r.method, path, media, body)
}

func (m *matrix) version(path string) int64 {
	if n, ok := m.read(path)["version"].(float64); ok && n > 0 {
		return int64(n)
	}
	return 1
}
