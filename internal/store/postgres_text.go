package store

import (
	"context"
	"database/sql/driver"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/stdlib"

	"tasuke/internal/fault"
)

// pgConnector gives connections that refuse text which PostgreSQL cannot hold: what
// somebody put into an address or a body is their mistake and none of ours.
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
	if text, ok := v.Value.(string); ok && (strings.ContainsRune(text, 0) || !utf8.ValidString(text)) {
		return fault.ErrText
	}
	return c.Conn.CheckNamedValue(v)
}
