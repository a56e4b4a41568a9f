package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"testing"
	"time"
)

// tamper is one way to falsify the log. It returns false when it changed nothing.
type tamper func(ctx context.Context, tx *sql.Tx, r *rand.Rand) (bool, error)

func run(statement string, args ...any) tamper {
	return func(ctx context.Context, tx *sql.Tx, _ *rand.Rand) (bool, error) {
		res, err := tx.ExecContext(ctx, statement, args...)
		if err != nil {
			return false, err
		}
		n, err := res.RowsAffected()
		return n > 0, err
	}
}

// flip changes one byte of one member of one line.
func flip(ctx context.Context, tx *sql.Tx, r *rand.Rand) (bool, error) {
	columns := []string{"at", "actor", "action", "object", "person", "details", "hash"}
	column, number := columns[r.IntN(len(columns))], 1+r.IntN(10)
	if column == "at" {
		return run(`UPDATE audit SET at = at + $1 WHERE number = $2`, 1+r.IntN(1000), number)(ctx, tx, r)
	}
	var b []byte
	if err := tx.QueryRowContext(ctx, `SELECT CAST(`+column+` AS BLOB) FROM audit WHERE number = $1`, number).Scan(&b); err != nil {
		return false, err
	}
	if len(b) == 0 {
		b = []byte{' '}
	} else {
		b[r.IntN(len(b))] ^= byte(1 << r.IntN(7))
	}
	cast := `CAST($1 AS TEXT)`
	if column == "hash" {
		cast = `$1`
	}
	return run(`UPDATE audit SET `+column+` = `+cast+` WHERE number = $2`, b, number)(ctx, tx, r)
}

// swap changes the order of two lines.
func swap(ctx context.Context, tx *sql.Tx, r *rand.Rand) (bool, error) {
	i := 1 + r.IntN(9)
	if _, err := tx.ExecContext(ctx, `UPDATE audit SET number = -number WHERE number IN ($1, $2)`, i, i+1); err != nil {
		return false, err
	}
	return run(`UPDATE audit SET number = CASE number WHEN -$1 THEN $2 ELSE $1 END WHERE number < 0`, i, i+1)(ctx, tx, r)
}

// rewrite falsifies a line up to the checkpoint and makes the chain whole again,
// as who holds the database can.
func rewrite(ctx context.Context, tx *sql.Tx, r *rand.Rand) (bool, error) {
	number := 1 + r.IntN(8)
	if _, err := tx.ExecContext(ctx, `UPDATE audit SET action = 'session.nothing' WHERE number = $1`, number); err != nil {
		return false, err
	}
	return true, rechain(ctx, tx)
}

// cut removes the newest lines, one that the checkpoint names among them, and
// moves the head.
func cut(ctx context.Context, tx *sql.Tx, r *rand.Rand) (bool, error) {
	if _, err := tx.ExecContext(ctx, `DELETE FROM audit WHERE number > $1`, 1+r.IntN(7)); err != nil {
		return false, err
	}
	return true, rechain(ctx, tx)
}

// retireFalsely says of all lines that their retention is over.
func retireFalsely(ctx context.Context, tx *sql.Tx, _ *rand.Rand) (bool, error) {
	if _, err := tx.ExecContext(ctx, `UPDATE audit_head SET retired_number = 9, retired_hash = (SELECT hash FROM audit WHERE number = 9)`); err != nil {
		return false, err
	}
	return run(`DELETE FROM audit WHERE number <= 9`)(ctx, tx, nil)
}

// rechain computes every hash and the head anew.
func rechain(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `SELECT number, at, actor, action, object, person, details FROM audit ORDER BY number`)
	lines, err := collect(rows, err, func(r scanner) (l auditLine, err error) {
		var details string
		err = r.Scan(&l.Number, &l.At, &l.Actor, &l.Action, &l.Object, &l.Person, &details)
		l.Org, l.Details = "acme", map[string]string{}
		return l, errors.Join(err, jsonInto(details, &l.Details))
	})
	if err != nil {
		return err
	}
	before, last := []byte{}, int64(0)
	for _, l := range lines {
		if before, err = l.hash(before); err != nil {
			return err
		}
		last = l.Number
		if _, err := tx.ExecContext(ctx, `UPDATE audit SET hash = $1 WHERE number = $2`, before, l.Number); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `UPDATE audit_head SET number = $1, hash = $2`, last, before)
	return err
}

// TestEveryMutationIsFound: any change, removal, change of order, rewriting or
// cutting off before the last checkpoint is found (goal: 100 of 100).
func TestEveryMutationIsFound(t *testing.T) {
	const mutations = 10_000
	s, ctx := chained(t), context.Background()
	line8 := Checkpoint{Org: "acme", Number: 8}
	var millis int64
	if err := s.reader.QueryRow(`SELECT hash, at FROM audit WHERE number = 8`).Scan(&line8.Hash, &millis); err != nil {
		t.Fatal(err)
	}
	line8.At = fromMS(millis)
	signed, err := s.Sign(line8)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := s.OpenCheckpoint(signed)
	if err != nil || kept.Number != 8 || !kept.At.Equal(line8.At) {
		t.Fatalf("%+v, %v", kept, err)
	}
	now := line8.At.Add(time.Hour)
	check := func(tx *sql.Tx) error {
		_, err := verifyChain(ctx, tx, "acme")
		return errors.Join(err, compare(ctx, tx, kept, now))
	}
	ways := []tamper{
		flip, flip, flip, rewrite, cut, retireFalsely, run(`DELETE FROM audit WHERE number = 1 + abs(random() % 10)`),
		swap,
		run(`UPDATE audit_head SET number = number - 1`), run(`DELETE FROM audit_head`), run(`DELETE FROM audit`),
	}
	r, tried := rand.New(rand.NewPCG(1, 2)), 0
	for i := range mutations {
		tx, err := s.writer.BeginTx(ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		changed, err := ways[i%len(ways)](ctx, tx, r)
		if err != nil {
			t.Fatalf("way %d: %v", i%len(ways), err)
		}
		if changed {
			tried++
			if check(tx) == nil {
				t.Errorf("mutation %d (way %d) was not found", i, i%len(ways))
			}
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
	}
	if tried < mutations*9/10 {
		t.Errorf("only %d mutations changed something", tried)
	}
	if err := errors.Join(func() error { _, err := s.VerifyAudit(ctx, "acme"); return err }(), compare(ctx, s.reader, kept, now)); err != nil {
		t.Errorf("the whole chain: %v", err)
	}
}

func TestACheckpointIsSigned(t *testing.T) {
	s := chained(t)
	c, err := s.Head(context.Background(), "acme")
	if err != nil || c.Number != 10 || c.At.IsZero() {
		t.Fatalf("%+v, %v", c, err)
	}
	signed, err := s.Sign(c)
	if err != nil {
		t.Fatal(err)
	}
	for i := range signed {
		b := []byte(signed)
		b[i] ^= 1
		if got, err := s.OpenCheckpoint(string(b)); err == nil && (got.Number != c.Number || string(got.Hash) != string(c.Hash) || got.Org != c.Org) {
			t.Errorf("byte %d was changed and %+v believed", i, got)
		}
	}
}

func jsonInto(text string, v any) error { return json.Unmarshal([]byte(text), v) }
