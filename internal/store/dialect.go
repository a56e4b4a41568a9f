package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"tasuke/internal/fault"
)

// dialect is everything that differs between the engines.
type dialect struct {
	goose     goose.Dialect
	open      func(dsn string) (writer, reader *sql.DB, err error)
	look      func(dsn string) (*sql.DB, error) // can only read, and makes nothing
	check     func(ctx context.Context, db *sql.DB) error
	retryable func(err error) bool // serialisation failure: the transaction may be tried again
	duplicate func(err error) bool // unique constraint
	noTable   func(err error) bool
	tidy      func(ctx context.Context, db *sql.DB) error // let nothing deleted linger in a log of the engine's
	position  string                                      // function that tells where a text holds another; it takes % and _ as they are, unlike LIKE
}

const sqlitePrefix = "sqlite:"

// ErrDSN refuses a database address of neither engine.
var ErrDSN = fault.New(fault.Invalid, "bad_database_address", "The database address is neither sqlite:PATH nor postgres://….", "Correct the setting database.")

func dialectOf(dsn string) (dialect, error) {
	switch {
	case strings.HasPrefix(dsn, sqlitePrefix) && len(dsn) > len(sqlitePrefix):
		return dialect{goose.DialectSQLite3, openSQLite, lookSQLite, checkSQLite, sqliteBusy, sqliteDuplicate, sqliteNoTable, emptyWAL, "INSTR"}, nil
	case strings.HasPrefix(dsn, "postgres://"), strings.HasPrefix(dsn, "postgresql://"):
		return dialect{goose.DialectPostgres, openPostgres, lookPostgres, checkPostgres, pgRetryable, pgDuplicate, pgNoTable, func(context.Context, *sql.DB) error { return nil }, "STRPOS"}, nil
	default:
		return dialect{}, ErrDSN
	}
}

// openSQLite opens one writing and several reading connections. FULL makes a
// commit survive power loss; immediate transactions never deadlock on upgrade;
// secure_delete overwrites what is erased.
func openSQLite(dsn string) (writer, reader *sql.DB, err error) {
	// SQLite would let everybody on the machine read it; what it puts beside it gets the same mode.
	const onlyOwner = 0o600
	f, err := os.OpenFile(strings.TrimPrefix(dsn, sqlitePrefix), os.O_CREATE|os.O_RDWR, onlyOwner)
	if err != nil {
		return nil, nil, err
	}
	if err := f.Close(); err != nil {
		return nil, nil, err
	}
	q := url.Values{"_pragma": {"journal_mode(WAL)", "synchronous(FULL)", "busy_timeout(5000)", "foreign_keys(ON)", "secure_delete(ON)", "journal_size_limit(67108864)"}}
	q.Set("_txlock", "immediate")
	address := "file:" + strings.TrimPrefix(dsn, sqlitePrefix) + "?" + q.Encode()
	writer = openSQLiteFile(address)
	writer.SetMaxOpenConns(1)
	q.Del("_txlock")
	q.Add("_pragma", "query_only(ON)")
	address = "file:" + strings.TrimPrefix(dsn, sqlitePrefix) + "?" + q.Encode()
	reader = openSQLiteFile(address)
	reader.SetMaxOpenConns(4)
	return writer, reader, nil
}

// checkSQLite refuses versions with the WAL-reset corruption bug (3.7.0–3.51.2)
// and a damaged file.
func checkSQLite(ctx context.Context, db *sql.DB) error {
	var version, ok string
	if err := db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		return err
	}
	var major, minor, patch int
	if _, err := fmt.Sscanf(version, "%d.%d.%d", &major, &minor, &patch); err != nil {
		return fmt.Errorf("SQLite version %q: %w", version, err)
	}
	if major*1e6+minor*1e3+patch < 3051003 {
		return fmt.Errorf("SQLite %s has the WAL-reset bug: 3.51.3 or newer is needed", version)
	}
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&ok); err != nil {
		return err
	}
	if ok != "ok" {
		return fmt.Errorf("the database file is damaged (%s): restore it from a backup", ok)
	}
	return nil
}

// emptyWAL moves the write-ahead log into the file and truncates it. When a
// reader is in the way, the next time does it.
func emptyWAL(ctx context.Context, db *sql.DB) error {
	var busy, log, moved int
	return db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &log, &moved)
}

func openPostgres(dsn string) (writer, reader *sql.DB, err error) {
	c, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, nil, err
	}
	db := sql.OpenDB(pgConnector{stdlib.GetConnector(*c)})
	db.SetMaxOpenConns(16)
	return db, db, nil
}

func checkPostgres(ctx context.Context, db *sql.DB) error { return db.PingContext(ctx) }

func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

func sqliteBusy(err error) bool { return sqliteCode(err)&0xff == sqlite3.SQLITE_BUSY }

func sqliteDuplicate(err error) bool {
	c := sqliteCode(err)
	return c == sqlite3.SQLITE_CONSTRAINT_UNIQUE || c == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
}

func pgCode(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// PostgreSQL error codes, appendix A of its manual.
func pgRetryable(err error) bool {
	c := pgCode(err)
	return c == "40001" || c == "40P01" // serialization_failure, deadlock_detected
}

func pgDuplicate(err error) bool { return pgCode(err) == "23505" } // unique_violation
