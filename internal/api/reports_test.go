package api

import (
	"strings"
	"testing"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/wire"
)

func TestCSVHoldsNoFormula(t *testing.T) {
	for _, bad := range []string{"=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "\rx"} {
		b, err := csvOf([]wire.SessionReport{{Helper: bad, Sharer: "山田, \"健二\""}})
		if err != nil {
			t.Fatal(err)
		}
		_, row, _ := strings.Cut(string(b), "\r\n")
		if cells := strings.Split(row, ","); !strings.HasPrefix(strings.Trim(cells[1], `"`), "'") {
			t.Errorf("%q became %q", bad, cells[1])
		}
		if !strings.Contains(row, `"山田, ""健二"""`) {
			t.Errorf("a comma or quotes were not escaped: %s", row)
		}
	}
}

func TestCursor(t *testing.T) {
	want := admin.Cursor{EndedAt: time.UnixMilli(1795338000123), Session: "01a2055d"}
	got, err := parseCursor(formatCursor(want))
	if err != nil || !got.EndedAt.Equal(want.EndedAt) || got.Session != want.Session {
		t.Errorf("%+v, %v", got, err)
	}
	for _, bad := range []string{"x", "!!", "eA", "MTIz"} {
		if _, err := parseCursor(bad); err == nil {
			t.Errorf("accepted %q", bad)
		}
	}
}

func FuzzCursor(f *testing.F) {
	f.Add("MTc5NTMzODAwMDEyMyAwMWEyMDU1ZA")
	f.Fuzz(func(t *testing.T, in string) {
		c, err := parseCursor(in)
		if err != nil || in == "" {
			return
		}
		again, err := parseCursor(formatCursor(c))
		if err != nil || again.Session != c.Session || !again.EndedAt.Equal(c.EndedAt) {
			t.Errorf("%q: %+v became %+v (%v)", in, c, again, err)
		}
	})
}
