package wire

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"tasuke/internal/assist"
)

// TestEnumerationsFollowTheDomain: the words in the tags are the domain's.
func TestEnumerationsFollowTheDomain(t *testing.T) {
	for field, want := range map[string][]string{
		"State":  stringsOf(assist.States()),
		"Reason": append([]string{""}, stringsOf(assist.Reasons())...),
	} {
		f, _ := reflect.TypeFor[Snapshot]().FieldByName(field)
		if got := strings.Split(f.Tag.Get("enum"), ","); !slices.Equal(got, want) {
			t.Errorf("%s is one of %q, want %q", field, got, want)
		}
	}
}
