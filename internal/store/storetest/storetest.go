// Package storetest gives tests an empty store on each engine: a SQLite file in
// a temporary folder, and a database of its own on a PostgreSQL server that it
// starts in a temporary folder from Debian's package.
package storetest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // database/sql driver "pgx"

	"tasuke/internal/store"
)

// MasterKey is the key of every test store.
var masterKey = bytes.Repeat([]byte{7}, 32)

// MasterKey returns the key of every test store.
func MasterKey() []byte { return bytes.Clone(masterKey) }

// Server is a PostgreSQL server for the tests of one package.
type Server struct {
	dir   string
	next  atomic.Int64
	start sync.Once
	err   error
	bin   string
	cred  *syscall.Credential
}

// Main runs the tests of a package and stops the server they started.
func Main(m *testing.M, s *Server) int {
	code := m.Run()
	if err := s.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return max(code, 1)
	}
	return code
}

// Each runs test once on SQLite and once on PostgreSQL, each with a new store.
func (s *Server) Each(t *testing.T, test func(t *testing.T, st *store.Store)) {
	t.Run("sqlite", func(t *testing.T) { test(t, Open(t, SQLite(t))) })
	t.Run("postgres", func(t *testing.T) { test(t, Open(t, s.Postgres(t))) })
}

// SQLite returns the address of a new SQLite file.
func SQLite(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "tasuke.db") }

// Open opens a store that the test closes at its end.
func Open(t testing.TB, dsn string) *store.Store {
	t.Helper()
	st, err := store.Open(context.Background(), store.Options{DSN: dsn, MasterKey: MasterKey()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return st
}

// Postgres returns the address of a new database; the first call starts the server.
func (s *Server) Postgres(t testing.TB) string {
	t.Helper()
	s.start.Do(func() { s.err = s.run() })
	if s.err != nil {
		t.Fatalf("PostgreSQL is needed (Debian package postgresql): %v", s.err)
	}
	name := "t" + strconv.FormatInt(s.next.Add(1), 10)
	db, err := sql.Open("pgx", s.address("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	return s.address(name)
}

func (s *Server) address(database string) string {
	q := url.Values{"host": {s.dir}, "user": {"tasuke"}}
	return "postgres:///" + database + "?" + q.Encode()
}

func (s *Server) run() error {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return errors.New("no initdb under /usr/lib/postgresql")
	}
	s.bin = filepath.Dir(found[len(found)-1])
	if s.dir, err = os.MkdirTemp("/tmp", "tasuke-pg"); err != nil { // short: a socket path has at most 107 bytes
		return err
	}
	if err := s.dropRoot(); err != nil {
		return err
	}
	data := filepath.Join(s.dir, "data")
	if err := s.command("initdb", "-D", data, "-U", "tasuke", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"); err != nil {
		return err
	}
	return s.command("pg_ctl", "-D", data, "-w", "-l", filepath.Join(s.dir, "log"), "-o", "-k "+s.dir+" -c listen_addresses=''", "start")
}

// dropRoot lets the server run as postgres when the tests run as root, which it refuses.
func (s *Server) dropRoot() error {
	if os.Getuid() != 0 {
		return nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return err
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return err
	}
	s.cred = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return os.Chown(s.dir, uid, gid)
}

func (s *Server) command(name string, args ...string) error {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	cmd.Dir = s.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.cred}
	var out bytes.Buffer
	if name != "pg_ctl" { // the server inherits pg_ctl's output and would keep Wait waiting
		cmd.Stdout, cmd.Stderr = &out, &out
	}
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out.String())
	}
	return nil
}

// Stop stops the server, if it was started, and removes its data.
func (s *Server) Stop() error {
	if s.dir == "" {
		return nil
	}
	err := s.command("pg_ctl", "-D", filepath.Join(s.dir, "data"), "-w", "-m", "immediate", "stop")
	return errors.Join(err, os.RemoveAll(s.dir))
}
