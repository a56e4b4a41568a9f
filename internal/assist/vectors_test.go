package assist

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"testing"
	"time"

	"tasuke/internal/fault"
)

var update = flag.Bool("update", false, "write testdata/machine.json anew")

// machineVectors is testdata/machine.json: every state × consent × seat × act
// with what follows. The front end's machine runs the same vectors.
type machineVectors struct {
	Moves   []moveVector   `json:"moves"`
	Screens []screenVector `json:"screens"`
}

type moveVector struct {
	From before `json:"from"`
	Act  Act    `json:"act"`
	Seat Seat   `json:"seat"`
	To   after  `json:"to"`
}

type before struct {
	State  State `json:"state"`
	Helper bool  `json:"helper"` // has said yes
	Sharer bool  `json:"sharer"`
}

type after struct {
	Refused string `json:"refused"` // code of the fault; empty: done
	before
	Reason  Reason  `json:"reason"`
	EndedBy Seat    `json:"endedBy"`
	Surface Surface `json:"surface"`
	Problem Problem `json:"problem"`
}

type screenVector struct {
	From    before `json:"from"`
	Seat    Seat   `json:"seat"`
	Screen  Screen `json:"screen"`
	Actions []Act  `json:"actions"`
}

// befores lists every state with every pair of consents that can be.
func befores() []before {
	out := []before{{State: Waiting}}
	for _, said := range [][2]bool{{false, false}, {true, false}, {false, true}} {
		out = append(out, before{Trust, said[0], said[1]})
	}
	for _, s := range []State{Connecting, Sharing, Paused, Ended} {
		out = append(out, before{s, true, true})
	}
	return out
}

// at puts a session into b; whatever is shared is a window.
func at(b before, now time.Time) *Session {
	s := &Session{State: b.State, Since: now, Limit: time.Hour, Surface: Window}
	if b.Helper {
		s.Helper.Consent = Consent{At: now, Text: "view-1"}
	}
	if b.Sharer {
		s.Sharer.Consent = Consent{At: now, Text: "view-1"}
	}
	return s
}

func move(b before, a Act, seat Seat) moveVector {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	s := at(b, now)
	err := s.Apply(Event{Act: a, Seat: seat, At: now.Add(time.Second), Text: "view-1", Surface: Monitor, Problem: CaptureDenied, Reason: PolicyBlocked})
	to := after{
		before: before{s.State, s.Helper.Consent.Given(), s.Sharer.Consent.Given()},
		Reason: s.Reason, EndedBy: s.EndedBy, Surface: s.Surface, Problem: s.Problem,
	}
	var f *fault.Fault
	if errors.As(err, &f) {
		to.Refused = f.Code
	}
	return moveVector{From: b, Act: a, Seat: seat, To: to}
}

func allVectors() machineVectors {
	var v machineVectors
	for _, b := range befores() {
		for _, seat := range []Seat{Helper, Sharer, Nobody} {
			for _, a := range Acts() {
				v.Moves = append(v.Moves, move(b, a, seat))
			}
		}
		for _, seat := range []Seat{Helper, Sharer} {
			s := at(b, time.Unix(0, 0))
			v.Screens = append(v.Screens, screenVector{b, seat, s.Next(seat), append([]Act{}, s.Actions(seat)...)})
		}
	}
	return v
}

// The file the front end reads says what this package does.
func TestMachineVectors(t *testing.T) {
	const file = "testdata/machine.json"
	want := encode(t, allVectors())
	if *update {
		if err := os.WriteFile(file, want, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Fatalf("%s is not what the state machine does: run go test ./internal/assist -run TestMachineVectors -update and read the difference", file)
	}
}

// encode writes one vector a line, so that differences can be read.
func encode(t *testing.T, v machineVectors) []byte {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("{\"moves\": [\n")
	writeLines(t, &b, v.Moves)
	b.WriteString("], \"screens\": [\n")
	writeLines(t, &b, v.Screens)
	b.WriteString("]}\n")
	return b.Bytes()
}

func writeLines[T any](t *testing.T, b *bytes.Buffer, lines []T) {
	t.Helper()
	for i, line := range lines {
		raw, err := json.Marshal(line)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(raw)
		if i < len(lines)-1 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
	}
}

// A refused act changes nothing at all.
func TestRefusalChangesNothing(t *testing.T) {
	for _, v := range allVectors().Moves {
		if v.To.Refused != "" && (v.To.before != v.From || v.To.Reason != "" || v.To.Surface != Window || v.To.Problem != "") {
			t.Errorf("%s by %q in %+v was refused but left %+v", v.Act, v.Seat, v.From, v.To)
		}
	}
}
