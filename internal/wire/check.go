package wire

import "time"

// Check is what the pre-flight page needs, for anybody: nothing in it is secret.
type Check struct {
	Now   time.Time `json:"now" doc:"The server's clock"`
	Relay []string  `json:"relay" doc:"Addresses of the relay, as in RTCIceServer.urls, without credentials: that it answers at all is what is looked for" example:"[\"turn:help.example:443?transport=tcp\"]"`
}
