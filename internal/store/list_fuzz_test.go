package store

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"tasuke/internal/admin"
)

// FuzzCursor: whatever comes as a cursor is refused, or becomes arguments of the
// query and never part of it.
func FuzzCursor(f *testing.F) {
	for _, p := range []spot{{Sort: "name", Text: "a", ID: "1"}, {Sort: "created", Num: 7, ID: "2"}, {Sort: "name'; --", Text: "x", ID: ") OR 1=1"}} {
		c, err := p.cursor()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(c, false)
	}
	f.Add(base64.RawURLEncoding.EncodeToString([]byte(`{"s":"name","t":1}`)), false)
	f.Add("%%%", true)
	f.Fuzz(func(t *testing.T, cursor string, down bool) {
		l := peopleListing()
		for _, o := range l.orders {
			filter := where(`p.org = ?`, "acme")
			err := l.after(filter, admin.List{Cursor: cursor, Descending: down}, o)
			want := `p.org = $1`
			if err == nil && cursor != "" {
				want += ` AND (` + o.expression + `, p.id) ` + map[bool]string{true: "<", false: ">"}[down] + ` ($2, $3)`
			}
			if err != nil && !errors.Is(err, admin.ErrCursor) || filter.sql.String() != want || len(filter.args) != strings.Count(want, "$") {
				t.Fatalf("%q: %v, %s", cursor, err, filter.sql.String())
			}
		}
	})
}
