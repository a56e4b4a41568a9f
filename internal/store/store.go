// Package store keeps everything that must survive: organisations, people,
// sign-ins, help sessions, chat, reports and the audit chain. One SQL text runs
// on SQLite (one file, WAL, synchronous=FULL) and on PostgreSQL; the few
// differences live in one dialect value. It decides nothing: a change is a
// function handed in by a use case, applied in one transaction.
//
// Rules for the SQL: $1 parameters, TEXT ids, BIGINT Unix milliseconds, BOOLEAN,
// BYTEA, JSON as TEXT, ON CONFLICT and RETURNING; nothing that one engine lacks.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"time"

	"github.com/pressly/goose/v3"

	"tasuke/internal/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Store is safe for concurrent use.
type Store struct {
	dialect dialect
	writer  *sql.DB // SQLite: exactly one connection; PostgreSQL: the pool
	reader  *sql.DB // SQLite: several connections; PostgreSQL: the same pool
	keys    keys
	now     func() time.Time
	configs configs
}

// Options says where the data is.
type Options struct {
	// DSN is "sqlite:PATH" or a "postgres://" address. Required.
	DSN string
	// MasterKey is at least 32 random bytes kept outside the database; codes,
	// pseudonyms and chat keys are protected under keys derived from it. Required.
	MasterKey []byte
	// Now is the clock; nil: time.Now.
	Now func() time.Time
}

// Open connects, checks the engine and migrates the schema to the newest version.
func Open(ctx context.Context, o Options) (*Store, error) {
	k, err := deriveKeys(o.MasterKey)
	if err != nil {
		return nil, err
	}
	d, err := dialectOf(o.DSN)
	if err != nil {
		return nil, err
	}
	s := &Store{dialect: d, keys: k, now: o.Now}
	if s.now == nil {
		s.now = time.Now
	}
	if s.writer, s.reader, err = d.open(o.DSN); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) prepare(ctx context.Context) error {
	if err := s.dialect.check(ctx, s.writer); err != nil {
		return fmt.Errorf("check store: %w", err)
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(s.dialect.goose, s.writer, files, goose.WithSlog(slog.New(slog.DiscardHandler)))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate store: %w", err)
	}
	return s.fillSearch(ctx)
}

// Close waits for running statements and closes the connections.
func (s *Store) Close() error {
	if s.reader == s.writer {
		return s.writer.Close()
	}
	return errors.Join(s.reader.Close(), s.writer.Close())
}

// Ping reports whether the database answers within the deadline of ctx.
func (s *Store) Ping(ctx context.Context) error {
	var one int
	return s.reader.QueryRowContext(ctx, "SELECT 1").Scan(&one)
}

// querier is what *sql.DB and *sql.Tx share.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// write runs fn in one transaction and tries again a few times when the engine
// reports that it could not serialise it.
func (s *Store) write(ctx context.Context, fn func(tx *sql.Tx) error) error {
	const tries = 5
	var err error
	for range tries {
		if err = s.once(ctx, fn); !s.dialect.retryable(err) {
			return err
		}
	}
	return fault.ErrUnavailable.WithCause(err)
}

func (s *Store) once(ctx context.Context, fn func(tx *sql.Tx) error) error {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if err := fn(tx); err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	return tx.Commit()
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// collect reads all rows through scan.
func collect[T any](rows *sql.Rows, err error, scan func(scanner) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// scanner is what *sql.Row and *sql.Rows share.
type scanner interface{ Scan(dest ...any) error }

// notFound turns "no rows" into fault.ErrNotFound.
func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.ErrNotFound
	}
	return err
}

// ms is the database's time: Unix milliseconds, zero for the zero time.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// fromMS reverses ms, in UTC.
func fromMS(v int64) time.Time {
	if v == 0 {
		return time.Time{}
	}
	return time.UnixMilli(v).UTC()
}

// joinList and splitList keep short lists of words without spaces in one column.
func joinList(words []string) string { return strings.Join(words, " ") }
func splitList(s string) []string    { return strings.Fields(s) }

// moment scans Unix milliseconds into a time.
type moment struct{ t *time.Time }

// Scan implements sql.Scanner.
func (m moment) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("%T is not a time", v)
	}
	*m.t = fromMS(n)
	return nil
}

func ignoreNotFound(err error) error {
	if errors.Is(err, fault.ErrNotFound) {
		return nil
	}
	return err
}
