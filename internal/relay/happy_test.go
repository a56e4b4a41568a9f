package relay

import (
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pion/stun/v4"
	"github.com/pion/webrtc/v4"

	"tasuke/internal/relay/attack"
)

func TestSeatsExchangePackets(t *testing.T) {
	for _, networks := range [][2]string{{"udp", "udp"}, {"tcp", "tcp"}, {"udp", "tcp"}} {
		t.Run(networks[0]+"-"+networks[1], func(t *testing.T) {
			w := newWorld(t, nil)
			a := w.join(t, networks[0], "s1", "helper")
			b := w.join(t, networks[1], "s1", "sharer")
			if !relayBlock.Contains(a.Relayed.Addr()) || a.Relayed.Addr() == b.Relayed.Addr() {
				t.Fatalf("relayed addresses %v and %v", a.Relayed, b.Relayed)
			}
			connect(t, a, b)
			a.Indicate(b.Relayed, attack.DTLS("by indication"))
			if !b.Arrives("by indication", patience) {
				t.Fatal("indication did not arrive")
			}
			if code := b.Bind(0x4000, a.Relayed); code != 0 {
				t.Fatalf("channel: %d", code)
			}
			b.Send(attack.ChannelData(0x4000, attack.DTLS("by channel")))
			if !a.Arrives("by channel", patience) {
				t.Fatal("channel data did not arrive")
			}
			eventually(t, "counted", func() bool {
				s := w.Stats()
				return s.RelayedPackets == 2 && s.RelayedBytes == int64(len("\x16by indication\x16by channel")) && s.Allocations == 2 && s.RefusedPeers == 0
			})
			eventually(t, "two allocations heard of", func() bool { return w.heard(Allocated) == 2 })
		})
	}
}

func TestBindingTellsTheReflexiveAddress(t *testing.T) {
	for _, network := range []string{"udp", "tcp"} {
		p := newWorld(t, nil).dial(t, network)
		res := p.Exchange(stun.MustBuild(stun.TransactionID, stun.BindingRequest), patience)
		var at stun.XORMappedAddress
		if res == nil || at.GetFrom(res) != nil || at.String() != p.Conn.LocalAddr().String() {
			t.Errorf("%s: got %v, want %v", network, at, p.Conn.LocalAddr())
		}
	}
}

func TestListensOnIPv6(t *testing.T) {
	for _, network := range []string{"udp", "tcp"} {
		w := newWorld(t, func(o *Options, _ *limits) { o.Listen = "[::1]:0" })
		if want := fmt.Sprintf("turn:[::1]:%d?transport=udp", w.Port()); w.URLs()[1] != want {
			t.Errorf("URL %s, want %s", w.URLs()[1], want)
		}
		a, b := w.join(t, network, "s1", "helper"), w.join(t, network, "s1", "sharer")
		connect(t, a, b)
		a.Indicate(b.Relayed, attack.DTLS("over six"))
		if !b.Arrives("over six", patience) {
			t.Errorf("%s: nothing arrived", network)
		}
		c := w.dial(t, network)
		c.as(w.credentials(t, "s2", "helper"))
		if code := c.Allocate(attack.Attr(stun.AttrRequestedAddressFamily, 2, 0, 0, 0)); code != 440 {
			t.Errorf("%s: asking for an IPv6 relay answered %d, want 440", network, code)
		}
	}
}

func TestURLsAreThoseGivenOrThoseListenedOn(t *testing.T) {
	given := []string{"turns:help.example.org:443?transport=tcp"}
	w := newWorld(t, func(o *Options, _ *limits) { o.URLs = given })
	if got := w.credentials(t, "s1", "helper").URLs; !slices.Equal(got, given) {
		t.Errorf("told %v", got)
	}
	w = newWorld(t, nil)
	at := fmt.Sprintf("127.0.0.1:%d", w.Port())
	if got := w.URLs(); !slices.Equal(got, []string{"stun:" + at, "turn:" + at + "?transport=udp", "turn:" + at + "?transport=tcp"}) {
		t.Errorf("told %v", got)
	}
	if r, err := Start(Options{Listen: ":0", Live: func(string) bool { return true }}); err == nil {
		t.Error("a wildcard without URLs was accepted", r.Close())
	}
}

func TestStartSaysWhatIsWrong(t *testing.T) {
	w := newWorld(t, nil)
	live := func(string) bool { return true }
	for name, o := range map[string]Options{
		"no Live": {Listen: "127.0.0.1:0"}, "no address": {Live: live}, "taken": {Listen: w.server("udp").String(), Live: live},
	} {
		if r, err := Start(o); err == nil {
			t.Errorf("%s: started", name)
			_ = r.Close()
		}
	}
}

// peerConnection is a browser's stand-in that uses nothing but the relay.
func peerConnection(t *testing.T, w *world, seat, transport string) *webrtc.PeerConnection {
	t.Helper()
	c := w.credentials(t, "s1", seat)
	var urls []string
	for _, u := range c.URLs {
		if strings.HasSuffix(u, transport) {
			urls = append(urls, u)
		}
	}
	pc, err := webrtc.NewPeerConnection(webrtc.Configuration{
		ICEServers:         []webrtc.ICEServer{{URLs: urls, Username: c.Username, Credential: c.Password}},
		ICETransportPolicy: webrtc.ICETransportPolicyRelay,
	})
	if err != nil {
		t.Fatal(err)
	}
	return pc
}

func TestWebRTCRelayOnly(t *testing.T) {
	for _, transport := range []string{"udp", "tcp"} {
		t.Run(transport, func(t *testing.T) {
			w := newWorld(t, nil)
			helper, sharer := peerConnection(t, w, "helper", transport), peerConnection(t, w, "sharer", transport)
			defer func() {
				_, _ = helper.GracefulClose(), sharer.GracefulClose()
			}()
			got := make(chan string, 2)
			sharer.OnDataChannel(func(d *webrtc.DataChannel) {
				d.OnMessage(func(m webrtc.DataChannelMessage) {
					got <- string(m.Data)
					_ = d.SendText("back")
				})
			})
			channel, err := helper.CreateDataChannel("chat", nil)
			if err != nil {
				t.Fatal(err)
			}
			channel.OnOpen(func() { _ = channel.SendText("there") })
			channel.OnMessage(func(m webrtc.DataChannelMessage) { got <- string(m.Data) })
			negotiate(t, helper, sharer)
			for _, want := range []string{"there", "back"} {
				select {
				case text := <-got:
					if text != want {
						t.Fatalf("got %q, want %q", text, want)
					}
				case <-time.After(4 * patience):
					t.Fatalf("no message %q; stats %+v", want, w.Stats())
				}
			}
			if n := w.Stats().Allocations; n != 2 {
				t.Errorf("%d allocations, want 2", n)
			}
		})
	}
}

// negotiate connects two peer connections with complete descriptions.
func negotiate(t *testing.T, a, b *webrtc.PeerConnection) {
	t.Helper()
	offer, err := a.CreateOffer(nil)
	if err != nil {
		t.Fatal(err)
	}
	gathered := webrtc.GatheringCompletePromise(a)
	if err := a.SetLocalDescription(offer); err != nil {
		t.Fatal(err)
	}
	<-gathered
	if err := b.SetRemoteDescription(*a.LocalDescription()); err != nil {
		t.Fatal(err)
	}
	answer, err := b.CreateAnswer(nil)
	if err != nil {
		t.Fatal(err)
	}
	gathered = webrtc.GatheringCompletePromise(b)
	if err := b.SetLocalDescription(answer); err != nil {
		t.Fatal(err)
	}
	<-gathered
	if err := a.SetRemoteDescription(*b.LocalDescription()); err != nil {
		t.Fatal(err)
	}
	for _, pc := range []*webrtc.PeerConnection{a, b} {
		if strings.Contains(pc.LocalDescription().SDP, "typ host") || !strings.Contains(pc.LocalDescription().SDP, "typ relay") {
			t.Fatalf("not relay only:\n%s", pc.LocalDescription().SDP)
		}
	}
}

// TestSlowLiveHoldsUpNobody: the question about one session's life must not
// stop the packets of others.
func TestSlowLiveHoldsUpNobody(t *testing.T) {
	for _, network := range []string{"udp", "tcp"} {
		release := make(chan struct{})
		asked := make(chan struct{}, 16)
		w := newWorld(t, func(o *Options, _ *limits) {
			o.Live = func(session string) bool {
				if session == "slow" {
					asked <- struct{}{}
					<-release
				}
				return true
			}
		})
		a, b := w.join(t, network, "s1", "helper"), w.join(t, network, "s1", "sharer")
		connect(t, a, b)
		slow := w.dial(t, network)
		slow.as(w.credentials(t, "slow", "helper"))
		answered := make(chan int, 1)
		go func() { answered <- slow.Allocate() }()
		<-asked
		a.Indicate(b.Relayed, attack.DTLS("meanwhile"))
		if !b.Arrives("meanwhile", patience) {
			t.Errorf("%s: a slow answer stopped another session", network)
		}
		close(release)
		if code := <-answered; code != 0 {
			t.Errorf("%s: the slow session was answered %d", network, code)
		}
	}
}

func TestCloseEndsConnections(t *testing.T) {
	w := newWorld(t, nil)
	a := w.join(t, "tcp", "s1", "helper")
	idle := w.dial(t, "tcp")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, p := range []*peer{a, idle} {
		_ = p.Raw.SetReadDeadline(time.Now().Add(patience))
		if n, err := p.Raw.Read(make([]byte, 1)); err == nil || isTimeout(err) {
			t.Errorf("connection is open after Close: %d, %v", n, err)
		}
	}
	if c, err := net.Dial("tcp", w.server("tcp").String()); err == nil {
		_ = c.Close()
		t.Error("listens after Close")
	}
	w.End("s1")
	if s := w.Stats(); s.Allocations != 0 || s.Connections != 0 {
		t.Errorf("left behind: %+v", s)
	}
}
