package store

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// OpenReadOnly connects to look: nothing is made, migrated or written, and what
// writes fails. The schema may be another than this program's: ask Schema first.
func OpenReadOnly(ctx context.Context, o Options) (*Store, error) {
	k, err := deriveKeys(o.MasterKey)
	if err != nil {
		return nil, err
	}
	d, err := dialectOf(o.DSN)
	if err != nil {
		return nil, err
	}
	db, err := d.look(o.DSN)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	s := &Store{dialect: d, keys: k, now: o.Now, writer: db, reader: db}
	if s.now == nil {
		s.now = time.Now
	}
	if err := d.check(ctx, db); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("check store: %w", err)
	}
	return s, nil
}

// Schema tells which version of the schema was found, and which this program has;
// found is 0 while nothing was ever kept there.
func (s *Store) Schema(ctx context.Context) (found, newest int64, err error) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return 0, 0, err
	}
	for _, f := range files {
		number, _, _ := strings.Cut(strings.TrimPrefix(f, "migrations/"), "_")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return 0, 0, fmt.Errorf("migration %s: %w", f, err)
		}
		newest = max(newest, n)
	}
	err = s.reader.QueryRowContext(ctx, `SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied`).Scan(&found)
	if err != nil && s.dialect.noTable(err) {
		err = nil
	}
	return found, newest, err
}

// lookSQLite opens a file that exists. Without a write-ahead log beside it nobody
// has it open, and it is read as it is: else SQLite would make one.
func lookSQLite(dsn string) (*sql.DB, error) {
	path := strings.TrimPrefix(dsn, sqlitePrefix)
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	q := url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(5000)", "query_only(ON)"}}
	if _, err := os.Stat(path + "-wal"); err != nil {
		q.Set("immutable", "1")
	}
	return openSQLiteFile("file:" + path + "?" + q.Encode()), nil
}

func lookPostgres(dsn string) (*sql.DB, error) {
	c, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	c.RuntimeParams["default_transaction_read_only"] = "on"
	return sql.OpenDB(pgConnector{stdlib.GetConnector(*c)}), nil
}

func sqliteNoTable(err error) bool { return strings.Contains(err.Error(), "no such table") }

func pgNoTable(err error) bool { return pgCode(err) == "42P01" } // undefined_table
