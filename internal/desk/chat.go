package desk

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"tasuke/internal/assist"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// MaxChat is the length of a chat line in Unicode code points.
const MaxChat = 4000

// Faults of chat.
var (
	ErrChatOff  = fault.New(fault.Forbidden, "chat_disabled", "Your organisation has switched chat off.", "Talk to each other another way.")
	ErrChatText = fault.New(fault.Invalid, "chat_text_invalid", "A chat line has 1 to 4 000 characters of text.", "Shorten it, or send it in parts.")
)

// Say adds a line to the session's thread. The same id twice is the same line.
func (d *Desk) Say(ctx context.Context, a identity.Actor, id assist.SessionID, lineID, text string) (assist.Line, error) {
	if err := checkChat(text); err != nil {
		return assist.Line{}, err
	}
	k := Key{Org: a.Person.Org, ID: id}
	l := assist.Line{ID: lineID, Text: text, At: d.Now()}
	line, err := d.Thread.AppendLine(ctx, k, l, func(sc *assist.Scene) (assist.Seat, error) {
		seat, err := seatOf(sc, a)
		if err != nil {
			return assist.Nobody, err
		}
		return seat, mayChat(sc)
	})
	if err == nil {
		d.news(ctx, id)
	}
	return line, err
}

func mayChat(sc *assist.Scene) error {
	switch {
	case !sc.Org.Settings.Chat:
		return ErrChatOff
	case sc.Session.State == assist.Ended:
		return assist.ErrEnded
	case !sc.Session.State.Linked():
		return assist.ErrNotNow
	}
	return nil
}

func checkChat(text string) error {
	if !utf8.ValidString(text) || strings.TrimSpace(text) == "" || utf8.RuneCountInString(text) > MaxChat {
		return ErrChatText
	}
	for _, r := range text {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return ErrChatText
		}
	}
	return nil
}

// Lines gives the thread after the numbered line to somebody with a seat.
func (d *Desk) Lines(ctx context.Context, a identity.Actor, id assist.SessionID, after int64) ([]assist.Line, error) {
	sc, _, err := d.See(ctx, a, id)
	if err != nil || !sc.Org.Settings.Chat || !sc.Session.State.Linked() {
		return nil, err
	}
	return d.Thread.Lines(ctx, Key{Org: a.Person.Org, ID: id}, after)
}
