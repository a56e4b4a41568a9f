package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"

	"tasuke/internal/fault"
)

// checkText refuses text which PostgreSQL cannot hold, on both engines: what somebody
// put into an address or a body is their mistake and none of ours.
func checkText(v *driver.NamedValue) error {
	if text, ok := v.Value.(string); ok && (strings.ContainsRune(text, 0) || !utf8.ValidString(text)) {
		return fault.ErrText
	}
	return nil
}

// pgConnector gives connections that check text.
type pgConnector struct{ driver.Connector }

// Connect implements driver.Connector.
func (c pgConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if plain, ok := conn.(*stdlib.Conn); ok && err == nil {
		return pgConn{plain}, nil
	}
	return conn, err
}

type pgConn struct{ *stdlib.Conn }

// CheckNamedValue implements driver.NamedValueChecker.
func (c pgConn) CheckNamedValue(v *driver.NamedValue) error {
	if err := checkText(v); err != nil {
		return err
	}
	return c.Conn.CheckNamedValue(v)
}

// openSQLiteFile gives connections that check text.
func openSQLiteFile(address string) *sql.DB { return sql.OpenDB(sqliteConnector(address)) }

type sqliteConnector string

// Driver implements driver.Connector.
func (c sqliteConnector) Driver() driver.Driver { return &sqlite.Driver{} }

// Connect implements driver.Connector.
func (c sqliteConnector) Connect(context.Context) (driver.Conn, error) {
	conn, err := c.Driver().Open(string(c))
	if plain, ok := conn.(plainConn); ok && err == nil {
		return sqliteConn{plain}, nil
	}
	return conn, err
}

// plainConn is what the driver's own connections can do, and must still when wrapped.
type plainConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.SessionResetter
	driver.Validator
}

type sqliteConn struct{ plainConn }

// CheckNamedValue implements driver.NamedValueChecker.
func (sqliteConn) CheckNamedValue(v *driver.NamedValue) error {
	if err := checkText(v); err != nil {
		return err
	}
	return driver.ErrSkip // the usual conversions
}
