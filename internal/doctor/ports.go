package doctor

import (
	"context"
	"crypto/tls"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
)

// door is an address that the server listens on, and how to tell that it does.
type door struct {
	setting string
	network string // udp, tcp
	at      string
	speaks  string // turn, turn-tls, pages, redirect
}

// doors are those of a configuration. On the main one everything is spoken; behind a
// proxy, pages alone.
func (x *examination) doors() (all []door) {
	c := &x.cfg
	main := door{"listen", "tcp", c.Listen, "pages"}
	own, udpOnly := c.RelayAt()
	if own == "" {
		own, udpOnly = c.Listen, true
	}
	all = append(all, main, door{"relay_listen", "udp", own, "turn"})
	if !udpOnly {
		all = append(all, door{"relay_listen", "tcp", own, "turn"})
	}
	if c.RelayTLSListen != "" && c.TLSCert == "" {
		all = append(all, door{"relay_tls_listen", "tcp", c.RelayTLSListen, "turn"})
	} else if c.RelayTLSListen != "" {
		all = append(all, door{"relay_tls_listen", "tcp", c.RelayTLSListen, "turn-tls"})
	}
	if c.HTTPListen != "" {
		all = append(all, door{"http_listen", "tcp", c.HTTPListen, "redirect"})
	}
	return all
}

// ports tells of each door whether it is free, or the server's already.
func (x *examination) ports(ctx context.Context) {
	for _, d := range x.doors() {
		name := strings.ToUpper(d.network) + " " + d.at
		err := bind(d)
		switch {
		case err == nil:
			x.tell.amber("port", "Start the server.", "Nothing listens at %s: it is free for the server, which does not run.", name)
		case errors.Is(err, syscall.EADDRINUSE) && x.ours(ctx, d):
			x.tell.green("port", "The server listens at %s.", name)
		case errors.Is(err, syscall.EADDRINUSE):
			x.tell.red("port", "Stop what listens there, or change the setting "+d.setting+".", "Something else than this server listens at %s.", name)
		case errors.Is(err, fs.ErrPermission):
			x.tell.red("port", "Give it the right: with systemd AmbientCapabilities=CAP_NET_BIND_SERVICE; or look as the server's own user.", "This user may not listen at %s.", name)
		default:
			x.tell.red("port", "See that the address is one of this machine's; correct the setting "+d.setting+".", "Nobody can listen at %s: %s", name, plain(err))
		}
	}
}

// bind listens for a moment.
func bind(d door) error {
	if d.network == "udp" {
		p, err := net.ListenPacket("udp", d.at)
		if err != nil {
			return err
		}
		return p.Close()
	}
	l, err := net.Listen("tcp", d.at)
	if err != nil {
		return err
	}
	return l.Close()
}

// ours tells whether it is this server that listens.
func (x *examination) ours(ctx context.Context, d door) bool {
	ctx, cancel := soon(ctx)
	defer cancel()
	at := nearby(d.at)
	switch d.speaks {
	case "turn":
		return answersTURN(ctx, way{"turn-" + d.network, d.network, at})
	case "turn-tls":
		return answersTURN(ctx, way{"turn-tls", "tls", at})
	case "redirect":
		return strings.HasPrefix(asks(ctx, "http://"+at+"/join").Get("Location"), strings.TrimSuffix(x.cfg.BaseURL, "/")+"/")
	}
	scheme := "http://"
	if strings.HasPrefix(x.cfg.BaseURL, "https:") && !x.cfg.BehindProxy {
		scheme = "https://"
	}
	// The pre-flight page's question: its answer has a type and a policy of ours.
	h := asks(ctx, scheme+at+"/api/v1/check")
	return h.Get("Content-Type") == "application/json" && h.Get("Content-Security-Policy") != ""
}

func answersTURN(ctx context.Context, w way) bool {
	conn, _, err := dial(ctx, w)
	if err != nil {
		return false
	}
	defer conn.Close()
	_, err = ask(ctx, conn, w)
	return err == nil
}

// asks gives the headers of an answer; none: there was no answer.
func asks(ctx context.Context, address string) http.Header {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}} // whether it is good is another line
	defer transport.CloseIdleConnections()
	res, err := transport.RoundTrip(req)
	if err != nil {
		return nil
	}
	_ = res.Body.Close()
	return res.Header
}

// nearby is where this machine reaches what listens on every address.
func nearby(listen string) string {
	host, port, _ := net.SplitHostPort(listen)
	a, err := netip.ParseAddr(host)
	switch {
	case host == "" || (err == nil && a.IsUnspecified() && a.Is4()):
		return net.JoinHostPort("127.0.0.1", port)
	case err == nil && a.IsUnspecified():
		return net.JoinHostPort("::1", port)
	}
	return listen
}
