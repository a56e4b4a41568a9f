package store

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"tasuke/internal/assist"
	"tasuke/internal/desk"
	"tasuke/internal/fault"
)

// aead is AES-256-GCM with a random 96-bit nonce in front of the ciphertext
// (NIST SP 800-38D section 8.2.2: fit for up to 2^32 messages under one key).
func aead(key []byte) (cipher.AEAD, error) {
	b, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(b)
}

// seal encrypts plain under key and binds it to what it belongs to.
func seal(key, plain []byte, to string) ([]byte, error) {
	a, err := aead(key)
	if err != nil {
		return nil, err
	}
	return a.Seal(nil, nil, plain, []byte(to)), nil
}

// unseal reverses seal.
func unseal(key, sealed []byte, to string) ([]byte, error) {
	a, err := aead(key)
	if err != nil {
		return nil, err
	}
	return a.Open(nil, nil, sealed, []byte(to))
}

// AppendLine implements desk.Thread.
func (s *Store) AppendLine(ctx context.Context, k desk.Key, l assist.Line, check func(sc *assist.Scene) (assist.Seat, error)) (assist.Line, error) {
	err := s.write(ctx, func(tx *sql.Tx) error {
		// The session's row is locked first, so that numbers have no gap and no
		// two lines the same, and no line comes after the end.
		res, err := tx.ExecContext(ctx, `UPDATE help_session SET due_at = due_at WHERE org = $1 AND id = $2`, string(k.Org), string(k.ID))
		if err := oneRow(res, err, fault.ErrNotFound); err != nil {
			return err
		}
		sc, _, err := s.loadScene(ctx, tx, k)
		if err != nil {
			return err
		}
		if l.Seat, err = check(&sc); err != nil {
			return err
		}
		key, err := s.makeChatKey(ctx, tx, k)
		if err != nil {
			return err
		}
		l, err = appendLine(ctx, tx, k, key, l)
		return err
	})
	return l, err
}

func appendLine(ctx context.Context, tx *sql.Tx, k desk.Key, key []byte, l assist.Line) (assist.Line, error) {
	kept, err := scanLine(key, tx.QueryRowContext(ctx, `SELECT `+lineColumns+` FROM chat_line WHERE session = $1 AND seat = $2 AND line_id = $3`, string(k.ID), string(l.Seat), l.ID))
	if !errors.Is(err, sql.ErrNoRows) {
		return kept, err
	}
	if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(number), 0) + 1 FROM chat_line WHERE session = $1`, string(k.ID)).Scan(&l.Number); err != nil {
		return l, err
	}
	sealed, err := seal(key, []byte(l.Text), l.ID)
	if err != nil {
		return l, fmt.Errorf("seal line: %w", err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO chat_line (session, number, seat, line_id, at, sealed) VALUES ($1, $2, $3, $4, $5, $6)`,
		string(k.ID), l.Number, string(l.Seat), l.ID, ms(l.At), sealed)
	return l, err
}

const lineColumns = `number, line_id, seat, at, sealed`

func scanLine(key []byte, r scanner) (l assist.Line, err error) {
	var at int64
	var sealed []byte
	if err := r.Scan(&l.Number, &l.ID, &l.Seat, &at, &sealed); err != nil {
		return l, err
	}
	text, err := unseal(key, sealed, l.ID)
	l.Text, l.At = string(text), fromMS(at)
	return l, err
}

// Lines implements desk.Thread.
func (s *Store) Lines(ctx context.Context, k desk.Key, after int64) ([]assist.Line, error) {
	key, err := s.chatKey(ctx, s.reader, k)
	if errors.Is(err, fault.ErrNotFound) {
		return nil, nil // nobody has said anything, or the thread is gone
	}
	if err != nil {
		return nil, err
	}
	rows, err := s.reader.QueryContext(ctx, `SELECT `+lineColumns+` FROM chat_line WHERE session = $1 AND number > $2 ORDER BY number`, string(k.ID), after)
	return collect(rows, err, func(r scanner) (assist.Line, error) { return scanLine(key, r) })
}

// chatKey gives the session's chat key.
func (s *Store) chatKey(ctx context.Context, q querier, k desk.Key) ([]byte, error) {
	var wrapped []byte
	row := q.QueryRowContext(ctx, `SELECT c.wrapped FROM chat_key c JOIN help_session h ON h.id = c.session WHERE h.org = $1 AND h.id = $2`, string(k.Org), string(k.ID))
	if err := row.Scan(&wrapped); err != nil {
		return nil, notFound(err)
	}
	return unseal(s.keys.wrap, wrapped, string(k.ID))
}

// makeChatKey gives the session's chat key and makes it with the first line.
func (s *Store) makeChatKey(ctx context.Context, tx *sql.Tx, k desk.Key) ([]byte, error) {
	key, err := s.chatKey(ctx, tx, k)
	if !errors.Is(err, fault.ErrNotFound) {
		return key, err
	}
	key = make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, err
	}
	wrapped, err := seal(s.keys.wrap, key, string(k.ID))
	if err != nil {
		return nil, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO chat_key (session, wrapped, keep_to) VALUES ($1, $2, 0)`, string(k.ID), wrapped)
	return key, err
}

// endChat destroys the thread of an ended session, key first, or dates its end
// when the organisation keeps chat.
func endChat(ctx context.Context, tx *sql.Tx, sc assist.Scene) error {
	id := string(sc.Session.ID)
	if days := sc.Org.Settings.ChatDays; days > 0 {
		_, err := tx.ExecContext(ctx, `UPDATE chat_key SET keep_to = $1 WHERE session = $2`, ms(sc.Session.EndedAt.Add(time.Duration(days)*24*time.Hour)), id)
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM chat_key WHERE session = $1`, id); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM chat_line WHERE session = $1`, id)
	return err
}
