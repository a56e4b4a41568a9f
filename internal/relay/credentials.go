package relay

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/pion/stun/v4"
	"github.com/pion/turn/v5"
)

const (
	// keyRotation is how long a key mints credentials; it then verifies for as
	// long again. Allocations keep the key they were made with.
	keyRotation = 24 * time.Hour
	// maxName bounds a session's or seat's name in bytes, so that a user name
	// stays below the 508 bytes of RFC 8489 section 14.3.
	maxName = 128
	// nonceBytes makes two credentials of one seat and second different.
	nonceBytes = 9
)

// ErrName is returned for a session or seat name that cannot be put in a user
// name: empty, over 128 bytes, or with anything but letters, digits, '-', '_'
// and '.'.
var ErrName = errors.New("relay: name of session or seat is not usable")

// Credentials let one seat of one session allocate until Expires. Printing or
// logging them shows neither name nor password.
type Credentials struct {
	Username, Password string
	URLs               []string  // stun: and turn: for RTCIceServer.urls
	Expires            time.Time // of the right to allocate, not of what was allocated
}

// String hides the secret.
func (Credentials) String() string { return "[relay credentials]" }

// GoString hides the secret from %#v.
func (c Credentials) GoString() string { return c.String() }

// LogValue hides the secret from structured logs.
func (c Credentials) LogValue() slog.Value { return slog.StringValue(c.String()) }

// Credentials mints credentials for a seat ("helper", "sharer") of a session
// that is good from now for Options.CredentialTTL. It fails with ErrName.
func (r *Relay) Credentials(session, seat string, now time.Time) (Credentials, error) {
	if !usableName(session) || !usableName(seat) {
		return Credentials{}, ErrName
	}
	expires := now.Add(r.opts.CredentialTTL)
	id, key := r.keys.minting(r.opts.Now())
	nonce := make([]byte, nonceBytes)
	if _, err := rand.Read(nonce); err != nil {
		return Credentials{}, fmt.Errorf("relay credentials: %w", err)
	}
	username := strings.Join([]string{
		strconv.FormatInt(expires.Unix(), 10), session, seat,
		strconv.FormatUint(id, 36) + "." + base64.RawURLEncoding.EncodeToString(nonce),
	}, ":")
	return Credentials{Username: username, Password: password(key, username), URLs: r.URLs(), Expires: expires}, nil
}

func usableName(s string) bool {
	if s == "" || len(s) > maxName {
		return false
	}
	return !strings.ContainsFunc(s, func(c rune) bool {
		return (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '-' && c != '_' && c != '.'
	})
}

// claim is what a user name says: expiry:session:seat:key.random
type claim struct {
	expires       time.Time
	session, seat string
	key           uint64 // which key signed it
}

func parseClaim(username string) (claim, bool) {
	parts := strings.Split(username, ":")
	if len(parts) != 4 || !usableName(parts[1]) || !usableName(parts[2]) {
		return claim{}, false
	}
	expires, err := strconv.ParseInt(parts[0], 10, 64)
	if err != nil {
		return claim{}, false
	}
	id, _, _ := strings.Cut(parts[3], ".")
	key, err := strconv.ParseUint(id, 36, 64)
	if err != nil {
		return claim{}, false
	}
	return claim{time.Unix(expires, 0), parts[1], parts[2], key}, true
}

func password(key []byte, username string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(username))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// keyring holds the key that mints and the one before it.
type keyring struct {
	mu     sync.Mutex
	id     uint64 // of current; previous has id-1
	since  time.Time
	cur    []byte
	before []byte // nil until the first rotation
}

func newKeyring(now time.Time) (*keyring, error) {
	key, err := newKey()
	return &keyring{cur: key, since: now}, err
}

func newKey() ([]byte, error) {
	key := make([]byte, sha256.Size)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("relay key: %w", err)
	}
	return key, nil
}

// minting returns the current key, rotating first when it is due. Should
// randomness fail, the key in use stays: a late rotation beats no relay.
func (k *keyring) minting(now time.Time) (uint64, []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if now.Sub(k.since) >= keyRotation {
		if key, err := newKey(); err == nil {
			k.before, k.cur, k.id, k.since = k.cur, key, k.id+1, now
		}
	}
	return k.id, k.cur
}

// byID returns a live key, or nil.
func (k *keyring) byID(id uint64) []byte {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case id == k.id:
		return k.cur
	case id+1 == k.id:
		return k.before
	}
	return nil
}

// longTermKey is the integrity key of RFC 8489 section 9.2.2, or nil when the
// user name is malformed or its key is gone.
func (r *Relay) longTermKey(username string) (claim, []byte) {
	c, ok := parseClaim(username)
	if !ok {
		return c, nil
	}
	key := r.keys.byID(c.key)
	if key == nil {
		return c, nil
	}
	return c, turn.GenerateAuthKey(username, realm, password(key, username))
}

// keyFor finds the key that a request must be signed with; nil refuses it.
// Expiry counts for Allocate only: everything else is about an allocation that
// exists, and that ends with its session and not with its credentials.
func (r *Relay) keyFor(username, inRealm string, method stun.Method, from client) []byte {
	if inRealm != realm {
		return nil
	}
	if method != stun.MethodAllocate {
		return r.hub.keyOf(from, username)
	}
	c, key := r.longTermKey(username)
	if key == nil || !r.opts.Now().Before(c.expires) || r.hub.hasEnded(c.session) {
		return nil
	}
	return key
}

// authenticate is the TURN engine's question. The whole user name is the user:
// RFC 8656 section 7.2 wants every request of an allocation to carry the one
// it was made with.
func (r *Relay) authenticate(ra *turn.RequestAttributes) (string, []byte, bool) {
	key := r.keyFor(ra.Username, ra.Realm, ra.Method, clientOf(ra.SrcAddr))
	if key == nil {
		r.hub.count.refusedCredentials.Add(1)
		return "", nil, false
	}
	return ra.Username, key, true
}
