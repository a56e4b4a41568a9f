package admin

import (
	"maps"
	"testing"

	"tasuke/internal/identity"
)

// TestChangesNameBothValues: what was switched off is told as false, not left open.
func TestChangesNameBothValues(t *testing.T) {
	on := identity.Settings{RemoteHelp: true, SessionDays: 30}
	off := identity.Settings{ChatDays: 7}
	group := identity.Group{Name: "Branch", Of: identity.OfPeople}
	for name, c := range map[string]struct {
		before, after any
		want          map[string]string
	}{
		"off":     {on, off, map[string]string{"remote_help:old": "true", "remote_help:new": "false", "session_days:old": "30", "session_days:new": "0", "chat_days:old": "0", "chat_days:new": "7"}},
		"same":    {on, on, map[string]string{}},
		"made":    {nil, group, map[string]string{"name:new": `"Branch"`, "of:new": `"people"`}},
		"deleted": {group, nil, map[string]string{"name:old": `"Branch"`, "of:old": `"people"`}},
	} {
		if got := changes(c.before, c.after); !maps.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
