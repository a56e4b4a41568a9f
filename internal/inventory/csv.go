package inventory

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// maxRows bounds one file.
const maxRows = 100_000

// Faults of files.
var (
	ErrCSVHead = fault.New(fault.Invalid, "csv_head_invalid", "The first line does not name the columns properly.", "Begin with external_id and use only the columns that the documentation lists.")
	ErrCSVLine = fault.New(fault.Invalid, "csv_line_invalid", "A line cannot be read.", "Every line needs as many fields as the first one; quote fields with commas.")
	ErrCSVTime = fault.New(fault.Invalid, "csv_time_invalid", "reported_at is not a time.", "Write it as 2026-11-24T09:30:00Z.")
	ErrTwice   = fault.New(fault.Invalid, "external_id_twice", "This device is described twice.", "Keep one of the lines.")
)

// Columns lists the columns that a file may have; external_id is needed.
func Columns() []string {
	out := []string{"external_id", "name", "owner", "platform", "ownership", "manufacturer", "model", "serial", "reported_at"}
	for _, f := range device.FactNames() {
		out = append(out, string(f))
	}
	return out
}

// ReadCSV reads descriptions from a file whose first line names the columns.
// Faults of single lines are told with their number; the others are read on.
func ReadCSV(file []byte, now time.Time) ([]Description, []RowError, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\xef\xbb\xbf"))))
	r.ReuseRecord = true
	head, err := readHead(r)
	if err != nil {
		return nil, nil, err
	}
	var out []Description
	var bad Described
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, bad.Errors, nil
		}
		if len(out) >= maxRows {
			return nil, nil, fault.ErrTooLarge
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			bad.Refuse(broken.StartLine, ErrCSVLine)
			if !errors.Is(err, csv.ErrFieldCount) {
				return out, bad.Errors, nil // quotes do not match: what follows means nothing
			}
			continue
		}
		line, _ := r.FieldPos(0)
		d, err := describe(head, record, now)
		if d.Line = line; err != nil {
			bad.Refuse(line, err)
			continue
		}
		out = append(out, d)
	}
}

func readHead(r *csv.Reader) ([]string, error) {
	record, err := r.Read()
	if err != nil {
		return nil, ErrCSVHead.WithCause(err)
	}
	head := slices.Clone(record)
	for i, c := range head {
		head[i] = strings.ToLower(strings.TrimSpace(c))
		if !slices.Contains(Columns(), head[i]) || slices.Contains(head[:i], head[i]) {
			return nil, ErrCSVHead.WithReasons(fault.Reason{Code: "column_unknown", Subject: identity.CleanText(c)})
		}
	}
	if !slices.Contains(head, "external_id") {
		return nil, ErrCSVHead.WithReasons(fault.Reason{Code: "column_missing", Subject: "external_id"})
	}
	return head, nil
}

// describe makes a description of one line. An apostrophe before a sign that a
// spreadsheet would take for a formula is taken off: exports put it there.
func describe(head, record []string, now time.Time) (d Description, err error) {
	at := now
	for i, column := range head {
		text := strings.TrimSpace(record[i])
		if len(text) > 1 && text[0] == '\'' && strings.ContainsRune("=+-@", rune(text[1])) {
			text = text[1:]
		}
		if text == "" {
			continue
		}
		switch column {
		case "external_id":
			d.ExternalID = text
		case "name":
			d.Name = text
		case "owner":
			d.Owner = text
		case "platform":
			d.Platform = identity.Platform(strings.ToLower(text))
		case "ownership":
			d.Ownership = device.Ownership(strings.ToLower(text))
		case "manufacturer":
			d.Manufacturer = text
		case "model":
			d.Model = text
		case "serial":
			d.Serial = text
		case "reported_at":
			if at, err = time.Parse(time.RFC3339, text); err != nil {
				return d, ErrCSVTime
			}
		default:
			d.Facts = append(d.Facts, device.Fact{Name: device.FactName(column), Value: strings.ToLower(text), Source: device.FromImport})
		}
	}
	for i := range d.Facts {
		d.Facts[i].At = at.UTC().Truncate(time.Millisecond)
	}
	if d.ExternalID == "" {
		return d, device.ErrDevice.WithReasons(fault.Reason{Code: "member_invalid", Subject: "external_id"})
	}
	return d, nil
}
