package doctor

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tasuke/internal/cert"
	"tasuke/internal/config"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/server"
	"tasuke/internal/signin"
	"tasuke/internal/store"
)

// Inside says whose server is looked at, on the machine that it runs on.
type Inside struct {
	File      string   // configuration file; empty: none
	Overrides []string // key=value
	Environ   []string // as os.Environ gives it
	Roots     *x509.CertPool
	Now       func() time.Time // zero: time.Now
}

// examination is one look from inside.
type examination struct {
	Inside
	tell Tell
	cfg  config.Config
	leaf *x509.Certificate // of the configured files; nil: there are none
}

// LookInside looks at all that a server rests on, and then at the server from
// outside. It only reads.
func LookInside(ctx context.Context, i Inside, tell Tell) {
	if i.Now == nil {
		i.Now = time.Now
	}
	x := &examination{Inside: i, tell: tell}
	if !x.config() {
		return
	}
	x.certificate()
	if key := x.masterKey(); key != nil {
		x.database(ctx, key)
	}
	x.disk()
	x.ports(ctx)
	o := Outside{Base: x.cfg.BaseURL, Roots: x.Roots, Environ: x.Environ, Now: x.Now}
	if x.leaf != nil && !x.cfg.BehindProxy {
		o.Leaf = x.leaf.Raw
	}
	if x.leaf != nil && x.cfg.SelfSigned {
		o.Roots = x509.NewCertPool()
		o.Roots.AddCert(x.leaf)
	}
	LookOutside(ctx, o, tell)
}

func (x *examination) config() bool {
	var err error
	if x.cfg, err = config.Load(x.File, x.Environ, x.Overrides); err != nil {
		for fault := range strings.Lines(err.Error()) {
			x.tell.red("config", "Correct it; docs/operations.md has every setting.", "%s", strings.TrimSpace(fault))
		}
		return false
	}
	if x.File != "" && strings.HasPrefix(x.cfg.Database, "postgres") {
		x.private("config", x.File)
	}
	x.tell.green("config", "The configuration is good: %s, listening on %s.", x.cfg.BaseURL, x.cfg.Listen)
	return true
}

// private complains of a file that others can read.
func (x *examination) private(about, path string) {
	info, err := os.Stat(path)
	if err == nil && info.Mode().Perm()&0o007 != 0 {
		x.tell.amber(about, "Run chmod o= "+path, "%s holds secrets and can be read by everybody on this machine (mode %04o).", path, info.Mode().Perm())
	}
}

func (x *examination) certificate() {
	certFile, keyFile := x.cfg.TLSCert, x.cfg.TLSKey
	switch {
	case x.cfg.SelfSigned:
		certFile = filepath.Join(x.cfg.Certificates(), "self-signed.crt")
		x.tell.amber("certificate", "Use files, or acme = true.", "The certificate is self-signed, for trials: browsers warn of it.")
	case x.cfg.ACME:
		x.tell.green("certificate", "It comes by ACME: the line tls says what is shown.")
		return
	case certFile == "":
		x.tell.green("certificate", "TLS is not ended here.")
		return
	default:
		x.private("certificate", keyFile)
		if err := cert.CheckFiles(certFile, keyFile, x.cfg.Names(), x.Now()); err != nil {
			for fault := range strings.Lines(err.Error()) {
				x.tell.red("certificate", "Put a certificate with its chain and its key there; the server reads them again by itself.", "%s", strings.TrimSpace(fault))
			}
		}
	}
	leaf, err := cert.ReadLeaf(certFile)
	if err != nil {
		return // has been said, or is not made yet
	}
	x.leaf = leaf
	if x.cfg.SelfSigned || !x.Now().Before(leaf.NotAfter) {
		return
	}
	left := int(leaf.NotAfter.Sub(x.Now()) / day)
	if cert.Renewable(leaf, x.Now()) {
		x.tell.amber("certificate", "Renew it: it should have been by now.", "%s is good for %d days more.", certFile, left)
		return
	}
	x.tell.green("certificate", "%s is good for %d days more.", certFile, left)
}

func (x *examination) masterKey() []byte {
	path := x.cfg.MasterKeyFile
	key, err := server.ReadMasterKey(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		x.tell.amber("master-key", "If there was one, restore it from your backup before you start the server: it makes a new one, with which old data cannot be read.", "There is no master key at %s.", path)
	case err != nil:
		x.tell.red("master-key", "The server does not start with it.", "%v", err)
	default:
		x.tell.green("master-key", "%s is whole, and nobody else can read it.", path)
	}
	return key
}

func (x *examination) database(ctx context.Context, key []byte) {
	looking, cancel := soon(ctx)
	defer cancel()
	s, err := store.OpenReadOnly(looking, store.Options{DSN: x.cfg.Database, MasterKey: key, Now: x.Now})
	if errors.Is(err, fs.ErrNotExist) {
		x.tell.amber("database", "Start the server, or restore the file from your backup.", "There is no database yet: the server makes it at its first start.")
		return
	}
	if err != nil {
		x.tell.red("database", "See that the database runs and that this user may read it.", "The database cannot be opened: %s", plain(err))
		return
	}
	defer s.Close()
	if path, sqlite := strings.CutPrefix(x.cfg.Database, "sqlite:"); sqlite {
		x.private("database", path)
	}
	if !x.schema(looking, s) {
		return
	}
	x.audit(ctx, s)
	x.providers(ctx, s)
}

// schema tells whether the database is of this program's version.
func (x *examination) schema(ctx context.Context, s *store.Store) bool {
	found, newest, err := s.Schema(ctx)
	switch {
	case err != nil:
		x.tell.red("database", "See what the database's own log says.", "The database does not answer: %s", plain(err))
	case found > newest:
		x.tell.red("database", "Use the newer program, or restore the backup from before it.", "The database was made by a newer program: its schema is %d, this program knows %d.", found, newest)
	case found < newest:
		x.tell.amber("database", "Back it up first: the server brings it up to date at its start.", "The schema of the database is %d; this program's is %d.", found, newest)
	default:
		x.tell.green("database", "answers, and its schema is this program's (%d)", found)
	}
	return err == nil && found == newest
}

// audit walks the chains, and holds the checkpoints against them: a database that
// was put back to an old copy shows here.
func (x *examination) audit(ctx context.Context, s *store.Store) {
	p := &server.Parts{Store: s}
	chains, err := p.VerifyAudit(ctx)
	if err != nil {
		x.tell.red("audit", "Compare it with a backup.", "%s", sentence(err))
		return
	}
	lines := int64(0)
	for _, c := range chains {
		lines += c.Lines
	}
	path := x.cfg.AuditCheckpoints
	if path == "" {
		x.tell.amber("audit", "Set audit_checkpoints to a file on another disk or machine.", "%d lines, whole; but without checkpoints nobody would notice that the database was rolled back.", lines)
		return
	}
	n, err := p.VerifyCheckpoints(ctx, path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		x.tell.amber("audit", "See that the server may write there; if there was a file, restore it.", "%d lines, whole; there are no checkpoints at %s yet.", lines, path)
	case errors.Is(err, store.ErrAuditBroken):
		x.tell.red("audit", "Find out who did it: unless you restored a backup, somebody did.", "The database was rolled back or rewritten. %s", sentence(err))
	case err != nil:
		x.tell.red("audit", "Use the file of checkpoints and the master key that belong to this database.", "%s", sentence(err))
	default:
		x.tell.green("audit", "%d lines, whole; %d checkpoints agree", lines, n)
	}
}

// sentence is what an error says to people.
func sentence(err error) string {
	var f *fault.Fault
	if errors.As(err, &f) {
		return f.Text
	}
	return err.Error()
}

// providers asks every organisation's own provider what a sign-in would ask.
func (x *examination) providers(ctx context.Context, s *store.Store) {
	orgs, err := s.Orgs(ctx)
	if err != nil {
		x.tell.red("provider", "See what the database's own log says.", "The organisations cannot be read: %s", plain(err))
		return
	}
	if len(orgs) == 0 {
		x.tell.amber("provider", "Run tasuke admin create-organisation.", "There is no organisation yet.")
	}
	for _, org := range orgs {
		p, err := s.ProviderOf(ctx, org)
		if err != nil {
			x.tell.red("provider", "If the master key is another one, restore the one that belongs to this database.", "The provider of %s cannot be read: %s", org, plain(err))
			continue
		}
		x.provider(ctx, org, p)
	}
}

func (x *examination) provider(ctx context.Context, org identity.OrgID, p identity.Provider) {
	base := strings.TrimSuffix(x.cfg.BaseURL, "/")
	if p.Issuer == identity.EmbeddedProvider(base, org).Issuer {
		x.tell.green("provider", "%s signs in with the embedded provider.", org)
		return
	}
	ctx, cancel := soon(ctx)
	defer cancel()
	at, err := signin.Ask(ctx, signin.Options{BaseURL: base, Log: slog.New(slog.DiscardHandler), Now: x.Now, Networks: server.ProviderNetworks(x.cfg)}, p.Issuer)
	if err != nil {
		x.tell.red("provider", "See that this machine reaches it by https, that the issuer is spelled as its discovery document spells it, and, for a private address, the setting provider_networks.", "The provider of %s, %s, does not say what sign-in needs: %s", org, p.Issuer, plain(err))
		return
	}
	if off := x.Now().Sub(at).Round(time.Second); !at.IsZero() && off.Abs() > skew {
		x.tell.red("provider", "Let this machine follow a time server (NTP).", "By the provider of %s it is %s, here %s later: what it signs is refused.", org, at.Format(time.RFC3339), off)
		return
	}
	x.tell.green("provider", "%s: %s answers", org, p.Issuer)
}

// Less free space than this on a disk that is written to, in bytes.
const (
	tight = 1 << 30
	full  = 100 << 20
)

func (x *examination) disk() {
	folders := map[string]bool{}
	if path, sqlite := strings.CutPrefix(x.cfg.Database, "sqlite:"); sqlite {
		folders[filepath.Dir(path)] = true
	}
	if x.cfg.AuditCheckpoints != "" {
		folders[filepath.Dir(x.cfg.AuditCheckpoints)] = true
	}
	for folder := range folders {
		free, err := freeSpace(folder)
		size := fmt.Sprintf("%.1f GB", float64(free)/1e9)
		switch {
		case errors.Is(err, errors.ErrUnsupported):
		case err != nil:
			x.tell.amber("disk", "Make the folder.", "The free space of %s is not known: %s", folder, plain(err))
		case free < full:
			x.tell.red("disk", "Make room: without it nothing can be recorded, and what cannot be recorded does not happen.", "%s has only %s free.", folder, size)
		case free < tight:
			x.tell.amber("disk", "Make room soon.", "%s has only %s free.", folder, size)
		default:
			x.tell.green("disk", "%s has %s free.", folder, size)
		}
	}
}
