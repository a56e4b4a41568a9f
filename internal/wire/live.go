package wire

import "time"

// FromBrowser is a message from the page to the server over the WebSocket. Type
// says which member is set.
type FromBrowser struct {
	Type       string      `json:"type" enum:"attach,signal,say,heartbeat,connection,bye"`
	Attach     *Attach     `json:"attach,omitempty"`
	Signal     *Signal     `json:"signal,omitempty"`
	Say        *Say        `json:"say,omitempty"`
	Heartbeat  *Heartbeat  `json:"heartbeat,omitempty"`
	Connection *Connection `json:"connection,omitempty"`
}

// Attach is the first message of every socket: it takes a seat.
type Attach struct {
	Session  string `json:"session" format:"uuid"`
	Page     string `json:"page" minLength:"16" maxLength:"64" doc:"Random name of this browser document" example:"b3f1c2d4e5a69788"`
	Takeover bool   `json:"takeover" doc:"Take the seat from another window or browser"`
	ChatFrom int64  `json:"chatFrom" doc:"Number of the last chat line this page has; 0: none"`
}

// Signal is a message from browser to browser: RFC 8829 offers and answers,
// RFC 8838 candidates (the sharer offers, the helper answers), and what stands in
// for them while the browsers cannot reach each other.
type Signal struct {
	Page      string `json:"page" doc:"To the server: the page it is meant for. From the server: the page it comes from" maxLength:"64" example:"b3f1c2d4e5a69788"`
	Kind      string `json:"kind" enum:"offer,answer,candidate,restart,pictures,video,beat" doc:"restart: the helper asks the sharer for an ICE restart. pictures: pictures over the WebSocket from now on. video: the helper has video again"`
	SDP       string `json:"sdp,omitempty" maxLength:"65536" doc:"offer, answer" example:"v=0"`
	Round     int64  `json:"round,omitempty" minimum:"0" doc:"offer: its number, from 1; the same when it is sent again. answer: number of the offer it is for" example:"1"`
	Candidate string `json:"candidate,omitempty" maxLength:"1024" doc:"candidate: RTCIceCandidate.candidate; empty ends the candidates" example:"candidate:1 1 udp 2122260223 192.0.2.7 54321 typ host"`
	Mid       string `json:"mid,omitempty" maxLength:"16" doc:"candidate: sdpMid" example:"0"`
	Why       string `json:"why,omitempty" enum:"webrtc_missing,unreachable,lost" doc:"pictures: one browser has no WebRTC, nothing came through between the browsers, or what came through was lost"`
	Key       string `json:"key,omitempty" maxLength:"88" doc:"pictures: this page's half of the key they are encrypted with (ECDH P-256 public key, uncompressed, base 64)" example:"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"`
	Beat      *Beat  `json:"beat,omitempty" doc:"beat: the heartbeat, which has no data channel"`
}

// Beat is the heartbeat of a page.
type Beat struct {
	Seq     int64  `json:"seq" minimum:"0"`
	Sharing bool   `json:"sharing"`
	Paused  bool   `json:"paused"`
	Surface string `json:"surface" enum:",monitor,window,browser"`
}

// Say is a chat line on its way to the server.
type Say struct {
	ID   string `json:"id" minLength:"16" maxLength:"64" doc:"Random, made by the page: a line sent twice is kept once" example:"7"`
	Text string `json:"text" doc:"1 to 4 000 characters" example:"Good morning"`
}

// Heartbeat tells the server when the other browser's heartbeat stops or comes back.
type Heartbeat struct {
	Peer string `json:"peer" enum:"seen,missing"`
}

// Connection tells the server how the browsers are connected, for the report.
type Connection struct {
	Kind string `json:"kind" enum:"direct,relay_udp,relay_tcp,relay_tls,pictures"`
}

// FromServer is a message from the server to the page. Type says which member
// is set.
type FromServer struct {
	Type     string     `json:"type" enum:"snapshot,signal,chat,refused,heard" doc:"heard: your heartbeat message came, and this socket lives"`
	Snapshot *Snapshot  `json:"snapshot,omitempty"`
	Signal   *Signal    `json:"signal,omitempty"`
	Chat     []ChatLine `json:"chat,omitempty" doc:"Lines in order, none twice"`
	Refused  *Refused   `json:"refused,omitempty" doc:"A message of yours was not accepted"`
}

// ChatLine is one line of the thread, in the order the server gave it.
type ChatLine struct {
	Number int64     `json:"number" doc:"1, 2, 3 … within the session"`
	ID     string    `json:"id" doc:"The id its sender made" example:"7"`
	Seat   string    `json:"seat" enum:"helper,sharer"`
	Text   string    `json:"text" example:"Good morning"`
	At     time.Time `json:"at"`
}

// Refused says why a message was not accepted.
type Refused struct {
	Re     string `json:"re" doc:"Type of the refused message" example:"say"`
	ID     string `json:"id,omitempty" doc:"say: the line's id" example:"7"`
	Code   string `json:"code" doc:"Stable code, as in problem details" example:"session_ended"`
	Detail string `json:"detail" example:"This help session has ended."`
	Fix    string `json:"fix,omitempty" example:"Ask for a new code."`
}

// Close codes of the WebSocket (RFC 6455 section 7.4.2: 4000–4999 are private).
const (
	CloseSignInRequired = 4401 // sign in again, then come back
	CloseNotYours       = 4403 // no seat of this session is yours
	CloseNotFound       = 4404 // no such session
	CloseSeatTaken      = 4409 // another page holds the seat: ask, then attach with takeover
	CloseReplaced       = 4410 // another page took the seat over, or this page opened a newer socket
	CloseTooSlow        = 4429 // too many messages, or not reading: come back for a snapshot
	CloseBadMessage     = 4400 // malformed or oversized message
	CloseGoingAway      = 1001 // the server restarts: come back
)
