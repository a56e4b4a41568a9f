package api

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"tasuke/internal/admin"
)

func TestCSVHoldsNoFormula(t *testing.T) {
	for _, bad := range []string{"=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"} {
		var b bytes.Buffer
		d := &download{w: &b}
		d.begin = func() { d.csv = csv.NewWriter(&b); d.csv.UseCRLF = true }
		d.start()
		r := admin.Report{HelperName: bad, SharerName: "山田, \"健二\""}
		if err := d.finish(d.write(row{reportCells(r), nil})); err != nil {
			t.Fatal(err)
		}
		if cells := strings.Split(b.String(), ","); !strings.HasPrefix(strings.Trim(cells[1], `"`), "'") {
			t.Errorf("%q became %q", bad, cells[1])
		}
		if !strings.Contains(b.String(), `"山田, ""健二"""`) {
			t.Errorf("a comma or quotes were not escaped: %s", b.String())
		}
	}
}
