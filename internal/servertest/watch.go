package servertest

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Watch is a stream of server-sent events.
type Watch struct {
	w           *World
	mu          sync.Mutex
	event, data string // guarded by mu: the newest
}

// Watch opens a stream; the test closes it at its end.
func (p *Person) Watch(path string) *Watch {
	p.w.t.Helper()
	client := *p.http
	client.Timeout = 0
	res, err := client.Get(p.w.Base + path)
	if err != nil || res.StatusCode != http.StatusOK {
		p.w.t.Fatalf("%s: %v %v", path, res, err)
	}
	v, done := &Watch{w: p.w}, make(chan struct{})
	go func() {
		defer close(done)
		lines := bufio.NewScanner(res.Body)
		lines.Buffer(nil, 1<<20)
		event := ""
		for lines.Scan() {
			if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				event = name
			}
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				v.mu.Lock()
				v.event, v.data = event, data
				v.mu.Unlock()
			}
		}
	}()
	p.w.t.Cleanup(func() { _ = res.Body.Close(); <-done })
	return v
}

// Wait waits until the newest event is as wanted.
func (v *Watch) Wait(what string, want func(event, data string) bool) {
	v.w.t.Helper()
	v.w.Eventually(what, func() error {
		v.mu.Lock()
		defer v.mu.Unlock()
		if want(v.event, v.data) {
			return nil
		}
		return fmt.Errorf("the newest event is %s %.300s", v.event, v.data)
	})
}

// Holds looks for texts in the database's files and returns the first that is there.
func (w *World) Holds(texts ...string) string {
	w.t.Helper()
	files, err := filepath.Glob(filepath.Join(w.dir, "tasuke.db*"))
	if err != nil || len(files) == 0 {
		w.t.Fatal("no files", err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, text := range texts {
			if bytes.Contains(b, []byte(text)) {
				return text + " in " + filepath.Base(f)
			}
		}
	}
	return ""
}
