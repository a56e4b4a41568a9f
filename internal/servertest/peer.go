package servertest

import (
	"fmt"
	"sync/atomic"
	"time"

	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media"

	"tasuke/internal/wire"
)

// Peer is one seat's real WebRTC peer: it negotiates as the pages do.
type Peer struct {
	s      *Socket
	pc     *webrtc.PeerConnection
	beat   *webrtc.DataChannel
	track  *webrtc.TrackLocalStaticSample // the sharer's
	frames atomic.Int64                   // packets received, the helper's
	beats  atomic.Int64
}

// Connect makes the peer that the seat's snapshot calls for. relay forces both
// directions through the relay.
func (s *Socket) Connect(relay bool) *Peer {
	s.p.w.t.Helper()
	snap := s.Wait("a link and the other page", func(v wire.Snapshot) bool { return v.Link != nil && v.Peer != nil && v.Peer.Page != "" })
	cfg := webrtc.Configuration{}
	for _, i := range snap.Link.ICEServers {
		cfg.ICEServers = append(cfg.ICEServers, webrtc.ICEServer{URLs: i.URLs, Username: i.Username, Credential: i.Credential})
	}
	if relay {
		cfg.ICETransportPolicy = webrtc.ICETransportPolicyRelay
	}
	engine := webrtc.SettingEngine{}
	engine.SetIncludeLoopbackCandidate(true)
	pc, err := webrtc.NewAPI(webrtc.WithSettingEngine(engine), webrtc.WithMediaEngine(codecs())).NewPeerConnection(cfg)
	if err != nil {
		s.p.w.t.Fatal(err)
	}
	p := &Peer{s: s, pc: pc}
	s.p.w.t.Cleanup(func() { _ = pc.Close() })
	p.prepare(snap)
	s.onSignal(p.signal)
	if snap.Seat == "sharer" {
		p.offer()
	}
	return p
}

func codecs() *webrtc.MediaEngine {
	m := &webrtc.MediaEngine{}
	if err := m.RegisterDefaultCodecs(); err != nil {
		panic(err) // the library's own list
	}
	return m
}

// prepare adds the data channel and, for the sharer, the video it will send.
func (p *Peer) prepare(snap wire.Snapshot) {
	t := p.s.p.w.t
	t.Helper()
	negotiated, id, ordered := true, uint16(0), false
	var err error
	if p.beat, err = p.pc.CreateDataChannel("beat", &webrtc.DataChannelInit{Negotiated: &negotiated, ID: &id, Ordered: &ordered}); err != nil {
		t.Fatal(err)
	}
	p.beat.OnMessage(func(webrtc.DataChannelMessage) { p.beats.Add(1) })
	p.pc.OnICECandidate(func(c *webrtc.ICECandidate) {
		m := wire.Signal{Page: snap.Peer.Page, Kind: "candidate"}
		if c != nil {
			m.Candidate = c.ToJSON().Candidate
		}
		p.s.Send(wire.FromBrowser{Type: "signal", Signal: &m})
	})
	p.pc.OnTrack(func(track *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		for {
			if _, _, err := track.ReadRTP(); err != nil {
				return
			}
			p.frames.Add(1)
		}
	})
	if snap.Seat != "sharer" {
		return
	}
	if p.track, err = webrtc.NewTrackLocalStaticSample(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8}, "screen", "screen"); err != nil {
		t.Fatal(err)
	}
	if _, err := p.pc.AddTransceiverFromTrack(p.track, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly}); err != nil {
		t.Fatal(err)
	}
}

func (p *Peer) offer() {
	t := p.s.p.w.t
	t.Helper()
	d, err := p.pc.CreateOffer(nil)
	if err == nil {
		err = p.pc.SetLocalDescription(d)
	}
	if err != nil {
		t.Fatal(err)
	}
	p.send("offer", d.SDP)
}

func (p *Peer) send(kind, sdp string) {
	p.s.mu.Lock()
	page := p.s.snap.Peer.Page
	p.s.mu.Unlock()
	p.s.Send(wire.FromBrowser{Type: "signal", Signal: &wire.Signal{Page: page, Kind: kind, SDP: sdp}})
}

// signal handles what the other peer sends. It is called from the socket's
// reader, under its lock, so the work goes elsewhere, in order.
func (p *Peer) signal(m wire.Signal) {
	go func() {
		if err := p.handle(m); err != nil && p.pc.ConnectionState() != webrtc.PeerConnectionStateClosed {
			p.s.p.w.t.Errorf("%s of the other peer: %v", m.Kind, err)
		}
	}()
}

func (p *Peer) handle(m wire.Signal) error {
	switch m.Kind {
	case "offer":
		if err := p.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: m.SDP}); err != nil {
			return err
		}
		d, err := p.pc.CreateAnswer(nil)
		if err != nil {
			return err
		}
		if err := p.pc.SetLocalDescription(d); err != nil {
			return err
		}
		p.s.Send(wire.FromBrowser{Type: "signal", Signal: &wire.Signal{Page: m.Page, Kind: "answer", SDP: d.SDP, Round: m.Round}})
		return nil
	case "answer":
		return p.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: m.SDP})
	case "candidate":
		return p.candidate(m)
	}
	return fmt.Errorf("unknown signal %q", m.Kind)
}

// candidate waits until there is a description to add it to.
func (p *Peer) candidate(m wire.Signal) error {
	deadline := time.Now().Add(patience)
	for p.pc.RemoteDescription() == nil {
		if time.Now().After(deadline) {
			return fmt.Errorf("no description came before the candidates")
		}
		time.Sleep(time.Millisecond)
	}
	if m.Candidate == "" {
		return nil
	}
	return p.pc.AddICECandidate(webrtc.ICECandidateInit{Candidate: m.Candidate, SDPMid: &m.Mid})
}

// WaitConnected waits for the data channel.
func (p *Peer) WaitConnected() {
	p.s.p.w.t.Helper()
	p.s.p.w.Eventually("the peers connect", func() error {
		if p.beat.ReadyState() == webrtc.DataChannelStateOpen {
			return nil
		}
		return fmt.Errorf("connection %s, channel %s", p.pc.ConnectionState(), p.beat.ReadyState())
	})
}

// Relayed reports whether the pair in use goes through the relay on both sides.
func (p *Peer) Relayed() bool {
	for _, s := range p.pc.GetStats() {
		pair, ok := s.(webrtc.ICECandidatePairStats)
		if !ok || !pair.Nominated || pair.State != webrtc.StatsICECandidatePairStateSucceeded {
			continue
		}
		local, ok := p.pc.GetStats()[pair.LocalCandidateID].(webrtc.ICECandidateStats)
		return ok && local.CandidateType == webrtc.ICECandidateTypeRelay
	}
	return false
}

// Picture sends video samples until the helper's peer has received some.
func (p *Peer) Picture(to *Peer) {
	p.s.p.w.t.Helper()
	before := to.frames.Load()
	p.s.p.w.Eventually("the picture arrives", func() error {
		err := p.track.WriteSample(media.Sample{Data: []byte("a frame of the shared surface"), Duration: 33 * time.Millisecond})
		if err == nil && to.frames.Load() < before+5 {
			err = fmt.Errorf("%d packets received", to.frames.Load()-before)
		}
		return err
	})
}
