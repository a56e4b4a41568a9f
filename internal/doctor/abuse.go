package doctor

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"tasuke/internal/cert"
	"tasuke/internal/config"
	"tasuke/internal/port"
	"tasuke/internal/relay"
	"tasuke/internal/relay/attack"
)

// Abuse says which relay is attacked.
type Abuse struct {
	// Listen is where it is started for this, HOST:PORT on loopback; port 0 picks one.
	Listen string
	// Megabits is its limit for everybody together. Zero: the relay's own.
	Megabits int
}

// ErrNotLoopback refuses to attack what others could be using.
var ErrNotLoopback = errors.New("the abuses are played against a relay that is started for them on a loopback address of this machine, and against nothing else")

// credentialTTL is how long credentials of the attacked relay may be used.
const credentialTTL = 10 * time.Minute

// Attack starts a relay as the server does, plays every abuse against it, by UDP, TCP
// and TLS, and tells what each tried and whether the relay withstood. It takes half a minute.
func Attack(a Abuse, tell Tell) error {
	if !config.LoopbackListen(a.Listen) {
		return ErrNotLoopback
	}
	r, err := relay.Start(relay.Options{Listen: a.Listen, Live: func(string) bool { return true }, CredentialTTL: credentialTTL, Megabits: a.Megabits})
	if err != nil {
		return err
	}
	secure, roots, err := serveTLS(r, a.Listen)
	if err != nil {
		return errors.Join(err, r.Close())
	}
	host, _, _ := net.SplitHostPort(a.Listen)
	at := net.JoinHostPort(host, strconv.Itoa(r.Port()))
	_, err = attack.Run(attack.Target{
		Servers: map[string]string{"udp": at, "tcp": at, "tls": secure.at}, Secure: &tls.Config{RootCAs: roots}, TTL: credentialTTL, Finish: r.End,
		Mint: func(session, seat string, at time.Time) (attack.Credentials, error) {
			c, err := r.Credentials(session, seat, at)
			return attack.Credentials{Username: c.Username, Password: c.Password}, err
		},
		Tell: func(f attack.Finding) { withstood(f, tell) },
	})
	return errors.Join(err, secure.Close(), r.Close())
}

func withstood(f attack.Finding, tell Tell) {
	about := "attack-" + f.Network
	if len(f.Faults) == 0 {
		tell.green(about, "%s (%s): %d tries withstood", f.Abuse, f.What, f.Tried)
		return
	}
	for _, fault := range f.Faults {
		tell.red(about, "Do not let this version serve; report it as SECURITY.md says.", "%s (%s): %s", f.Abuse, f.What, fault)
	}
}

// securePort is TLS in front of a relay.
type securePort struct {
	*port.Port
	at string
}

// serveTLS accepts for the relay at another port, with a certificate of its own.
func serveTLS(r *relay.Relay, near string) (p securePort, roots *x509.CertPool, err error) {
	folder, err := os.MkdirTemp("", "tasuke-doctor-")
	if err != nil {
		return p, nil, err
	}
	defer os.RemoveAll(folder)
	host, _, _ := net.SplitHostPort(near)
	keeper, err := cert.Open(cert.Options{Names: []string{host}, SelfSigned: true, Folder: folder})
	if err != nil {
		return p, nil, err
	}
	defer keeper.Close()
	leaf, err := cert.ReadLeaf(filepath.Join(folder, "self-signed.crt"))
	if err != nil {
		return p, nil, err
	}
	roots = x509.NewCertPool()
	roots.AddCert(leaf)
	l, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		return p, nil, err
	}
	return securePort{port.New(port.Options{Listener: l, TLS: keeper.TLS(), TURN: r.ServeConn, TURNOnly: true}), l.Addr().String()}, roots, nil
}
