package device

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"testing"
)

// sign makes a signature as WebCrypto does.
func sign(t testing.TB, key *ecdsa.PrivateKey, s Statement) []byte {
	t.Helper()
	digest := sha256.Sum256(s.message())
	r, v, err := ecdsa.Sign(rand.Reader, key, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	out := make([]byte, 64)
	r.FillBytes(out[:32])
	v.FillBytes(out[32:])
	return out
}

func spki(t testing.TB, key crypto.PublicKey) []byte {
	t.Helper()
	b, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAProofIsOfOneStatementOnly(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s := Statement{Purpose: Prove, Org: "acme", SignIn: "in", Device: "d", Nonce: "00ff", Counter: 2}
	signature, public := sign(t, key, s), spki(t, key.Public())
	if err := s.Verify(public, signature); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(s *Statement){
		"purpose": func(s *Statement) { s.Purpose = Enrol }, "organisation": func(s *Statement) { s.Org = "other" },
		"sign-in": func(s *Statement) { s.SignIn = "other" }, "device": func(s *Statement) { s.Device = "other" },
		"nonce": func(s *Statement) { s.Nonce = "00fe" }, "counter": func(s *Statement) { s.Counter = 3 },
	} {
		other := s
		if spoil(&other); other.Verify(public, signature) == nil {
			t.Errorf("it proves another %s as well", name)
		}
	}
	for i := range signature {
		wrong := append([]byte{}, signature...)
		wrong[i] ^= 1
		if s.Verify(public, wrong) == nil {
			t.Errorf("a signature with another byte %d is accepted", i)
		}
	}
}

// TestOddKeysAreRefused: security.md B13.
func TestOddKeysAreRefused(t *testing.T) {
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p224, err := ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	edwards, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	good := spki(t, p256.Public())
	offCurve := append([]byte{}, good...)
	offCurve[len(offCurve)-1] ^= 1
	for name, b := range map[string][]byte{
		"none": nil, "P-384": spki(t, p384.Public()), "P-224": spki(t, p224.Public()), "RSA": spki(t, weak.Public()), "Ed25519": spki(t, edwards),
		"not on the curve": offCurve, "cut": good[:len(good)-1], "longer": append(append([]byte{}, good...), 0), "noise": make([]byte, 91), "huge": make([]byte, 1<<20),
	} {
		if _, err := ParseKey(b); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

func FuzzAssertion(f *testing.F) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	public := spki(f, key.Public())
	f.Add(public, make([]byte, 64), "00", int64(1))
	f.Add([]byte{0x30}, []byte{}, "", int64(-1))
	f.Fuzz(func(t *testing.T, spki, signature []byte, nonce string, counter int64) {
		s := Statement{Purpose: Prove, Org: "acme", SignIn: "in", Device: "d", Nonce: nonce, Counter: counter}
		if s.Verify(spki, signature) == nil {
			t.Errorf("%x is a signature under %x", signature, spki)
		}
	})
}
