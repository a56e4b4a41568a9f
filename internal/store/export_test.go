package store

import (
	"context"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// Again goes back to an older version of the schema and forward to the newest.
func (s *Store) Again(ctx context.Context, version int64) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(s.dialect.goose, s.writer, files)
	if err != nil {
		return err
	}
	if _, err := p.DownTo(ctx, version); err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}
