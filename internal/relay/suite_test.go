package relay

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net"
	"os"
	"os/exec"
	"testing"
	"time"

	"tasuke/internal/relay/attack"
)

// alone says that this process is in the namespace that TestEveryAbuse made.
const alone = "TASUKE_TEST_ALONE"

// TestEveryAbuse runs the suite where there is nothing but loopback: should a
// check fail, nothing can leave.
func TestEveryAbuse(t *testing.T) {
	if os.Getenv(alone) == "" {
		apart(t)
		return
	}
	if all, err := net.Interfaces(); err != nil || len(all) != 1 || all[0].Flags&net.FlagLoopback == 0 {
		t.Fatalf("there is more than loopback here: %v, %v", all, err)
	}
	w := newWorld(t, nil)
	secure, config := serveTLS(t, w)
	found, err := attack.Run(attack.Target{
		Servers: map[string]string{"udp": w.server("udp").String(), "tcp": w.server("tcp").String(), "tls": secure},
		Secure:  config, TTL: 10 * time.Minute, Finish: w.End,
		Mint: func(session, seat string, at time.Time) (attack.Credentials, error) {
			c, err := w.Credentials(session, seat, at)
			return attack.Credentials{Username: c.Username, Password: c.Password}, err
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 24 { // 7 abuses over 3 networks, 1 over 2, 1 over 1
		t.Errorf("%d findings", len(found))
	}
	for _, f := range found {
		for _, text := range f.Faults {
			t.Errorf("%s over %s: %s", f.Abuse, f.Network, text)
		}
	}
	s := w.Stats()
	if s.RefusedPeers < 500 || s.RefusedCredentials < 500 || s.SilencedAnswers == 0 || s.DroppedPackets == 0 {
		t.Errorf("the relay did not notice: %+v", s)
	}
}

// apart runs this test again in a network namespace of its own.
func apart(t *testing.T) {
	args := []string{"--net", "--pid", "--fork", "--kill-child", "--mount-proc"}
	if os.Getuid() != 0 {
		args = append(args, "--map-root-user")
	}
	args = append(args, "sh", "-c", `ip link set lo up && "$@"`, "sh", os.Args[0], "-test.run=^TestEveryAbuse$", "-test.count=1")
	cmd := exec.Command("unshare", args...)
	cmd.Env = append(os.Environ(), alone+"=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("in a namespace of its own (needs root or user namespaces, util-linux and iproute2): %v\n%s", err, out)
	}
}

// TestAttacksLoopbackOnly: whatever it is told.
func TestAttacksLoopbackOnly(t *testing.T) {
	for _, server := range []string{"192.0.2.1:3478", "0.0.0.0:3478", "[::]:3478", "help.example.org:443", "localhost:443", "[2001:db8::1]:1", "10.0.0.1:1"} {
		if _, err := attack.Run(attack.Target{Servers: map[string]string{"udp": "127.0.0.1:1", "tls": server}}); err == nil {
			t.Errorf("attacked %s", server)
		}
	}
}

// serveTLS accepts for the relay, as the one port of the product does.
func serveTLS(t *testing.T, w *world) (address string, forClients *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}})
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			w.ServeConn(c, time.Now().Add(strangerFor))
		}
	}()
	t.Cleanup(func() { _ = l.Close(); <-ended })
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	return l.Addr().String(), &tls.Config{RootCAs: roots}
}
