package servertest_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"tasuke/internal/servertest"
	"tasuke/internal/wire"
)

// painted is a picture: a JPEG of 640×480 as far as its head says.
func painted(number byte, text string) []byte {
	b := []byte{1, 1, 1, 0, 0, 0, 0, number, 0x02, 0x80, 0x01, 0xe0}
	return append(b, text+strings.Repeat(".", 32)...)
}

func want(after int64) wire.PictureMessage {
	return wire.PictureMessage{Type: "want", Want: &wire.Want{After: after, Formats: []string{"jpeg"}}}
}

// asks sends a want until it has reached the sharer, whose socket may be younger.
func asks(t *testing.T, helper, sharer *servertest.Pictures) {
	t.Helper()
	heard, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			helper.Say(want(0))
			select {
			case <-heard:
				return
			case <-time.After(200 * time.Millisecond): // pages repeat it as well
			}
		}
	}()
	defer func() { close(heard); <-stopped }()
	var m wire.PictureMessage
	if err := json.Unmarshal(sharer.Next(), &m); err != nil || m.Type != "want" || m.Want == nil || m.Want.Formats[0] != "jpeg" {
		t.Fatalf("the sharer reads %+v, %v", m, err)
	}
}

func TestPicturesPassOnlyWhileSharing(t *testing.T) {
	p := connecting(t)
	sharer := p.sharerLive.Pictures()
	helper := p.helperLive.Pictures()
	asks(t, helper, sharer)
	sharer.Send(painted(1, "too early"))
	p.sharer.Act(p.session, "share", wire.Act{Surface: "window"})
	p.helperLive.WaitState("sharing")
	seen := painted(2, strings.Repeat("seen", 100<<10)) // pictures have more room than words
	sharer.Send(seen)
	if got := helper.Next(); !bytes.Equal(got, seen) {
		t.Errorf("the helper sees %.30q, %d bytes", got, len(got))
	}
	p.sharer.Act(p.session, "pause", wire.Act{})
	sharer.Send(painted(3, "while paused"))
	p.sharer.Act(p.session, "resume", wire.Act{})
	p.sharerLive.WaitState("sharing")
	sharer.Send(painted(4, "again"))
	if got := string(helper.Next()); got != string(painted(4, "again")) && got != string(painted(3, "while paused")) {
		t.Errorf("after a pause the helper sees %q", got)
	}
	p.sharer.Act(p.session, "end", wire.Act{})
	helper.WaitClosed(websocket.StatusNormalClosure)
	sharer.WaitClosed(websocket.StatusNormalClosure)
	for _, s := range []string{"too early", "seen", "while paused", "again"} {
		if strings.Contains(p.w.Log.String(), s) {
			t.Errorf("the log has the picture %q", s)
		}
	}
}

func TestPicturesAreForTheTwoSeatsAlone(t *testing.T) {
	p := trust(t)
	p.helperLive.Pictures().WaitClosed(wire.CloseNotFound) // before both have said yes
	p.helper.Act(p.session, "continue", wire.Act{Text: text})
	p.sharer.Act(p.session, "allow", wire.Act{Text: text})
	p.sharerLive.WaitState("connecting")
	p.w.SignIn("omar").Pictures(p.session, p.helperLive.Page).WaitClosed(wire.CloseNotFound)
	p.helper.Pictures(p.session, "another-page-0123456789").WaitClosed(wire.CloseReplaced)
	p.helper.Pictures(p.session, p.sharerLive.Page).WaitClosed(wire.CloseReplaced)

	helper := p.helperLive.Pictures()
	helper.Send(painted(1, "from the helper"))
	helper.WaitClosed(websocket.StatusUnsupportedData)
	sharer := p.sharerLive.Pictures()
	sharer.Say(want(0))
	sharer.WaitClosed(wire.CloseBadMessage)
	for name, bad := range map[string][]byte{"no picture": []byte("<html>"), "a head of the future": append([]byte{2}, painted(1, "x")[1:]...)} {
		s := p.sharerLive.Pictures()
		s.Send(bad)
		s.WaitClosed(wire.CloseBadMessage)
		t.Log(name, "is refused")
	}
	big := p.sharerLive.Pictures()
	big.Send(painted(1, strings.Repeat("x", 600<<10)))
	big.WaitClosed(websocket.StatusMessageTooBig)
	wordy := p.helperLive.Pictures()
	wordy.Say(wire.PictureMessage{Type: "want", Want: &wire.Want{Formats: []string{strings.Repeat("jpeg", 1<<10)}}})
	wordy.WaitClosed(websocket.StatusMessageTooBig)
	p.helper.Pictures(p.session, strings.Repeat("p", 2<<10)).WaitClosed(websocket.StatusMessageTooBig)
	fast := p.sharerLive.Pictures()
	for i := range byte(60) {
		fast.Send(painted(i+1, "x"))
	}
	fast.WaitClosed(wire.CloseTooSlow)
}
