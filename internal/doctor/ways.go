package doctor

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/pion/logging"
	"github.com/pion/stun/v4"
	"github.com/pion/turn/v5"
)

// way is one address of the relay, as browsers are told it.
type way struct {
	about   string // stun, turn-udp, turn-tcp, turn-tls
	network string // udp, tcp, tls
	at      string // HOST:PORT
}

// wayOf reads an address of RFC 7064 or 7065.
func wayOf(address string) (w way, ok bool) {
	scheme, rest, _ := strings.Cut(address, ":")
	at, query, _ := strings.Cut(rest, "?")
	tcp := query == "transport=tcp"
	switch {
	case scheme == "stun":
		w = way{"stun", "udp", at}
	case scheme == "turn" && tcp:
		w = way{"turn-tcp", "tcp", at}
	case scheme == "turn":
		w = way{"turn-udp", "udp", at}
	case scheme == "turns":
		w = way{"turn-tls", "tls", at}
	}
	_, _, err := net.SplitHostPort(at)
	return w, err == nil && w.about != ""
}

// ways tries every way that a picture can take. One that is closed is a pity; when
// all are, only pictures through the server are left.
func (v *visit) ways(ctx context.Context, relay []string, direct bool) {
	findings := make([]Finding, len(relay))
	var all sync.WaitGroup
	for i, address := range relay {
		all.Go(func() {
			w, ok := wayOf(address)
			if !ok {
				findings[i] = Finding{"relay", Red, fmt.Sprintf("%q is no address of a relay.", address), "Use the same version on the server and here."}
				return
			}
			findings[i] = v.try(ctx, w)
		})
	}
	all.Wait()
	none := true
	for _, f := range findings {
		none = none && f.Mark != Green
	}
	for _, f := range findings {
		if f.Mark == Amber && none && direct {
			f.Mark = Red
		}
		v.tell(f)
	}
	if none && !direct {
		v.tell.amber("relay", "Open TCP 443 to the server, and UDP 443 for a smoother picture.", "No way of the picture is open: helpers see one to three pictures a second through the server.")
	}
}

// closedFix says what to open, for each way.
func closedFix(w way) string {
	switch w.network {
	case "udp":
		return "Open UDP to " + w.at + " in the firewall: pictures are smoother over it."
	case "tls":
		return "Open TCP to " + w.at + ", and have proxies that inspect TLS leave it alone: browsers need this way where nothing else is open."
	}
	return "Open TCP to " + w.at + ", to other protocols than https as well; without it browsers use TLS."
}

// try asks for a relayed address with credentials that are good for nothing: a relay
// that refuses them is a relay that can be reached.
func (v *visit) try(ctx context.Context, w way) Finding {
	ctx, cancel := soon(ctx)
	defer cancel()
	conn, shown, err := dial(ctx, w)
	if err != nil {
		return Finding{w.about, Amber, fmt.Sprintf("%s over %s is not reached: %s", w.at, strings.ToUpper(w.network), plain(err)), closedFix(w)}
	}
	defer conn.Close()
	over := strings.ToUpper(w.network)
	rtt, err := ask(ctx, conn, w)
	if errors.Is(err, errForeign) {
		return Finding{w.about, Red, fmt.Sprintf("What answers at %s is not Tasuke's relay.", w.at), "See what else listens there, and the settings relay_host and relay_listen."}
	}
	if err != nil {
		return Finding{w.about, Amber, fmt.Sprintf("%s does not answer over %s.", w.at, over), closedFix(w)}
	}
	if shown != nil {
		if f, bad := v.shown(w, shown); bad {
			return f
		}
	}
	return Finding{About: w.about, Mark: Green, Text: fmt.Sprintf("%s answers over %s in %.1f ms", w.at, over, float64(rtt)/float64(time.Millisecond))}
}

// shown judges the certificate of TURN over TLS: of a bad one browsers say nothing.
func (v *visit) shown(w way, chain []*x509.Certificate) (f Finding, bad bool) {
	host, _, _ := net.SplitHostPort(w.at)
	if v.leaf != nil && w.at == net.JoinHostPort(v.base.Hostname(), fmt.Sprint(v.port())) {
		return Finding{w.about, Amber, fmt.Sprintf("%s answers, but shows another certificate than for pages: something between ends TLS.", w.at), inspected}, !bytes.Equal(chain[0].Raw, v.leaf.Raw)
	}
	err := v.verify(chain, host)
	if err == nil {
		return f, false
	}
	return Finding{w.about, Amber, fmt.Sprintf("%s answers, but browsers will not accept its certificate: %s", w.at, plain(err)), "Use a certificate that is good for this name as well."}, true
}

// dial opens what TURN is spoken over; shown is the chain of certificates, if there is one.
func dial(ctx context.Context, w way) (conn net.PacketConn, shown []*x509.Certificate, err error) {
	if w.network == "udp" {
		conn, err = net.ListenPacket("udp", ":0")
		return conn, nil, err
	}
	c, err := (&net.Dialer{}).DialContext(ctx, "tcp", w.at)
	if err != nil {
		return nil, nil, err
	}
	if w.network == "tls" {
		host, _, _ := net.SplitHostPort(w.at)
		secure := tls.Client(c, &tls.Config{InsecureSkipVerify: true, ServerName: host}) // judged by shown; nothing secret is sent
		if err := secure.HandshakeContext(ctx); err != nil {
			return nil, nil, errors.Join(fmt.Errorf("TLS: %w", err), c.Close())
		}
		shown, c = secure.ConnectionState().PeerCertificates, secure
	}
	return turn.NewSTUNConn(c), shown, nil
}

// errForeign says that something answered, but not our relay.
var errForeign = errors.New("not our relay")

// ask sends a Binding, which measures, and an Allocate with a made-up name, which
// our relay refuses with 401 in its own realm.
func ask(ctx context.Context, conn net.PacketConn, w way) (rtt time.Duration, err error) {
	c, err := turn.NewClient(&turn.ClientConfig{
		STUNServerAddr: w.at, TURNServerAddr: w.at, Conn: conn, Username: "doctor", Password: "doctor",
		LoggerFactory: &logging.DefaultLoggerFactory{Writer: io.Discard, DefaultLogLevel: logging.LogLevelDisabled},
	})
	if err != nil {
		return 0, err
	}
	defer c.Close()
	if err := c.Listen(); err != nil {
		return 0, err
	}
	binding, err := stun.Build(stun.TransactionID, stun.BindingRequest)
	if err != nil {
		return 0, err
	}
	began := time.Now()
	if _, err := c.PerformTransactionWithContext(binding, c.TURNServerAddr(), false, ctx); err != nil {
		return 0, err
	}
	rtt = time.Since(began)
	if w.about == "stun" {
		return rtt, nil
	}
	relayed, err := c.AllocateWithContext(ctx)
	if err == nil {
		return rtt, errors.Join(errForeign, relayed.Close()) // ours gives nothing to a made-up name
	}
	var refused *stun.TurnError
	if !errors.As(err, &refused) {
		return 0, err
	}
	if refused.ErrorCodeAttr.Code != stun.CodeUnauthorized || c.Realm().String() != "tasuke" {
		return rtt, errForeign
	}
	return rtt, nil
}
