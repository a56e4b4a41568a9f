package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// auditLine is the canonical form of one line of the chain: its JSON, in this
// order of members and with sorted keys in details, is what the hash covers.
type auditLine struct {
	Org     string            `json:"org"`
	Number  int64             `json:"number"`
	At      int64             `json:"at"`
	Actor   string            `json:"actor"`
	Action  string            `json:"action"`
	Object  string            `json:"object"`
	Person  string            `json:"person"`
	Details map[string]string `json:"details"`
	// Left out when empty: lines from before there were tokens keep their hash.
	Token     string `json:"token,omitempty"`
	TokenName string `json:"token_name,omitempty"`
}

// chainLabel separates this use of SHA-256 from every other (RFC 6962 uses 0x00
// for leaves in the same way).
const chainLabel = "tasuke audit line v1\x00"

// hash chains the line to the one before.
func (l auditLine) hash(before []byte) ([]byte, error) {
	canonical, err := json.Marshal(l)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	h.Write([]byte(chainLabel))
	h.Write(before)
	h.Write(canonical)
	return h.Sum(nil), nil
}

// appendAudit adds lines to the chain of their organisation, in the caller's
// transaction: a change that cannot be recorded does not happen.
func appendAudit(ctx context.Context, tx *sql.Tx, now time.Time, entries ...identity.Entry) error {
	for _, e := range entries {
		if err := appendEntry(ctx, tx, now, e); err != nil {
			return fmt.Errorf("append audit line: %w", err)
		}
	}
	return nil
}

func appendEntry(ctx context.Context, tx *sql.Tx, now time.Time, e identity.Entry) error {
	l := auditLine{Org: string(e.Org), At: ms(now), Action: e.Action, Object: e.Object, Details: e.Details, Token: string(e.By.Token().ID), TokenName: e.By.Token().Name}
	if l.Details == nil {
		l.Details = map[string]string{}
	}
	var err error
	if l.Actor, err = pseudonymOf(ctx, tx, e.Org, e.By.Person()); err != nil {
		return err
	}
	if l.Person, err = pseudonymOf(ctx, tx, e.Org, e.Person); err != nil {
		return err
	}
	// The head's row is the lock that puts writers in one line.
	var before []byte
	row := tx.QueryRowContext(ctx, `INSERT INTO audit_head (org, number, hash) VALUES ($1, 1, $2)
		ON CONFLICT (org) DO UPDATE SET number = audit_head.number + 1 RETURNING number, hash`, l.Org, []byte{})
	if err := row.Scan(&l.Number, &before); err != nil {
		return err
	}
	hash, err := l.hash(before)
	if err != nil {
		return err
	}
	details, err := json.Marshal(l.Details)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO audit (org, number, at, actor, action, object, person, details, hash, token, token_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		l.Org, l.Number, l.At, l.Actor, l.Action, l.Object, l.Person, string(details), hash, l.Token, l.TokenName); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE audit_head SET hash = $1 WHERE org = $2`, hash, l.Org)
	return err
}

// pseudonymOf gives the random name under which the chain knows a person.
func pseudonymOf(ctx context.Context, tx *sql.Tx, org identity.OrgID, p identity.PersonID) (string, error) {
	if p == "" {
		return "", nil
	}
	random := make([]byte, 16)
	if _, err := rand.Read(random); err != nil {
		return "", err
	}
	var name string
	err := tx.QueryRowContext(ctx, `INSERT INTO pseudonym (org, person, pseudonym) VALUES ($1, $2, $3)
		ON CONFLICT (org, person) DO UPDATE SET pseudonym = pseudonym.pseudonym RETURNING pseudonym`, string(org), string(p), hex.EncodeToString(random)).Scan(&name)
	return name, err
}

// ErrAuditBroken says at which line the chain does not hold.
var ErrAuditBroken = fault.New(fault.Internal, "audit_chain_broken", "The audit log was altered.", "Compare it with a backup.")

// VerifyAudit walks the organisation's chain, from where its retention has left
// it, and returns the number of its lines, or ErrAuditBroken naming the first line
// that does not hold.
func (s *Store) VerifyAudit(ctx context.Context, org identity.OrgID) (int64, error) {
	return verifyChain(ctx, s.reader, org)
}

func verifyChain(ctx context.Context, q querier, org identity.OrgID) (int64, error) {
	var number, last int64
	var head, before []byte
	row := q.QueryRowContext(ctx, `SELECT number, hash, retired_number, retired_hash FROM audit_head WHERE org = $1`, string(org))
	if err := row.Scan(&number, &head, &last, &before); err != nil {
		return 0, notFound(err)
	}
	rows, err := q.QueryContext(ctx, `SELECT number, at, actor, action, object, person, details, hash, token, token_name FROM audit WHERE org = $1 AND number <= $2 ORDER BY number`, string(org), number)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	lines := int64(0)
	for ; rows.Next(); lines++ {
		if last, before, err = verifyLine(rows, org, last, before); err != nil {
			return 0, err
		}
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	if number != last || !bytes.Equal(head, before) {
		return 0, ErrAuditBroken.WithText("The audit log ends at line %d, but %d lines were written.", last, number)
	}
	return lines, nil
}

func verifyLine(r scanner, org identity.OrgID, last int64, before []byte) (int64, []byte, error) {
	l := auditLine{Org: string(org)}
	var details string
	var kept []byte
	if err := r.Scan(&l.Number, &l.At, &l.Actor, &l.Action, &l.Object, &l.Person, &details, &kept, &l.Token, &l.TokenName); err != nil {
		return 0, nil, err
	}
	broken := ErrAuditBroken.WithText("Line %d of the audit log was altered, or a line before it removed.", l.Number)
	if err := json.Unmarshal([]byte(details), &l.Details); err != nil {
		return 0, nil, broken.WithCause(err)
	}
	hash, err := l.hash(before)
	if err != nil {
		return 0, nil, err
	}
	if l.Number != last+1 || !bytes.Equal(hash, kept) {
		return 0, nil, broken
	}
	return l.Number, hash, nil
}

// retireAudit deletes the lines up to the newest that is older than the retention
// and remembers that line's hash, so that the rest can still be checked. That it
// did so is a line itself.
func retireAudit(ctx context.Context, tx *sql.Tx, org identity.OrgID, old, now time.Time) error {
	var last int64
	if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(number), 0) FROM audit WHERE org = $1 AND at <= $2`, string(org), ms(old)).Scan(&last); err != nil || last == 0 {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE audit_head SET retired_number = $1, retired_hash = (SELECT hash FROM audit WHERE org = $2 AND number = $1) WHERE org = $2`, last, string(org))
	if err != nil {
		return err
	}
	res, err := tx.ExecContext(ctx, `DELETE FROM audit WHERE org = $1 AND number <= $2`, string(org), last)
	if err != nil {
		return err
	}
	lines, err := res.RowsAffected()
	if err != nil {
		return err
	}
	return appendAudit(ctx, tx, now, identity.Entry{Org: org, Action: "audit.retire", Details: map[string]string{"lines": strconv.FormatInt(lines, 10)}})
}
