package live

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/netip"
	"strings"

	"tasuke/internal/assist"
	"tasuke/internal/fault"
	"tasuke/internal/wire"
)

// Limits of what passes from browser to browser.
const (
	maxSDP        = 64 << 10 // bytes
	maxCandidates = 50       // in one description
	maxCandidate  = 1024     // bytes
)

// Faults of signals.
var (
	errSDP       = fault.New(fault.Invalid, "description_refused", "The browser's connection offer is not one that a view-only help session makes.", "Reload the page; if it happens again, try another browser.")
	errCandidate = fault.New(fault.Invalid, "candidate_refused", "The browser's network address is not one that can be passed on.", "Reload the page; if it happens again, try another browser.")
)

// passed is a signal on the bus.
type passed struct {
	To     string      `json:"to"` // the page it is meant for
	Signal wire.Signal `json:"signal"`
}

// signalTopic is where signals for a seat are published.
func signalTopic(id assist.SessionID, seat assist.Seat) string {
	return "signal/" + string(id) + "/" + string(seat)
}

// decode reads one message, refusing members that do not exist and anything
// behind the message.
func decode[M any](b []byte) (m M, err error) {
	var none M
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return none, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return none, errors.New("more than one message")
	}
	return m, nil
}

// pass checks a signal and hands it to the other seat. Nothing passes before both
// have said yes.
func (s *socket) pass(ctx context.Context, m wire.Signal) error {
	sc, seat, err := s.live.Desk.See(ctx, s.who, s.session)
	if err != nil {
		return err
	}
	switch {
	case sc.Session.State == assist.Ended:
		return assist.ErrEnded
	case !sc.Session.State.Linked() || sc.Session.Party(seat).SocketID != s.id:
		return assist.ErrNotNow
	}
	m, pass, err := filter(m, seat, sc.Org.Settings.RelayOnly)
	if err != nil || !pass {
		return err
	}
	to := m.Page
	m.Page = s.page
	b, err := json.Marshal(passed{To: to, Signal: m})
	if err != nil {
		return err
	}
	return s.live.Bus.Publish(ctx, signalTopic(s.session, seat.Other()), b)
}

// deliver sends a signal on unless it was meant for an earlier page of this seat.
func (s *socket) deliver(ctx context.Context, b []byte) error {
	var p passed
	if err := json.Unmarshal(b, &p); err != nil {
		return err
	}
	if p.To != s.page {
		return nil
	}
	return s.send(ctx, wire.FromServer{Type: "signal", Signal: &p.Signal})
}

// filter lets through what a view-only session needs: the sharer offers video it
// sends, the helper answers that it receives; with relayOnly no address but the
// relay's. pass false drops a signal silently.
func filter(m wire.Signal, from assist.Seat, relayOnly bool) (out wire.Signal, pass bool, err error) {
	in := m
	m = wire.Signal{Page: m.Page, Kind: m.Kind, SDP: m.SDP, Candidate: m.Candidate, Mid: m.Mid}
	switch m.Kind {
	case "pictures", "video", "beat":
		return standIn(in, from)
	case "offer", "answer":
		if (m.Kind == "offer") != (from == assist.Sharer) {
			return m, false, assist.ErrWrongSeat
		}
		m.Round = in.Round
		m.SDP, err = filterSDP(m.SDP, from, relayOnly)
		return m, true, err
	case "candidate":
		if m.Candidate == "" {
			return m, true, nil
		}
		relayed, err := checkCandidate(m.Candidate)
		return m, relayed || !relayOnly, err
	case "restart":
		if from != assist.Helper {
			return m, false, assist.ErrWrongSeat
		}
		m.SDP, m.Candidate, m.Mid = "", "", ""
		return m, true, nil
	}
	return m, false, fault.ErrInvalid
}

// standIn checks what stands in for the connection between the browsers.
func standIn(m wire.Signal, from assist.Seat) (out wire.Signal, pass bool, err error) {
	out = wire.Signal{Page: m.Page, Kind: m.Kind}
	switch {
	case m.Kind == "pictures" && (m.Why == "webrtc_missing" || m.Why == "unreachable" || m.Why == "lost") && isHalf(m.Key):
		out.Why, out.Key = m.Why, m.Key
	case m.Kind == "video" && from == assist.Helper:
	case m.Kind == "video":
		return out, false, assist.ErrWrongSeat
	case m.Kind == "beat" && m.Beat != nil && assist.Surface(m.Beat.Surface).Known():
		out.Beat = m.Beat
	default:
		return out, false, fault.ErrInvalid
	}
	return out, true, nil
}

// isHalf reports whether a text is an uncompressed point of P-256, as far as its
// length and first byte tell (SEC 1 section 2.3.3).
func isHalf(key string) bool {
	const uncompressed, length = 4, 65
	b, err := base64.StdEncoding.DecodeString(key)
	return err == nil && len(b) == length && b[0] == uncompressed
}

// filterSDP checks a session description (RFC 8866, RFC 8829) line by line.
func filterSDP(sdp string, from assist.Seat, relayOnly bool) (string, error) {
	if len(sdp) > maxSDP || !strings.HasPrefix(sdp, "v=0") {
		return "", errSDP
	}
	var out strings.Builder
	var sections sections
	candidates := 0
	for line := range strings.Lines(sdp) {
		text := strings.TrimRight(line, "\r\n")
		switch {
		case strings.HasPrefix(text, "m="):
			sections.begin(text)
		case strings.HasPrefix(text, "a=candidate:"):
			candidates++
			relayed, err := checkCandidate(strings.TrimPrefix(text, "a="))
			if err != nil {
				return "", err
			}
			if relayOnly && !relayed {
				continue
			}
		case strings.HasPrefix(text, "a=identity"):
			return "", errSDP
		default:
			sections.attribute(text)
		}
		out.WriteString(line)
	}
	if candidates > maxCandidates || !sections.fit(from) {
		return "", errSDP
	}
	return out.String(), nil
}

// sections counts the media sections of a description and notes what the video
// one wants to do.
type sections struct {
	video, data, other int
	inVideo            bool   // the lines now read belong to the video section
	direction          string // of the video section
}

func (s *sections) begin(line string) {
	s.inVideo = strings.HasPrefix(line, "m=video ")
	switch {
	case s.inVideo:
		s.video++
		s.direction = "a=sendrecv" // the default, RFC 8866 section 6.7
	case strings.HasPrefix(line, "m=application "):
		s.data++
	default:
		s.other++
	}
}

func (s *sections) attribute(line string) {
	switch line {
	case "a=sendonly", "a=recvonly", "a=inactive", "a=sendrecv":
		if s.inVideo {
			s.direction = line
		}
	}
}

// fit reports whether the description is one that the seat makes: at most one
// video and one data section, and no media from the helper.
func (s *sections) fit(from assist.Seat) bool {
	if s.video > 1 || s.data > 1 || s.other > 0 || s.video+s.data == 0 {
		return false
	}
	want := "a=sendonly"
	if from == assist.Helper {
		want = "a=recvonly"
	}
	return s.video == 0 || s.direction == want || s.direction == "a=inactive"
}

// checkCandidate checks one candidate line (RFC 8839 section 5.1) and tells
// whether its address is the relay's.
func checkCandidate(c string) (relayed bool, err error) {
	f := strings.Fields(strings.TrimPrefix(c, "candidate:"))
	const fixed = 8 // foundation component transport priority address port "typ" type
	if len(c) > maxCandidate || len(f) < fixed || f[6] != "typ" {
		return false, errCandidate
	}
	if _, err := netip.ParseAddr(f[4]); err != nil && !strings.HasSuffix(f[4], ".local") {
		return false, errCandidate
	}
	switch f[7] {
	case "host", "srflx", "prflx":
		return false, nil
	case "relay":
		return true, nil
	}
	return false, errCandidate
}
