package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// chained opens a store with a chain of ten lines.
func chained(t *testing.T) *Store {
	t.Helper()
	ctx := context.Background()
	s, err := Open(ctx, Options{DSN: "sqlite:" + filepath.Join(t.TempDir(), "db"), MasterKey: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	if err := s.CreateOrganisation(ctx, identity.Org{ID: "acme", Settings: identity.DefaultSettings()}, now); err != nil {
		t.Fatal(err)
	}
	for i := range 9 {
		e := identity.Entry{Org: "acme", By: identity.InPerson("p1"), Person: "p2", Action: "session.test", Details: map[string]string{"i": string(rune('a' + i))}}
		if err := s.Record(ctx, now.Add(time.Duration(i)*time.Second), e); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func TestTheChainTellsOfTampering(t *testing.T) {
	tests := map[string]string{
		"nothing":         ``,
		"altered action":  `UPDATE audit SET action = 'session.other' WHERE number = 4`,
		"altered time":    `UPDATE audit SET at = at + 1 WHERE number = 4`,
		"altered person":  `UPDATE audit SET person = '' WHERE number = 4`,
		"altered details": `UPDATE audit SET details = '{"i":"z"}' WHERE number = 4`,
		"altered hash":    `UPDATE audit SET hash = x'00' WHERE number = 10`,
		"removed line":    `DELETE FROM audit WHERE number = 5`,
		"cut off":         `DELETE FROM audit WHERE number > 7`,
		"swapped":         `UPDATE audit SET number = CASE number WHEN 3 THEN -4 WHEN 4 THEN -3 ELSE number END; UPDATE audit SET number = -number WHERE number < 0`,
	}
	for name, statement := range tests {
		t.Run(name, func(t *testing.T) {
			s := chained(t)
			if _, err := s.writer.Exec(statement); statement != "" && err != nil {
				t.Fatal(err)
			}
			n, err := s.VerifyAudit(context.Background(), "acme")
			if statement == "" && (err != nil || n != 10) {
				t.Errorf("a whole chain: %d lines, %v", n, err)
			}
			if statement != "" && !errors.Is(err, ErrAuditBroken) {
				t.Errorf("not found: %v", err)
			}
		})
	}
}

func TestErasingANameLeavesTheChainWhole(t *testing.T) {
	s := chained(t)
	if _, err := s.writer.Exec(`DELETE FROM pseudonym WHERE person = 'p1'`); err != nil {
		t.Fatal(err)
	}
	if n, err := s.VerifyAudit(context.Background(), "acme"); err != nil || n != 10 {
		t.Errorf("%d lines, %v", n, err)
	}
	var named int
	if err := s.reader.QueryRow(`SELECT COUNT(*) FROM audit WHERE actor LIKE '%p1%' OR person LIKE '%p1%'`).Scan(&named); err != nil || named != 0 {
		t.Errorf("%d lines name the person, %v", named, err)
	}
}

func TestAChangeThatCannotBeRecordedDoesNotHappen(t *testing.T) {
	s := chained(t)
	ctx := context.Background()
	if _, err := s.writer.Exec(`DROP TABLE audit`); err != nil {
		t.Fatal(err)
	}
	set, version, err := s.Settings(ctx, "acme")
	if err != nil {
		t.Fatal(err)
	}
	set.Chat = false
	if err := s.SaveSettings(ctx, "acme", set, version, time.Now(), identity.Entry{Org: "acme", Action: "settings.change"}); err == nil {
		t.Fatal("saved without a record")
	}
	if now, _, err := s.Settings(ctx, "acme"); err != nil || !now.Chat {
		t.Errorf("the change happened all the same (%v)", err)
	}
}

func TestRetireDeletesWhatIsOver(t *testing.T) {
	s := chained(t)
	ctx := context.Background()
	now := time.Date(2027, 11, 22, 9, 0, 0, 0, time.UTC)
	f := identity.Profile{Issuer: "i", Subject: "s", Name: "n"}
	if _, err := s.Provision(ctx, "acme", "p1", f, nil, now); err != nil {
		t.Fatal(err)
	}
	insert := func(id string, ended time.Time) {
		t.Helper()
		_, err := s.writer.Exec(`INSERT INTO help_session VALUES ($1, 'acme', 1, 'ended', 'p1', NULL, NULL, 0, $2, '{}')`, id, ms(ended))
		_, err2 := s.writer.Exec(`INSERT INTO session_report (session, org, helper, sharer, kind, created_at, allowed_at, ended_at, connection, reason, ended_by, warnings) VALUES ($1, 'acme', 'p1', NULL, 'view', $2, 0, $2, '', 'declined', '', '')`, id, ms(ended))
		_, err3 := s.writer.Exec(`INSERT INTO chat_key VALUES ($1, x'00', $2)`, id, ms(ended.Add(30*day)))
		_, err4 := s.writer.Exec(`INSERT INTO chat_line VALUES ($1, 1, 'helper', 'l', $2, x'00')`, id, ms(ended))
		if err := errors.Join(err, err2, err3, err4); err != nil {
			t.Fatal(err)
		}
	}
	insert("old", now.Add(-181*day))
	insert("chat over", now.Add(-31*day))
	insert("new", now.Add(-29*day))
	if err := s.Retire(ctx, now); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(s.path(t) + "-wal"); err != nil || info.Size() != 0 {
		t.Errorf("the log still holds %d bytes (%v)", info.Size(), err)
	}
	for table, want := range map[string]int{"help_session": 2, "session_report": 2, "chat_key": 1, "chat_line": 1} {
		if got := count(t, s.reader, table); got != want {
			t.Errorf("%d rows in %s, want %d", got, table, want)
		}
	}
}

// path asks the engine where its file is.
func (s *Store) path(t *testing.T) (path string) {
	t.Helper()
	var number int
	var name string
	if err := s.reader.QueryRow(`PRAGMA database_list`).Scan(&number, &name, &path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheChainHoldsAfterItsRetention(t *testing.T) {
	s := chained(t)
	ctx := context.Background()
	now := time.Date(2026, 11, 22, 9, 0, 4, 0, time.UTC).Add(365 * day) // the organisation's own line and five more are over
	if err := s.Retire(ctx, now); err != nil {
		t.Fatal(err)
	}
	if n, err := s.VerifyAudit(ctx, "acme"); err != nil || n != 10-6+1 {
		t.Errorf("%d lines left, %v", n, err)
	}
	if _, err := s.writer.Exec(`DELETE FROM audit WHERE number = 7`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.VerifyAudit(ctx, "acme"); !errors.Is(err, ErrAuditBroken) {
		t.Errorf("a removed line was not found: %v", err)
	}
}

func count(t *testing.T, db *sql.DB, table string) (n int) {
	t.Helper()
	if err := db.QueryRow(`SELECT COUNT(*) FROM ` + table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestOrganisationsDoNotMeet(t *testing.T) {
	s := chained(t)
	ctx := context.Background()
	now := time.Now()
	if err := s.CreateOrganisation(ctx, identity.Org{ID: "other", Settings: identity.DefaultSettings()}, now); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Provision(ctx, "acme", "p1", identity.Profile{Issuer: "i", Subject: "s", Name: "n"}, nil, now); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Person(ctx, "other", "p1"); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a person crossed: %v", err)
	}
	m := admin.Membership{Group: "g", Of: identity.OfPeople, Member: "p1", In: true}
	if err := s.SetMember(ctx, "other", m, identity.Entry{Org: "other"}, nil); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a member crossed: %v", err)
	}
	if err := s.CreateOrganisation(ctx, identity.Org{ID: "other"}, now); !errors.Is(err, ErrOrgExists) {
		t.Errorf("a second organisation of the same id: %v", err)
	}
}
