package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"tasuke/internal/assist"
	"tasuke/internal/desk"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// never is due_at of what is never due.
const never = math.MaxInt64

func dueMS(t time.Time) int64 {
	if t.IsZero() {
		return never
	}
	return ms(t)
}

// errMoved says that somebody else saved the session first: load it again.
var errMoved = errors.New("the session was saved by somebody else")

// InsertSession implements desk.Sessions.
func (s *Store) InsertSession(ctx context.Context, sc assist.Scene, log []identity.Entry) error {
	v := sc.Session
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode session: %w", err)
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO help_session (id, org, version, state, helper, sharer, code_hash, due_at, created_at, body) VALUES ($1, $2, 0, $3, $4, NULL, $5, $6, $7, $8)`,
			string(v.ID), string(v.Org), string(v.State), string(v.Helper.Person), []byte(v.CodeHash), dueMS(sc.Due), ms(v.Created), string(body))
		if s.dialect.duplicate(err) {
			return desk.ErrWaiting
		}
		if err != nil {
			return fmt.Errorf("insert session: %w", err)
		}
		if err := keepDecisions(ctx, tx, sc); err != nil {
			return err
		}
		return appendAudit(ctx, tx, v.Created, log...)
	})
}

// ChangeSession implements desk.Sessions.
func (s *Store) ChangeSession(ctx context.Context, k desk.Key, change desk.Change) (assist.Scene, error) {
	const tries = 8
	for range tries {
		var sc assist.Scene
		err := s.write(ctx, func(tx *sql.Tx) (err error) {
			sc, err = s.changeSession(ctx, tx, k, change)
			return err
		})
		if !errors.Is(err, errMoved) {
			return sc, err
		}
	}
	return assist.Scene{}, fault.ErrConflict
}

func (s *Store) changeSession(ctx context.Context, tx *sql.Tx, k desk.Key, change desk.Change) (assist.Scene, error) {
	sc, before, err := s.loadScene(ctx, tx, k)
	if err != nil {
		return assist.Scene{}, err
	}
	state := sc.Session.State
	log, err := change(&sc)
	if err != nil {
		return assist.Scene{}, err
	}
	if err := saveSession(ctx, tx, &sc, before); err != nil {
		return assist.Scene{}, err
	}
	if err := keepDecisions(ctx, tx, sc); err != nil {
		return assist.Scene{}, fmt.Errorf("keep decisions: %w", err)
	}
	if err := s.keepReport(ctx, tx, sc); err != nil {
		return assist.Scene{}, fmt.Errorf("keep report: %w", err)
	}
	now := s.now()
	if state != assist.Ended && sc.Session.State == assist.Ended {
		if err := endSession(ctx, tx, sc); err != nil {
			return assist.Scene{}, fmt.Errorf("report session: %w", err)
		}
		now = sc.Session.EndedAt
	}
	return sc, appendAudit(ctx, tx, now, log...)
}

// saveSession writes a changed session back. One that did not change keeps its
// version and only gets its new due time.
func saveSession(ctx context.Context, tx *sql.Tx, sc *assist.Scene, before string) error {
	v := &sc.Session
	after, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode session: %w", err)
	}
	if string(after) == before {
		_, err := tx.ExecContext(ctx, `UPDATE help_session SET due_at = $1 WHERE id = $2 AND version = $3`, dueMS(sc.Due), string(v.ID), v.Version)
		return err
	}
	held := v.Version
	v.Version++
	if after, err = json.Marshal(v); err != nil {
		return fmt.Errorf("encode session: %w", err)
	}
	sharer := sql.NullString{String: string(v.Sharer.Person), Valid: v.Sharer.Person != ""}
	res, err := tx.ExecContext(ctx, `UPDATE help_session SET version = $1, state = $2, sharer = $3, code_hash = $4, due_at = $5, body = $6 WHERE id = $7 AND version = $8`,
		v.Version, string(v.State), sharer, nullBytes(v.CodeHash), dueMS(sc.Due), string(after), string(v.ID), held)
	return oneRow(res, err, errMoved)
}

// keepDecisions writes down what access decided in this change.
func keepDecisions(ctx context.Context, tx *sql.Tx, sc assist.Scene) error {
	for _, d := range sc.Decided {
		body, err := json.Marshal(d.Decision)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO session_decision (session, at, seat, step, body) VALUES ($1, $2, $3, $4, $5)`,
			string(sc.Session.ID), ms(d.At), string(d.Seat), d.Step, string(body)); err != nil {
			return err
		}
	}
	return nil
}

func nullBytes(b []byte) any {
	if len(b) == 0 {
		return nil
	}
	return b
}

// ReadSession implements desk.Sessions.
func (s *Store) ReadSession(ctx context.Context, k desk.Key) (assist.Scene, error) {
	tx, err := s.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return assist.Scene{}, fmt.Errorf("begin: %w", err)
	}
	sc, _, err := s.loadScene(ctx, tx, k)
	return sc, errors.Join(err, ignoreDone(tx.Rollback()))
}

// loadScene loads a session with everybody in it, and its body as it was kept.
func (s *Store) loadScene(ctx context.Context, q querier, k desk.Key) (assist.Scene, string, error) {
	row := q.QueryRowContext(ctx, `SELECT body FROM help_session WHERE org = $1 AND id = $2`, string(k.Org), string(k.ID))
	if k.ID == "" {
		row = q.QueryRowContext(ctx, `SELECT body FROM help_session WHERE org = $1 AND code_hash = $2`, string(k.Org), []byte(k.Code))
	}
	var sc assist.Scene
	var body string
	if err := row.Scan(&body); err != nil {
		return assist.Scene{}, "", notFound(err)
	}
	if err := json.Unmarshal([]byte(body), &sc.Session); err != nil {
		return assist.Scene{}, "", fmt.Errorf("decode session: %w", err)
	}
	var err error
	if sc.Org, _, err = orgOf(ctx, q, k.Org); err != nil {
		return assist.Scene{}, "", fmt.Errorf("load organisation: %w", err)
	}
	c, err := s.configOf(ctx, q, k.Org)
	if err != nil {
		return assist.Scene{}, "", fmt.Errorf("load configuration: %w", err)
	}
	sc.Rules = c.Rules
	if sc.Helper, err = s.seated(ctx, q, k.Org, sc.Session.Helper); err != nil {
		return assist.Scene{}, "", err
	}
	if sc.Session.Sharer.Person != "" {
		sc.Sharer, err = s.seated(ctx, q, k.Org, sc.Session.Sharer)
	}
	return sc, body, err
}

// seated loads who sits in a seat and what they sit at.
func (s *Store) seated(ctx context.Context, q querier, org identity.OrgID, p assist.Party) (v assist.Seated, err error) {
	now := s.now()
	if v.Member, err = s.memberOf(ctx, q, org, p.Person, p.SignIn, now); err != nil {
		return v, err
	}
	v.Device, err = presentedBy(ctx, q, org, p.Person, p.SignIn, now)
	return v, err
}

// Asking implements desk.Parties.
func (s *Store) Asking(ctx context.Context, a identity.Actor) (v desk.Asking, err error) {
	if v.Org, _, err = orgOf(ctx, s.reader, a.Person.Org); err != nil {
		return v, err
	}
	c, err := s.configOf(ctx, s.reader, a.Person.Org)
	if v.Rules = c.Rules; err != nil {
		return v, err
	}
	v.Device, err = presentedBy(ctx, s.reader, a.Person.Org, a.Person.ID, a.SignIn.ID, s.now())
	return v, err
}

// Acquainted implements desk.Parties. Only sessions in which both said yes count.
func (s *Store) Acquainted(ctx context.Context, org identity.OrgID, a, b identity.PersonID) (met bool, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM session_report WHERE org = $1 AND allowed_at > 0 AND (helper = $2 AND sharer = $3 OR helper = $3 AND sharer = $2))`,
		string(org), string(a), string(b)).Scan(&met)
	return met, err
}

// SessionsOf implements desk.Sessions.
func (s *Store) SessionsOf(ctx context.Context, org identity.OrgID, p identity.PersonID, limit int) ([]assist.Brief, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT h.body, COALESCE(o.name, '') FROM help_session h
		LEFT JOIN person o ON o.id = CASE WHEN h.helper = $2 THEN h.sharer ELSE h.helper END
		WHERE h.org = $1 AND (h.helper = $2 OR h.sharer = $2) ORDER BY h.created_at DESC, h.id DESC LIMIT $3`, string(org), string(p), limit)
	return collect(rows, err, func(r scanner) (b assist.Brief, err error) {
		var body string
		if err := r.Scan(&body, &b.PeerName); err != nil {
			return b, err
		}
		err = json.Unmarshal([]byte(body), &b.Session)
		b.Seat = b.Session.SeatOf(p)
		return b, err
	})
}

// DueSessions implements desk.Sessions.
func (s *Store) DueSessions(ctx context.Context, now time.Time, limit int) ([]desk.Key, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT org, id FROM help_session WHERE state <> 'ended' AND due_at <= $1 ORDER BY due_at LIMIT $2`, ms(now), limit)
	return collect(rows, err, scanKey)
}

func scanKey(r scanner) (k desk.Key, err error) {
	err = r.Scan(&k.Org, &k.ID)
	return k, err
}

// DetachAll notes that no page is connected any more: the one node has started
// again. Pages have the usual grace time from now on.
func (s *Store) DetachAll(ctx context.Context, now time.Time) error {
	rows, err := s.reader.QueryContext(ctx, `SELECT org, id FROM help_session WHERE state <> 'ended'`)
	keys, err := collect(rows, err, scanKey)
	if err != nil {
		return err
	}
	for _, k := range keys {
		_, err := s.ChangeSession(ctx, k, func(sc *assist.Scene) ([]identity.Entry, error) {
			sc.Session.Detach(assist.Helper, sc.Session.Helper.SocketID, now)
			sc.Session.Detach(assist.Sharer, sc.Session.Sharer.SocketID, now)
			sc.Due = sc.Session.Due(now)
			return nil, nil
		})
		if err != nil {
			return fmt.Errorf("detach session %s: %w", k.ID, err)
		}
	}
	return nil
}

// WrongCodes implements desk.Guesses.
func (s *Store) WrongCodes(ctx context.Context, org identity.OrgID, p identity.PersonID, since time.Time) ([]time.Time, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT at FROM wrong_code WHERE org = $1 AND person = $2 AND at >= $3 ORDER BY at`, string(org), string(p), ms(since))
	return collect(rows, err, func(r scanner) (time.Time, error) {
		var at int64
		err := r.Scan(&at)
		return fromMS(at), err
	})
}

// WrongCodesIn implements desk.Guesses.
func (s *Store) WrongCodesIn(ctx context.Context, org identity.OrgID, since time.Time) (n int, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT COUNT(*) FROM wrong_code WHERE org = $1 AND at >= $2`, string(org), ms(since)).Scan(&n)
	return n, err
}

// AddWrongCode implements desk.Guesses.
func (s *Store) AddWrongCode(ctx context.Context, org identity.OrgID, p identity.PersonID, at time.Time, log identity.Entry) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO wrong_code (org, person, at) VALUES ($1, $2, $3)`, string(org), string(p), ms(at)); err != nil {
			return err
		}
		return appendAudit(ctx, tx, at, log)
	})
}

// Decisions lists what access decided about a session's seats, in order.
func (s *Store) Decisions(ctx context.Context, id assist.SessionID) ([]assist.Decided, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT at, seat, step, body FROM session_decision WHERE session = $1 ORDER BY at`, string(id))
	return collect(rows, err, func(r scanner) (d assist.Decided, err error) {
		var at int64
		var body string
		if err := r.Scan(&at, &d.Seat, &d.Step, &body); err != nil {
			return d, err
		}
		d.At = fromMS(at)
		return d, json.Unmarshal([]byte(body), &d.Decision)
	})
}
