package wire

// PictureMessage is a text message on the WebSocket /live/pictures, which exists
// while the browsers cannot reach each other. Type says which member is set.
// Pictures themselves are binary messages (see live.Picture).
type PictureMessage struct {
	Type   string         `json:"type" enum:"attach,want" doc:"attach: the first message of a page. want: from the helper's page, passed on to the sharer's"`
	Attach *PictureAttach `json:"attach,omitempty"`
	Want   *Want          `json:"want,omitempty"`
}

// PictureAttach says which page this is; it must hold a seat already.
type PictureAttach struct {
	Session string `json:"session" format:"uuid"`
	Page    string `json:"page" minLength:"16" maxLength:"64" doc:"Name of the page that holds the seat" example:"b3f1c2d4e5a69788"`
}

// Want asks for one picture. Nothing is sent that was not asked for, so that a
// slow helper never has pictures waiting.
type Want struct {
	After   int64    `json:"after" doc:"Number of the last picture shown; 0: none"`
	Whole   bool     `json:"whole" doc:"Only a picture that stands alone will do"`
	Formats []string `json:"formats" enum:"jpeg,webp,vp8" doc:"What this browser can show"`
}
