package servertest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"tasuke/internal/wire"
)

const thisDevice = "/api/v1/this-device"

// Device is the key of a device, in somebody's browser.
type Device struct {
	ID string

	p   *Person
	key *ecdsa.PrivateKey
}

// NewDevice makes a key; nothing is enrolled yet.
func (p *Person) NewDevice() *Device {
	p.w.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		p.w.t.Fatal(err)
	}
	return &Device{p: p, key: key}
}

// At is the same key in another browser: a copy.
func (d *Device) At(p *Person) *Device { return &Device{ID: d.ID, p: p, key: d.key} }

// Person is whose browser it is in.
func (d *Device) Person() *Person { return d.p }

// Challenge asks for something to sign.
func (d *Device) Challenge(purpose string) (c wire.Challenge) {
	d.p.w.t.Helper()
	d.p.Must(http.MethodPost, thisDevice+"/challenges/"+purpose, struct{}{}, &c)
	return c
}

// Sign answers a challenge.
func (d *Device) Sign(purpose string, c wire.Challenge, counter int64) wire.Prove {
	d.p.w.t.Helper()
	id := d.ID
	if purpose == "enrol" {
		id = ""
	}
	digest := sha256.Sum256(fmt.Appendf(nil, "tasuke device %s v1\n%s\n%s\n%s\n%s\n%d", purpose, c.Org, c.SignIn, id, c.Nonce, counter))
	r, s, err := ecdsa.Sign(rand.Reader, d.key, digest[:])
	if err != nil {
		d.p.w.t.Fatal(err)
	}
	signature := make([]byte, 64)
	r.FillBytes(signature[:32])
	s.FillBytes(signature[32:])
	return wire.Prove{Device: d.ID, Nonce: c.Nonce, Counter: counter, Signature: base64.StdEncoding.EncodeToString(signature)}
}

func (d *Device) enrolment(code string) wire.Enrol {
	d.p.w.t.Helper()
	spki, err := x509.MarshalPKIXPublicKey(d.key.Public())
	if err != nil {
		d.p.w.t.Fatal(err)
	}
	v := d.Sign("enrol", d.Challenge("enrol"), 1)
	return wire.Enrol{Code: code, Name: "Laptop", Key: base64.StdEncoding.EncodeToString(spki), Nonce: v.Nonce, Counter: v.Counter, Signature: v.Signature}
}

// Enrol enrols the device, with a link's code or without.
func (d *Device) Enrol(code string) {
	d.p.w.t.Helper()
	var this wire.ThisDevice
	d.p.Must(http.MethodPost, thisDevice+"/enrol", d.enrolment(code), &this)
	if this.State != "proven" || this.Device == nil {
		d.p.w.t.Fatalf("after enrolment: %+v", this)
	}
	d.ID = this.Device.ID
}

// RefusedToEnrol fails the test unless enrolment is refused with the code.
func (d *Device) RefusedToEnrol(refusal, code string) {
	d.p.w.t.Helper()
	d.p.Refused(refusal, http.MethodPost, thisDevice+"/enrol", d.enrolment(code))
}

// Must brings a proof.
func (d *Device) Must(v wire.Prove) {
	d.p.w.t.Helper()
	d.p.Must(http.MethodPost, thisDevice+"/prove", v, nil)
}

// RefusedProof fails the test unless the proof is refused with the code.
func (d *Device) RefusedProof(refusal string, v wire.Prove) {
	d.p.w.t.Helper()
	d.p.Refused(refusal, http.MethodPost, thisDevice+"/prove", v)
}

// Refused fails the test unless a proper proof is refused with the code.
func (d *Device) Refused(refusal string) {
	d.p.w.t.Helper()
	d.RefusedProof(refusal, d.Sign("prove", d.Challenge("prove"), 1000))
}

// Upload sends a CSV file.
func (p *Person) Upload(path, file string, out any) {
	p.w.t.Helper()
	res, err := p.http.Post(p.w.Base+path, "text/csv", bytes.NewReader([]byte(file)))
	if err != nil {
		p.w.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		p.w.t.Fatalf("upload to %s: %d %.300s %v", path, res.StatusCode, b, err)
	}
	if err := json.Unmarshal(b, out); err != nil {
		p.w.t.Fatal(err)
	}
}

// Put changes a thing of which the version was read.
func (p *Person) Put(path string, version int64, in any) {
	p.w.t.Helper()
	b, err := json.Marshal(in)
	if err != nil {
		p.w.t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodPut, p.w.Base+path, bytes.NewReader(b))
	if err != nil {
		p.w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("If-Match", fmt.Sprintf("%q", fmt.Sprint(version)))
	res, err := p.http.Do(req)
	if err != nil {
		p.w.t.Fatal(err)
	}
	defer res.Body.Close()
	if b, err := io.ReadAll(res.Body); err != nil || res.StatusCode != http.StatusOK {
		p.w.t.Fatalf("put %s: %d %.300s %v", path, res.StatusCode, b, err)
	}
}
