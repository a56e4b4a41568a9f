package port

import (
	"bytes"
	"io"
	"log/slog"
	"net"
	"time"
)

func discard() *slog.Logger { return slog.New(slog.DiscardHandler) }

// script is a connection over which certain bytes come, in pieces of any size,
// and then no more; what is sent is lost.
type script struct{ r *bytes.Reader }

func newScript(b []byte) script { return script{bytes.NewReader(b)} }

func (s script) Read(b []byte) (int, error) {
	if len(b) > 3 { // a network gives what it has
		b = b[:3]
	}
	return s.r.Read(b)
}

func (script) Write(b []byte) (int, error)      { return io.Discard.Write(b) }
func (script) Close() error                     { return nil }
func (script) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (script) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
func (script) SetDeadline(time.Time) error      { return nil }
func (script) SetReadDeadline(time.Time) error  { return nil }
func (script) SetWriteDeadline(time.Time) error { return nil }
