package api

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"tasuke/internal/admin"
	"tasuke/internal/httpx"
)

// ListInput is how every list is asked for a page.
type ListInput struct {
	Search string `query:"search" maxLength:"120" doc:"Part of what the list is searched by, in any case and script"`
	Order  string `query:"order" enum:"asc,desc" doc:"Absent: names from the first, times from the newest"`
	Cursor string `query:"cursor" maxLength:"500" doc:"next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

// list is the page asked for; usual is the order when none was named.
func (in ListInput) list(sort, usual string) admin.List {
	if in.Order == "" {
		in.Order = usual
	}
	return admin.List{Search: in.Search, Sort: sort, Descending: in.Order == descending, Cursor: in.Cursor, Limit: in.Limit}
}

// The orders of a list.
const (
	ascending  = "asc"
	descending = "desc"
)

// row is one line of a file: cells for CSV, a value for JSON.
type row struct {
	cells []string
	value any
}

// download writes rows as they come, so that a file of any length needs little
// memory. What fails before the first row is an ordinary refusal; what fails
// later breaks the connection off, so that nobody takes half a file for a whole.
type download struct {
	w       io.Writer
	csv     *csv.Writer
	json    *json.Encoder
	begin   func()
	started bool
}

// formats of files.
const (
	formatCSV  = "csv"
	formatJSON = "jsonl"
)

// stream answers with a file that produce writes row by row.
func (a *API) stream(name, format string, header []string, produce func(write func(row) error) error) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		r, w := humago.Unwrap(ctx)
		d := &download{w: w}
		d.begin = func() {
			w.Header().Set("Content-Type", map[string]string{formatCSV: "text/csv; charset=utf-8", formatJSON: "application/jsonl"}[format])
			w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name+"."+format))
			w.Header().Set("Cache-Control", "no-store")
			_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(exportWithin)) // kept where it cannot be set
			if format == formatCSV {
				d.csv = csv.NewWriter(w)
				d.csv.UseCRLF = true
				_ = d.csv.Write(header) // Flush tells of what fails
			} else {
				d.json = json.NewEncoder(w)
			}
		}
		err := d.finish(produce(d.write))
		if err == nil {
			return
		}
		httpx.LogFault(a.Log, r, err)
		if d.started {
			panic(http.ErrAbortHandler)
		}
		httpx.WriteProblem(w, err)
	}}
}

// exportWithin bounds how long one file may take.
const exportWithin = 10 * time.Minute

func (d *download) write(r row) error {
	d.start()
	if d.csv == nil {
		return d.json.Encode(r.value)
	}
	for i := range r.cells {
		r.cells[i] = cell(r.cells[i])
	}
	return d.csv.Write(r.cells)
}

func (d *download) start() {
	if !d.started {
		d.started = true
		d.begin()
	}
}

func (d *download) finish(err error) error {
	if err != nil {
		return err
	}
	d.start()
	if d.csv == nil {
		return nil
	}
	d.csv.Flush()
	return d.csv.Error()
}

// cell keeps a spreadsheet from taking text for a formula (ASVS 5.0, 1.2.10).
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}

// when writes a time into a cell.
func when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// jsonOf writes a value into a cell.
func jsonOf(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "" // texts cannot fail
	}
	return string(b)
}
