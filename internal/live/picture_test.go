package live

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"testing"

	"tasuke/internal/bus"
	"tasuke/internal/wire"
)

// coded makes a picture's message.
func coded(f format, whole byte, number uint32, width, height uint16, body ...byte) []byte {
	b := []byte{headVersion, byte(f), whole, 0}
	b = binary.BigEndian.AppendUint32(b, number)
	b = binary.BigEndian.AppendUint16(b, width)
	b = binary.BigEndian.AppendUint16(b, height)
	return append(b, body...)
}

// body is long enough to be an encrypted picture.
var body = make([]byte, sealBytes+1)

func TestPicture(t *testing.T) {
	for name, tt := range map[string]struct {
		in []byte
		ok bool
	}{
		"jpeg":                    {coded(jpeg, 1, 1, 1920, 1080, body...), true},
		"webp":                    {coded(webp, 1, 7, 1, 1, body...), true},
		"vp8 that stands alone":   {coded(vp8, 1, 1, 640, 480, body...), true},
		"vp8 that builds on one":  {coded(vp8, 0, 2, 640, 480, body...), true},
		"jpeg that builds on one": {coded(jpeg, 0, 1, 640, 480, body...), false},
		"unknown format":          {coded(9, 1, 1, 640, 480, body...), false},
		"another version":         {append([]byte{2}, coded(jpeg, 1, 1, 640, 480, body...)[1:]...), false},
		"flags of the future":     {coded(jpeg, 3, 1, 640, 480, body...), false},
		"number 0":                {coded(jpeg, 1, 0, 640, 480, body...), false},
		"no width":                {coded(jpeg, 1, 1, 0, 480, body...), false},
		"too high":                {coded(jpeg, 1, 1, 640, maxPictureSide+1, body...), false},
		"head only":               {coded(jpeg, 1, 1, 640, 480), false},
		"no room for the seal":    {coded(jpeg, 1, 1, 640, 480, body[:sealBytes]...), false},
		"half a head":             {coded(jpeg, 1, 1, 640, 480)[:5], false},
		"nothing":                 {nil, false},
		"too long":                {coded(jpeg, 1, 1, 640, 480, append(body, make([]byte, maxPicture)...)...), false},
	} {
		if p, err := parsePicture(tt.in); (err == nil) != tt.ok {
			t.Errorf("%s: %+v, %v", name, p, err)
		}
	}
	p, err := parsePicture(coded(vp8, 0, 0x01020304, 1920, 1080, body...))
	if err != nil || p != (picture{vp8, false, 0x01020304, 1920, 1080}) {
		t.Errorf("read as %+v, %v", p, err)
	}
}

func TestWant(t *testing.T) {
	for _, ok := range []wire.Want{{Formats: []string{"jpeg"}}, {After: 1<<32 - 1, Whole: true, Formats: []string{"vp8", "webp", "jpeg"}}} {
		if !checkWant(ok) {
			t.Errorf("%+v is refused", ok)
		}
	}
	for _, bad := range []wire.Want{{}, {After: -1, Formats: []string{"jpeg"}}, {After: 1 << 32, Formats: []string{"jpeg"}}, {Formats: []string{"gif"}}, {Formats: []string{"vp8", "vp8", "vp8", "vp8"}}} {
		if checkWant(bad) {
			t.Errorf("%+v passes", bad)
		}
	}
}

func FuzzPicture(f *testing.F) {
	f.Add(coded(jpeg, 1, 1, 640, 480, body...))
	f.Add(coded(webp, 1, 1, 640, 480, body...))
	f.Add(coded(vp8, 0, 9, 640, 480, body...))
	f.Fuzz(func(t *testing.T, in []byte) {
		before := bytes.Clone(in)
		p, err := parsePicture(in)
		if !bytes.Equal(in, before) {
			t.Fatal("reading changes the picture")
		}
		if err != nil {
			return
		}
		var whole byte
		if p.whole {
			whole = 1
		}
		if again := coded(p.format, whole, p.number, uint16(p.width), uint16(p.height), in[headBytes:]...); !bytes.Equal(again, in) {
			t.Errorf("%x was read as %+v", in[:headBytes], p)
		}
		if p.width > maxPictureSide || p.height > maxPictureSide || len(in) > maxPicture {
			t.Errorf("%+v of %d bytes passes", p, len(in))
		}
	})
}

func FuzzPictureMessage(f *testing.F) {
	f.Add([]byte(`{"type":"attach","attach":{"session":"x","page":"0123456789abcdef"}}`))
	f.Add([]byte(`{"type":"want","want":{"after":3,"whole":true,"formats":["webp"]}}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		m, err := decode[wire.PictureMessage](in)
		if err == nil && m.Want != nil && checkWant(*m.Want) && (m.Want.After < 0 || len(m.Want.Formats) == 0) {
			t.Errorf("%s passes", in)
		}
	})
}

// TestWhoIsSlowGetsTheNewest: whoever takes seldom may miss what came meanwhile,
// but never the last, and never goes back.
func TestWhoIsSlowGetsTheNewest(t *testing.T) {
	var b bus.Memory
	s, err := b.Subscribe("x", pictureQueue)
	if err != nil {
		t.Fatal(err)
	}
	latest, stop := newest(s)
	defer stop()
	var last, sent byte
	for range 20 {
		for range 1 + rand.IntN(picturesBurst) {
			sent++
			if err := b.Publish(t.Context(), "x", []byte{sent}); err != nil {
				t.Fatal(err)
			}
		}
		for last != sent {
			got := <-latest
			if got[0] <= last || got[0] > sent {
				t.Fatalf("%d after %d, when %d was the newest", got[0], last, sent)
			}
			last = got[0]
		}
	}
}
