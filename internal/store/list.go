package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"

	"tasuke/internal/admin"
)

// filter collects conditions. Fragments are constants of this package in which ?
// stands for an argument: text that somebody typed is never part of the SQL.
type filter struct {
	sql  strings.Builder
	args []any
}

// where begins a filter with its first condition.
func where(fragment string, args ...any) *filter {
	f := &filter{}
	f.add(fragment, args)
	return f
}

// and adds a condition.
func (f *filter) and(fragment string, args ...any) *filter {
	f.sql.WriteString(" AND ")
	f.add(fragment, args)
	return f
}

// when adds a condition if one is asked for.
func (f *filter) when(asked bool, fragment string, args ...any) *filter {
	if asked {
		f.and(fragment, args...)
	}
	return f
}

func (f *filter) add(fragment string, args []any) {
	for i, part := range strings.Split(fragment, "?") {
		if i > 0 {
			f.args = append(f.args, args[i-1])
			f.sql.WriteString("$" + strconv.Itoa(len(f.args)))
		}
		f.sql.WriteString(part)
	}
}

// marks gives as many question marks as there are words, and the words as
// arguments; for no words a list that nothing is in.
func marks[T ~string](words []T) (fragment string, args []any) {
	if len(words) == 0 {
		return "NULL", nil
	}
	for _, w := range words {
		args = append(args, string(w))
	}
	return strings.TrimSuffix(strings.Repeat("?, ", len(words)), ", "), args
}

// order is one way to sort a list: a constant expression that is never NULL.
type order struct {
	name       string
	expression string
	number     bool // int64, else text
}

// listing is a list that can be searched, sorted and paged by key.
type listing[T any] struct {
	table   string // FROM, with its joins
	narrow  string // what conditions and orders look at alone, if not all of table: an index chooses there what is read in full
	columns string
	id      string  // unique, text
	orders  []order // the first is the usual one
	fields  func(*T) []any
	done    func(*T) error // after the fields were read; nil: nothing
}

// spot is where a page ended.
type spot struct {
	Sort string `json:"s"`
	Down bool   `json:"d"`
	Text string `json:"t,omitempty"`
	Num  int64  `json:"n,omitempty"`
	ID   string `json:"i"`
}

func (p spot) cursor() (string, error) {
	b, err := json.Marshal(p)
	return base64.RawURLEncoding.EncodeToString(b), err
}

func (l *listing[T]) orderOf(name string) (order, error) {
	for _, o := range l.orders {
		if name == "" || o.name == name {
			return o, nil
		}
	}
	return order{}, admin.ErrSort
}

// after adds the condition that a row comes after the cursor's place.
func (l *listing[T]) after(f *filter, q admin.List, o order) error {
	if q.Cursor == "" {
		return nil
	}
	var p spot
	b, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	if err != nil || json.Unmarshal(b, &p) != nil || p.Sort != o.name || p.Down != q.Descending {
		return admin.ErrCursor
	}
	key := any(p.Text)
	if o.number {
		key = p.Num
	}
	comparison := " > (?, ?)"
	if q.Descending {
		comparison = " < (?, ?)"
	}
	f.and("("+o.expression+", "+l.id+")"+comparison, key, p.ID)
	return nil
}

// query is what reads up to limit rows.
func (l *listing[T]) query(f *filter, q admin.List, limit int) (text string, args []any, err error) {
	o, err := l.orderOf(q.Sort)
	if err != nil {
		return "", nil, err
	}
	if err := l.after(f, q, o); err != nil {
		return "", nil, err
	}
	way := ""
	if q.Descending {
		way = " DESC"
	}
	args = append(f.args, limit)
	sorted := " ORDER BY " + o.expression + way + ", " + l.id + way
	chosen := f.sql.String() + sorted + " LIMIT $" + strconv.Itoa(len(args))
	if l.narrow != "" {
		chosen = l.id + " IN (SELECT " + l.id + " FROM " + l.narrow + " WHERE " + chosen + ")" + sorted
	}
	return "SELECT " + l.columns + ", " + o.expression + ", " + l.id + " FROM " + l.table + " WHERE " + chosen, args, nil
}

func (l *listing[T]) rows(ctx context.Context, db querier, f *filter, q admin.List, limit int) (*sql.Rows, error) {
	text, args, err := l.query(f, q, limit)
	if err != nil {
		return nil, err
	}
	return db.QueryContext(ctx, text, args...)
}

// scan reads one row and where it stands.
func (l *listing[T]) scan(r scanner, o order) (v T, p spot, err error) {
	p.Sort = o.name
	key := any(&p.Text)
	if o.number {
		key = &p.Num
	}
	err = r.Scan(append(l.fields(&v), key, &p.ID)...)
	if err == nil && l.done != nil {
		err = l.done(&v)
	}
	return v, p, err
}

// page gives one page.
func (l *listing[T]) page(ctx context.Context, db querier, f *filter, q admin.List) (admin.Page[T], error) {
	out := admin.Page[T]{}
	o, err := l.orderOf(q.Sort)
	if err != nil {
		return out, err
	}
	var last spot
	rows, err := l.rows(ctx, db, f, q, q.Limit+1) // one more tells whether there is a next page
	all, err := collect(rows, err, func(r scanner) (T, error) {
		v, p, err := l.scan(r, o)
		if len(out.Items) < q.Limit {
			out.Items, last = append(out.Items, v), p
		}
		return v, err
	})
	if err != nil || len(all) <= q.Limit {
		return out, err
	}
	last.Down = q.Descending
	out.Next, err = last.cursor()
	return out, err
}

// eachPage is how many rows are read at a time for a file: no connection is held
// while somebody downloads slowly.
const eachPage = 1000

// each hands every row to fn, page by page, until fn fails. filter makes the
// list's conditions anew for each page.
func (l *listing[T]) each(ctx context.Context, db querier, filter func() (*filter, error), q admin.List, fn func(T) error) error {
	q.Limit = eachPage
	for {
		f, err := filter()
		if err != nil {
			return err
		}
		page, err := l.page(ctx, db, f, q)
		if err != nil {
			return err
		}
		for _, v := range page.Items {
			if err := fn(v); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		q.Cursor = page.Next
	}
}

// folded is what a search compares.
func folded(words ...string) string { return plain(strings.Join(words, "\n")) + "\n" }

// likeEscaper makes LIKE take what was typed literally.
var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// beginning is the pattern of LIKE for what begins so.
func beginning(with string) string { return likeEscaper.Replace(strings.ToLower(with)) + "%" }
