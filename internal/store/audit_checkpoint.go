package store

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// Checkpoint says what an organisation's chain was up to one line. Kept outside
// the database it shows that lines were cut off or the whole was rewritten,
// which the chain alone cannot.
type Checkpoint struct {
	Org    identity.OrgID
	Number int64
	Hash   []byte
	At     time.Time // of the line
}

// witnessName is the key's name in signed notes (C2SP signed-note).
const witnessName = "tasuke-audit"

// witnessKey gives the key as package note writes it: a name, the first four
// bytes of the hash of name and public key, and algorithm 1 (Ed25519) with the seed.
func (k keys) witnessKey() (signer note.Signer, verifier note.Verifier, err error) {
	public, ok := ed25519.NewKeyFromSeed(k.witness).Public().(ed25519.PublicKey)
	if !ok {
		return nil, nil, errors.New("an Ed25519 key has no public half")
	}
	text, err := note.NewEd25519VerifierKey(witnessName, public)
	if err != nil {
		return nil, nil, err
	}
	sum := sha256.Sum256(append([]byte(witnessName+"\n\x01"), public...))
	private := "PRIVATE+KEY+" + witnessName + "+" + hex.EncodeToString(sum[:4]) + "+" + base64.StdEncoding.EncodeToString(append([]byte{1}, k.witness...))
	if signer, err = note.NewSigner(private); err != nil {
		return nil, nil, err
	}
	verifier, err = note.NewVerifier(text)
	return signer, verifier, err
}

// Head gives the newest line of an organisation's chain; number 0: there is none.
func (s *Store) Head(ctx context.Context, org identity.OrgID) (Checkpoint, error) {
	c := Checkpoint{Org: org}
	err := s.reader.QueryRowContext(ctx, `SELECT h.number, h.hash, COALESCE(a.at, 0) FROM audit_head h LEFT JOIN audit a ON a.org = h.org AND a.number = h.number WHERE h.org = $1`, string(org)).Scan(&c.Number, &c.Hash, moment{&c.At})
	if errors.Is(err, sql.ErrNoRows) {
		return c, nil
	}
	return c, err
}

// Sign makes a checkpoint a signed note: four lines of text and a signature.
func (s *Store) Sign(c Checkpoint) (string, error) {
	signer, _, err := s.keys.witnessKey()
	if err != nil {
		return "", err
	}
	text := fmt.Sprintf("tasuke audit %s\n%d\n%s\n%d\n", c.Org, c.Number, base64.StdEncoding.EncodeToString(c.Hash), ms(c.At))
	b, err := note.Sign(&note.Note{Text: text}, signer)
	return string(b), err
}

// ErrCheckpoint refuses what is not a checkpoint that this server signed.
var ErrCheckpoint = fault.New(fault.Invalid, "checkpoint_invalid", "This is not a checkpoint that this server signed.", "Use the file named by audit_checkpoints, and the same master key.")

// OpenCheckpoint reverses Sign and checks the signature.
func (s *Store) OpenCheckpoint(signed string) (c Checkpoint, err error) {
	_, verifier, err := s.keys.witnessKey()
	if err != nil {
		return c, err
	}
	n, err := note.Open([]byte(signed), note.VerifierList(verifier))
	if err != nil {
		return c, ErrCheckpoint.WithCause(err)
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 5 {
		return c, ErrCheckpoint
	}
	org, ours := strings.CutPrefix(lines[0], "tasuke audit ")
	c.Org = identity.OrgID(org)
	var numberErr, hashErr error
	c.Number, numberErr = strconv.ParseInt(lines[1], 10, 64)
	c.Hash, hashErr = base64.StdEncoding.DecodeString(lines[2])
	millis, atErr := strconv.ParseInt(lines[3], 10, 64)
	c.At = fromMS(millis)
	if !ours || numberErr != nil || hashErr != nil || atErr != nil {
		return c, ErrCheckpoint
	}
	return c, nil
}

// Compare holds a checkpoint against the chain, which VerifyAudit has found
// whole: ErrAuditBroken when the line it names is gone or another. Of lines that
// the retention has deleted nothing can be said.
func (s *Store) Compare(ctx context.Context, c Checkpoint) error {
	return compare(ctx, s.reader, c, s.now())
}

// leastRetention is the shortest that an organisation may set: a younger line
// that the chain says was retired was not.
const leastRetention = 30 * day

func compare(ctx context.Context, q querier, c Checkpoint, now time.Time) error {
	var hash []byte
	err := q.QueryRowContext(ctx, `SELECT hash FROM audit WHERE org = $1 AND number = $2
		UNION ALL SELECT retired_hash FROM audit_head WHERE org = $1 AND retired_number = $2 AND retired_number > 0`, string(c.Org), c.Number).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		var retired int64
		err := q.QueryRowContext(ctx, `SELECT retired_number FROM audit_head WHERE org = $1`, string(c.Org)).Scan(&retired)
		if err == nil && c.Number < retired && now.Sub(c.At) >= leastRetention {
			return nil
		}
		return ErrAuditBroken.WithText("The audit log of %s had %d lines when a checkpoint was made; now line %d is missing.", c.Org, c.Number, c.Number)
	}
	if err == nil && !bytes.Equal(hash, c.Hash) {
		return ErrAuditBroken.WithText("The audit log of %s was rewritten: line %d, or one before it, is not what it was when a checkpoint was made.", c.Org, c.Number)
	}
	return err
}
