package inventory

import (
	"testing"
	"time"

	"tasuke/internal/device"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func TestAFileIsReadLineByLine(t *testing.T) {
	file := "\xef\xbb\xbfexternal_id,name,Owner,platform,disk_encryption,os_version,reported_at\r\n" +
		"a1,\"Laptop, red\",sara@acme.example,Windows,TRUE,10.0.1,2026-11-23T08:00:00+09:00\r\n" +
		",no id,,,,,\r\n" +
		"a2,two,,,,,yesterday\r\n" +
		"a3,too,few\r\n" +
		"a4,'=cmd(),,linux,,,\r\n"
	all, bad, err := ReadCSV([]byte(file), noon)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 2 || all[0].Line != 2 || all[0].Name != "Laptop, red" || len(all[0].Facts) != 2 || all[1].Name != "=cmd()" || all[1].ExternalID != "a4" {
		t.Errorf("read %+v", all)
	}
	want := time.Date(2026, 11, 22, 23, 0, 0, 0, time.UTC)
	if f := all[0].Facts[0]; f.Value != "10.0.1" && f.Value != "true" || !f.At.Equal(want) || f.Source != device.FromImport {
		t.Errorf("fact %+v", f)
	}
	if len(bad) != 3 || bad[0] != (RowError{3, "device_invalid", "external_id"}) || bad[1].Line != 4 || bad[1].Code != "csv_time_invalid" || bad[2].Line != 5 || bad[2].Code != "csv_line_invalid" {
		t.Errorf("errors %+v", bad)
	}
}

func TestAHeadMustNameKnownColumns(t *testing.T) {
	for _, head := range []string{"", "name\n", "external_id,password\n", "external_id,external_id\n", "\"external_id\n"} {
		if _, _, err := ReadCSV([]byte(head), noon); err == nil {
			t.Errorf("%q is accepted", head)
		}
	}
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("external_id,name\na,b\n"))
	f.Add([]byte("external_id,reported_at,firewall\n\"a\n\",x,true\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		all, bad, err := ReadCSV(file, noon)
		if err != nil && (all != nil || bad != nil) {
			t.Error("a file that was refused was read")
		}
		for _, d := range all {
			if d.ExternalID == "" || d.Line < 2 {
				t.Errorf("read %+v", d)
			}
		}
	})
}
