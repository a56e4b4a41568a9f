package signin

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"tasuke/internal/identity"
)

// groups returns a claim that is a list of groups: texts, or objects that name
// one. A single text is a list of one.
func (c claims) groups(name string) []string {
	switch v := c[name].(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, g := range v {
			out = append(out, groupName(g))
		}
		return out
	}
	return nil
}

// groupName prefers what cannot be given to another group over what people
// call it. No name is "", which Profile.Clean drops.
func groupName(g any) string {
	switch v := g.(type) {
	case string:
		return v
	case map[string]any:
		for _, key := range []string{"id", "value", "name", "displayName", "display"} {
			if text, _ := v[key].(string); text != "" {
				return text
			}
		}
	}
	return ""
}

// groupsElsewhere reports the "overage" of Microsoft Entra ID: somebody is in
// more groups than a token holds, and it only says that there are some
// (distributed claims, OpenID Connect Core 1.0, 5.6.2, or hasgroups).
func (c claims) groupsElsewhere(name string) bool {
	if _, there := c[name]; there {
		return false
	}
	elsewhere, _ := c["_claim_names"].(map[string]any)
	_, there := elsewhere[name]
	return there || c.yes("hasgroups")
}

// maxGroupPages bounds how many answers of at most 999 groups are read.
const maxGroupPages = 10

// groupsFromGraph returns the groups of an Entra token, or, when it holds none
// but says that there are some, those that Graph lists. The address in the
// token is not used: it names a service that is switched off.
func (s *Service) groupsFromGraph(ctx context.Context, p identity.Provider, c claims, base, accessToken string) ([]string, error) {
	name := p.Claims.WithDefaults().Groups
	if !c.groupsElsewhere(name) {
		return c.groups(name), nil
	}
	var out []string
	next := base + "/me/transitiveMemberOf?$select=id&$top=999"
	for range maxGroupPages {
		body, _, err := s.get(ctx, next, accessToken, "application/json")
		if err != nil {
			return nil, err
		}
		var page memberOf
		if err := json.Unmarshal(body, &page); err != nil {
			return nil, err
		}
		out = append(out, page.groups()...)
		if page.Next == "" {
			return out, nil
		}
		if next = page.Next; !strings.HasPrefix(next, base+"/") {
			return nil, errors.New("the next page is not of Graph")
		}
	}
	return nil, errors.New("too many groups")
}

// memberOf is one page of a list of directory objects: groups, and directory
// roles and administrative units, which are none.
type memberOf struct {
	Value []struct {
		Type string `json:"@odata.type"`
		ID   string `json:"id"`
	} `json:"value"`
	Next string `json:"@odata.nextLink"`
}

func (m memberOf) groups() []string {
	var out []string
	for _, o := range m.Value {
		if o.Type == "#microsoft.graph.group" {
			out = append(out, o.ID)
		}
	}
	return out
}
