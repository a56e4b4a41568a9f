package wire

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"tasuke/internal/assist"
	"tasuke/internal/identity"
)

// TestEnumerationsFollowTheDomain: the words in the tags are the domain's.
func TestEnumerationsFollowTheDomain(t *testing.T) {
	connections := stringsOf(assist.Connections())
	for _, f := range []struct {
		of    reflect.Type
		field string
		want  []string
	}{
		{reflect.TypeFor[Snapshot](), "State", stringsOf(assist.States())},
		{reflect.TypeFor[Snapshot](), "Reason", append([]string{""}, stringsOf(assist.Reasons())...)},
		{reflect.TypeFor[Connection](), "Kind", connections},
		{reflect.TypeFor[Domain](), "State", stringsOf(identity.DomainStates())},
		{reflect.TypeFor[Domain](), "Problem", append([]string{""}, stringsOf(identity.DomainProblems())...)},
		{reflect.TypeFor[SessionReport](), "Connection", append([]string{""}, connections...)},
	} {
		field, _ := f.of.FieldByName(f.field)
		if got := strings.Split(field.Tag.Get("enum"), ","); !slices.Equal(got, f.want) {
			t.Errorf("%s of %s is one of %q, want %q", f.field, f.of, got, f.want)
		}
	}
}
