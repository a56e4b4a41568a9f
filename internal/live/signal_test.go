package live

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"tasuke/internal/assist"
	"tasuke/internal/wire"
)

// sdp builds a description from its sections.
func sdp(lines ...string) string {
	return "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n" + strings.Join(lines, "\r\n") + "\r\n"
}

const (
	video = "m=video 9 UDP/TLS/RTP/SAVPF 96"
	data  = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel"
	audio = "m=audio 9 UDP/TLS/RTP/SAVPF 111"

	hostCandidate  = "candidate:1 1 udp 2122260223 192.0.2.7 50000 typ host generation 0"
	mdnsCandidate  = "candidate:1 1 udp 2122260223 6f2c.local 50000 typ host"
	relayCandidate = "candidate:2 1 udp 41885695 198.18.0.1 40000 typ relay raddr 0.0.0.0 rport 0"
)

// half has the shape of an uncompressed point of P-256.
var half = base64.StdEncoding.EncodeToString(append([]byte{4}, make([]byte, 64)...))

func TestFilter(t *testing.T) {
	tests := []struct {
		name      string
		from      assist.Seat
		in        wire.Signal
		relayOnly bool
		ok, pass  bool
	}{
		{"sharer offers", assist.Sharer, wire.Signal{Kind: "offer", SDP: sdp(video, "a=sendonly", data)}, false, true, true},
		{"data section first", assist.Sharer, wire.Signal{Kind: "offer", SDP: sdp(data, video, "a=sendonly")}, false, true, true},
		{"helper answers", assist.Helper, wire.Signal{Kind: "answer", SDP: sdp(video, "a=recvonly", data)}, false, true, true},
		{"helper refuses video", assist.Helper, wire.Signal{Kind: "answer", SDP: sdp(video, "a=inactive", data)}, false, true, true},
		{"helper offers", assist.Helper, wire.Signal{Kind: "offer", SDP: sdp(video, "a=recvonly")}, false, false, false},
		{"sharer answers", assist.Sharer, wire.Signal{Kind: "answer", SDP: sdp(video, "a=sendonly")}, false, false, false},
		{"helper sends video", assist.Helper, wire.Signal{Kind: "answer", SDP: sdp(video, "a=sendrecv", data)}, false, false, false},
		{"helper sends video by default", assist.Helper, wire.Signal{Kind: "answer", SDP: sdp(video, data)}, false, false, false},
		{"direction hidden in the data section", assist.Helper, wire.Signal{Kind: "answer", SDP: sdp(video, data, "a=recvonly")}, false, false, false},
		{"sharer receives video", assist.Sharer, wire.Signal{Kind: "offer", SDP: sdp(video, "a=sendrecv")}, false, false, false},
		{"audio", assist.Sharer, wire.Signal{Kind: "offer", SDP: sdp(audio, "a=sendonly", video, "a=sendonly")}, false, false, false},
		{"two videos", assist.Sharer, wire.Signal{Kind: "offer", SDP: sdp(video, "a=sendonly", video, "a=sendonly")}, false, false, false},
		{"identity", assist.Sharer, wire.Signal{Kind: "offer", SDP: sdp("a=identity:x", video, "a=sendonly")}, false, false, false},
		{"no sections", assist.Sharer, wire.Signal{Kind: "offer", SDP: sdp()}, false, false, false},
		{"too long", assist.Sharer, wire.Signal{Kind: "offer", SDP: sdp(video, "a=sendonly", "a="+strings.Repeat("x", maxSDP))}, false, false, false},
		{"too many candidates", assist.Sharer, wire.Signal{Kind: "offer", SDP: sdp(video, "a=sendonly", strings.Repeat("a="+hostCandidate+"\r\n", maxCandidates+1))}, false, false, false},
		{"not a description", assist.Sharer, wire.Signal{Kind: "offer", SDP: "hello"}, false, false, false},
		{"candidate", assist.Helper, wire.Signal{Kind: "candidate", Candidate: hostCandidate}, false, true, true},
		{"mdns candidate", assist.Helper, wire.Signal{Kind: "candidate", Candidate: mdnsCandidate}, false, true, true},
		{"end of candidates", assist.Helper, wire.Signal{Kind: "candidate"}, true, true, true},
		{"host candidate, relay only", assist.Helper, wire.Signal{Kind: "candidate", Candidate: hostCandidate}, true, true, false},
		{"relay candidate, relay only", assist.Helper, wire.Signal{Kind: "candidate", Candidate: relayCandidate}, true, true, true},
		{"candidate with a host name", assist.Helper, wire.Signal{Kind: "candidate", Candidate: strings.Replace(hostCandidate, "192.0.2.7", "evil.example", 1)}, false, false, false},
		{"candidate of no type", assist.Helper, wire.Signal{Kind: "candidate", Candidate: "candidate:1 1 udp 1 192.0.2.7 5"}, false, false, false},
		{"candidate too long", assist.Helper, wire.Signal{Kind: "candidate", Candidate: hostCandidate + strings.Repeat(" x", maxCandidate)}, false, false, false},
		{"helper asks for a restart", assist.Helper, wire.Signal{Kind: "restart"}, false, true, true},
		{"sharer asks for a restart", assist.Sharer, wire.Signal{Kind: "restart"}, false, false, false},
		{"pictures", assist.Sharer, wire.Signal{Kind: "pictures", Why: "unreachable", Key: half}, true, true, true},
		{"pictures for no reason of ours", assist.Sharer, wire.Signal{Kind: "pictures", Why: "because", Key: half}, false, false, false},
		{"pictures without a key", assist.Sharer, wire.Signal{Kind: "pictures", Why: "lost"}, false, false, false},
		{"pictures with half a key", assist.Sharer, wire.Signal{Kind: "pictures", Why: "lost", Key: half[:40]}, false, false, false},
		{"helper has video again", assist.Helper, wire.Signal{Kind: "video"}, false, true, true},
		{"sharer has video again", assist.Sharer, wire.Signal{Kind: "video"}, false, false, false},
		{"beat", assist.Helper, wire.Signal{Kind: "beat", Beat: &wire.Beat{Seq: 1, Surface: "window"}}, false, true, true},
		{"beat of an unknown surface", assist.Sharer, wire.Signal{Kind: "beat", Beat: &wire.Beat{Surface: "keyboard"}}, false, false, false},
		{"beat without any", assist.Sharer, wire.Signal{Kind: "beat"}, false, false, false},
		{"unknown", assist.Sharer, wire.Signal{Kind: "keyboard"}, false, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, pass, err := filter(tt.in, tt.from, tt.relayOnly)
			if (err == nil) != tt.ok || (err == nil && pass != tt.pass) {
				t.Errorf("pass %v, error %v; want pass %v, ok %v", pass, err, tt.pass, tt.ok)
			}
		})
	}
}

func TestRelayOnlyStripsAddresses(t *testing.T) {
	in := wire.Signal{Kind: "offer", SDP: sdp(video, "a=sendonly", "a="+hostCandidate, "a="+relayCandidate)}
	out, _, err := filter(in, assist.Sharer, true)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.SDP, "192.0.2.7") || !strings.Contains(out.SDP, relayCandidate) {
		t.Errorf("left:\n%s", out.SDP)
	}
}

func FuzzDescription(f *testing.F) {
	f.Add(sdp(video, "a=sendonly", data, "a="+hostCandidate))
	f.Add("v=0\nm=video \na=sendonly")
	f.Fuzz(func(t *testing.T, in string) {
		out, err := filterSDP(in, assist.Sharer, true)
		if err != nil {
			return
		}
		if len(out) > len(in) || strings.Contains(out, "typ host") && strings.Contains(out, "\na=candidate") && hostLeft(out) {
			t.Errorf("an address is left in\n%s", out)
		}
		if again, err := filterSDP(out, assist.Sharer, true); err != nil || again != out {
			t.Errorf("filtering twice changes: %v", err)
		}
	})
}

// hostLeft reports a candidate line that is not the relay's.
func hostLeft(sdp string) bool {
	for line := range strings.Lines(sdp) {
		if c, ok := strings.CutPrefix(strings.TrimSpace(line), "a=candidate:"); ok && !strings.Contains(c, "typ relay") {
			return true
		}
	}
	return false
}

func FuzzCandidate(f *testing.F) {
	f.Add(hostCandidate)
	f.Add(relayCandidate)
	f.Add("candidate:")
	f.Fuzz(func(t *testing.T, in string) {
		if relayed, err := checkCandidate(in); relayed && (err != nil || !strings.Contains(in, "relay")) {
			t.Errorf("%q counts as the relay's", in)
		}
	})
}

func FuzzMessage(f *testing.F) {
	f.Add([]byte(`{"type":"attach","attach":{"session":"x","page":"0123456789abcdef","takeover":false,"chatFrom":0}}`))
	f.Add([]byte(`{"type":"say","say":{"id":"0123456789abcdef","text":"こんにちは"}}`))
	f.Add([]byte(`{"type":"signal","signal":{"page":"p","kind":"offer","sdp":"v=0"}}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		m, err := decode[wire.FromBrowser](in)
		if err != nil {
			return
		}
		b, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := decode[wire.FromBrowser](b); err != nil {
			t.Errorf("%s does not survive a round trip: %v", in, err)
		}
	})
}
