package server

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tasuke/internal/store"
	"tasuke/internal/store/storetest"
)

// FuzzCheckpoints: of a file that anybody may have written to, only what this
// server signed is believed.
func FuzzCheckpoints(f *testing.F) {
	p := &Parts{Store: storetest.Open(f, storetest.SQLite(f))}
	c := store.Checkpoint{Org: "acme", Number: 7, Hash: []byte("hash"), At: time.UnixMilli(1_790_000_000_000).UTC()}
	signed, err := p.Store.Sign(c)
	if err != nil {
		f.Fatal(err)
	}
	line, err := json.Marshal(checkpointLine{At: c.At, Note: signed})
	if err != nil {
		f.Fatal(err)
	}
	path := filepath.Join(f.TempDir(), "checkpoints")
	two := bytes.Join([][]byte{line, line, line[:20]}, []byte("\n"))
	for _, seed := range [][]byte{line, two, bytes.Replace(line, []byte("acme"), []byte("evil"), 1), []byte("{}\n{}"), {}, bytes.Repeat([]byte("a"), 70_000)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		got, _ := p.readCheckpoints(path)
		for _, is := range got {
			if is.Org != c.Org || is.Number != c.Number || !bytes.Equal(is.Hash, c.Hash) || !is.At.Equal(c.At) {
				t.Fatalf("%q was read as %+v", file, is)
			}
		}
	})
}

// TestACutOffCheckpointIsLeftOut when it is the last, and refused when it is not.
func TestACutOffCheckpointIsLeftOut(t *testing.T) {
	p := &Parts{Store: storetest.Open(t, storetest.SQLite(t))}
	signed, err := p.Store.Sign(store.Checkpoint{Org: "acme", Number: 7, Hash: []byte("hash"), At: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	whole, err := json.Marshal(checkpointLine{At: time.Now(), Note: signed})
	if err != nil {
		t.Fatal(err)
	}
	path, half := filepath.Join(t.TempDir(), "checkpoints"), whole[:len(whole)/2]
	for _, c := range []struct {
		lines [][]byte
		ok    bool
	}{{[][]byte{whole, half}, true}, {[][]byte{half, whole}, false}, {[][]byte{whole, []byte(`{"note":"x"}`)}, false}} {
		if err := os.WriteFile(path, bytes.Join(c.lines, []byte("\n")), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := p.readCheckpoints(path)
		if (err == nil) != c.ok || c.ok && len(got) != 1 {
			t.Errorf("%q: %+v, %v", c.lines, got, err)
		}
	}
}
