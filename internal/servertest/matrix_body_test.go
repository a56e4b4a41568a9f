package servertest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"tasuke/internal/wire"
)

// fresh makes something of a sort that one request may change.
func (m *matrix) fresh(sort string, at place) string {
	m.t.Helper()
	sharer := "sofia"
	if at == outside {
		sharer = "kenji"
	}
	switch sort {
	case "people", "local-people", "devices":
		key := sort + string(at)
		if len(m.pool[key]) == 0 {
			m.fill(at, sharer)
		}
		id := m.pool[key][0]
		m.pool[key] = m.pool[key][1:]
		return id
	case "help-sessions":
		return m.session(sharer, false)
	}
	i := slices.IndexFunc(m.routes, func(r route) bool { return r.method == http.MethodPost && r.path == sort })
	return m.id(m.example(sort, m.routes[i].body), sort)
}

// fill makes more people, accounts and devices than one request needs.
func (m *matrix) fill(at place, owner string) {
	const some = 20
	m.pool["devices"+string(at)] = append(m.pool["devices"+string(at)], m.describe(owner, some)...)
	invited := map[string]bool{}
	for range 2 * some {
		m.made++
		var made wire.LocalLink
		m.boss.Must(http.MethodPost, localPeople, map[string]any{"username": fmt.Sprint("person", m.made), "name": "Somebody"}, &made)
		invited[made.ID] = true
	}
	var list wire.LocalPeople
	m.boss.Must(http.MethodGet, localPeople, nil, &list)
	for _, p := range list.People {
		if !invited[p.ID] {
			continue
		}
		if at == inScope {
			m.join(m.branch, p.Person)
		}
		key, id := "people"+string(at), p.Person
		if len(m.pool[key]) >= some {
			key, id = "local-people"+string(at), p.ID
		}
		m.pool[key] = append(m.pool[key], id)
	}
}

// body is a body that fits the operation. What is replaced is replaced by itself.
func (m *matrix) body(r route, path string, v thing) []byte {
	out := m.example(r.path, r.body)
	fields, _ := out.(map[string]any)
	if was := m.read(path); was != nil && r.method == http.MethodPut {
		for name := range m.resolve(r.body).Properties {
			if value, ok := was[name]; ok {
				fields[name] = value
			}
			if named, ok := was[name].(map[string]any); ok && named["id"] != nil {
				fields[name] = named["id"]
			}
		}
	}
	switch r.in {
	case "device":
		fields["device"] = v.id
		if _, both := fields["owner"]; both {
			fields["owner"] = m.ownerOf(v.at)
		}
	case "owner":
		fields["owner"] = v.id
	}
	b, err := json.Marshal(out)
	if err != nil {
		m.t.Fatal(err)
	}
	return b
}

// ownerOf is whose device lies there.
func (m *matrix) ownerOf(at place) string {
	if id := m.shared["people"][at]; id != "" {
		return id
	}
	return m.shared["people"][inScope]
}

func (m *matrix) resolve(s *schema) *schema {
	if name, ok := strings.CutPrefix(s.Ref, "#/components/schemas/"); ok {
		return m.schemas[name]
	}
	return s
}

// example is a value of a schema with nothing in it that need not be.
func (m *matrix) example(name string, s *schema) any {
	if v, ok := m.telling(name); ok {
		return v
	}
	s = m.resolve(s)
	switch {
	case len(s.Properties) > 0:
		out := map[string]any{}
		for _, p := range s.Required {
			out[p] = m.example(p, s.Properties[p])
		}
		return out
	case len(s.Enum) > 0:
		return s.Enum[0]
	case strings.Contains(string(s.Type), "array"):
		return []any{}
	case s.Type == "boolean":
		return false
	case s.Type == "integer" || s.Type == "number":
		return s.Minimum
	}
	return ""
}

// telling are values that make sense where the schema alone does not say which do.
func (m *matrix) telling(name string) (any, bool) {
	m.made++
	v, ok := map[string]any{
		"name": fmt.Sprint("Made ", m.made), "username": fmt.Sprint("made", m.made), "expiresAt": time.Now().Add(time.Hour).UTC().Format(time.RFC3339),
		"role": "first_line_helper", "members": []string{m.named}, "allPeople": true, "state": "off", "seats": []string{"sharer"}, "everyone": true, "block": true,
		"ranges": []string{"192.0.2.0/24"}, "everything": true, "rules": []any{map[string]any{"kind": "firewall", "value": "", "graceHours": 0}},
		"owner": m.shared["people"][inScope], "person": m.shared["people"][inScope], "permission": "view_audit", "code": "4060-R0GX", "page": "0123456789abcdef",
		"domains":    map[string]any{"name": fmt.Sprintf("made%d.example", m.made)},
		"externalId": fmt.Sprint("Made ", m.made), "exclude": map[string]any{"everyone": false, "people": []any{}, "groups": []any{}, "roles": []any{}},
	}[name]
	return v, ok
}
