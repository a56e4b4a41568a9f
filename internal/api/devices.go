package api

import (
	"context"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"tasuke/internal/admin"
	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/inventory"
	"tasuke/internal/wire"
)

// devices registers what administrators do with devices.
func (a *API) devices() {
	tag := []string{"Devices"}
	read, manage := string(identity.ReadDevices), string(identity.ManageDevices)
	operation(a, huma.Operation{OperationID: "list-devices", Method: http.MethodGet, Path: "/devices", Tags: tag, Summary: "List devices",
		Description: "Those in your scope, a page at a time; filters narrow it."}, read, a.listDevices, admin.ErrCursor)
	operation(a, huma.Operation{OperationID: "get-device", Method: http.MethodGet, Path: "/devices/{id}", Tags: tag, Summary: "Read a device with its facts, findings, sessions and audit lines",
		Description: "A device outside your scope is answered like one that does not exist."}, read, a.getDevice)
	operation(a, huma.Operation{OperationID: "put-device", Method: http.MethodPut, Path: "/devices/{id}", Tags: tag, Summary: "Rename a device or give it to somebody else",
		Description: "Another owner must enrol it anew."}, manage, a.putDevice, fault.ErrConflict, device.ErrDevice)
	operation(a, huma.Operation{OperationID: "retire-device", Method: http.MethodPost, Path: "/devices/{id}/retire", Tags: tag, Summary: "Take a device out of use",
		Description: "Its key is trusted no more; its history stays. To use it again, enrol it anew."}, manage, a.withdraw(device.Retired))
	operation(a, huma.Operation{OperationID: "revoke-device", Method: http.MethodPost, Path: "/devices/{id}/revoke", Tags: tag, Summary: "Trust a device's key no more",
		Description: "A live help session on it ends within two seconds."}, manage, a.withdraw(device.Revoked))
	operation(a, huma.Operation{OperationID: "create-enrolment-link", Method: http.MethodPost, Path: "/enrolment-links", Tags: tag, DefaultStatus: http.StatusCreated,
		Summary:     "Let a person enrol one device, once, within 15 minutes",
		Description: "With the id of a known device, that one; otherwise a new one. The code is in this answer and nowhere else."}, string(identity.EnrolDevices), a.issue, fault.ErrNotFound, inventory.ErrOtherOwner)
	operation(a, huma.Operation{OperationID: "describe-devices", Method: http.MethodPost, Path: "/devices/facts", Tags: tag, MaxBodyBytes: 1 << 20,
		Summary: "Describe devices and what is known of them, by the id another system gives them", Description: "All of it is kept, or nothing when there are errors."}, manage, a.describe, inventory.ErrTwice, device.ErrDevice, device.ErrFact)
	operation(a, huma.Operation{OperationID: "import-devices", Method: http.MethodPost, Path: "/devices/import", Tags: tag, MaxBodyBytes: 32 << 20,
		Summary: "Describe devices by a CSV file", Description: "Columns: " + strings.Join(inventory.Columns(), ", ") + ". All of it is kept, or nothing when there are errors; preview=true keeps nothing."}, manage, a.importDevices, inventory.ErrCSVHead, inventory.ErrCSVLine, inventory.ErrCSVTime, inventory.ErrTwice, device.ErrDevice, device.ErrFact)
	a.thisDevice()
}

// thisDevice registers what a browser does for the device it runs on.
func (a *API) thisDevice() {
	tag := []string{"This device"}
	operation(a, huma.Operation{OperationID: "get-this-device", Method: http.MethodGet, Path: "/this-device", Tags: tag, Summary: "What your sign-in has proven of the device it runs on",
		Description: "Which device, how strongly it was proven, and what a helper would be warned of."}, SignedIn, a.this)
	operation(a, huma.Operation{OperationID: "challenge-this-device", Method: http.MethodPost, Path: "/this-device/challenges/{purpose}", Tags: tag, Summary: "Get something to sign, within a minute and once",
		Description: "Only the sign-in that asked can use it."}, SignedIn, a.challenge)
	operation(a, huma.Operation{OperationID: "enrol-this-device", Method: http.MethodPost, Path: "/this-device/enrol", Tags: tag, Summary: "Enrol the device you are at",
		Description: "With the code of an enrolment link, or yourself where the organisation allows it. The browser makes a key pair and signs the challenge."}, SignedIn, a.enrol, inventory.ErrChallenge, device.ErrProof, device.ErrKey, inventory.ErrTicket, inventory.ErrNoSelfEnrol, inventory.ErrOtherOwner, inventory.ErrTooMany)
	operation(a, huma.Operation{OperationID: "prove-this-device", Method: http.MethodPost, Path: "/this-device/prove", Tags: tag, Summary: "Prove which device you are at",
		Description: "The signature covers the challenge and a counter that only grows."}, SignedIn, a.prove, inventory.ErrChallenge, device.ErrProof, fault.ErrNotFound, device.ErrOthers, device.ErrWithdrawn)
	operation(a, huma.Operation{OperationID: "bind-this-device", Method: http.MethodPost, Path: "/this-device/bind", Tags: tag, Summary: "Let the device's own authenticator prove it from now on",
		Description: "A credential that is synced to other devices is refused: it cannot prove one."}, SignedIn, a.bind, inventory.ErrChallenge, device.ErrProof, inventory.ErrPlatformKey, inventory.ErrSynced)
	operation(a, huma.Operation{OperationID: "assert-this-device", Method: http.MethodPost, Path: "/this-device/assert", Tags: tag, Summary: "Prove the device by its own authenticator",
		Description: "The credential must be the one that was bound before."}, SignedIn, a.assert, inventory.ErrChallenge, device.ErrProof, inventory.ErrPlatformKey, inventory.ErrSynced)
	operation(a, huma.Operation{OperationID: "show-certificate", Method: http.MethodPost, Path: "/this-device/certificate", Tags: tag, Summary: "Prove the device by a client certificate",
		Description: "The assertion comes from the address in asked, called with credentials and the members of a challenge: ?org=…&signIn=…&nonce=…"}, SignedIn, a.show, inventory.ErrChallenge, device.ErrAssertion, inventory.ErrUnknown, device.ErrOthers, device.ErrWithdrawn)
	operation(a, huma.Operation{OperationID: "lose-this-device", Method: http.MethodPost, Path: "/this-device/lost", Tags: tag, DefaultStatus: http.StatusNoContent, Summary: "Say that the key of this device is gone",
		Description: "The device counts as one whose key was lost, until it is enrolled again."}, SignedIn, a.lost, fault.ErrNotFound)
}

type devicesInput struct {
	Search     string `query:"search" maxLength:"100" doc:"Part of name, owner, serial number or model, any case"`
	Platform   string `query:"platform" enum:"windows,macos,linux,android,ios,chromeos"`
	Compliance string `query:"compliance" enum:"compliant,in_grace_period,not_compliant,not_evaluated"`
	Enrolment  string `query:"enrolment" enum:"known,enrolled,key_lost,retired,revoked"`
	Ownership  string `query:"ownership" enum:"corporate,personal"`
	Grade      string `query:"grade" enum:"profile_key,platform_key,provider_claim,client_certificate"`
	Group      string `query:"group" maxLength:"64" doc:"Id of a group of devices"`
	Owner      string `query:"owner" maxLength:"64" doc:"Id of a person"`
	Sort       string `query:"sort" enum:"name,seen,platform,compliance" default:"name"`
	Descending bool   `query:"descending"`
	Cursor     string `query:"cursor" maxLength:"1000" doc:"next of the page before"`
	Limit      int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
}

func (a *API) listDevices(ctx context.Context, who identity.Actor, in *devicesInput) (*body[wire.Devices], error) {
	after, err := readDeviceCursor(in.Cursor)
	if err != nil {
		return nil, err
	}
	list, err := a.Inventory.List(ctx, who, inventory.Filter{
		Search: in.Search, Platform: identity.Platform(in.Platform), Compliance: device.Compliance(in.Compliance), Enrolment: device.Enrolment(in.Enrolment),
		Ownership: device.Ownership(in.Ownership), Grade: device.Grade(in.Grade), Group: identity.GroupID(in.Group), Owner: identity.PersonID(in.Owner),
		Sort: inventory.Sort(in.Sort), Descending: in.Descending, After: after, Limit: in.Limit + 1,
	})
	if err != nil {
		return nil, err
	}
	out := wire.Devices{Devices: []wire.Device{}}
	if len(list) > in.Limit {
		list = list[:in.Limit]
		last := list[len(list)-1]
		out.Next = base64.RawURLEncoding.EncodeToString([]byte(string(last.ID) + "\n" + inventory.KeyOf(inventory.Sort(in.Sort), last)))
	}
	for _, d := range list {
		out.Devices = append(out.Devices, wire.NewDevice(d))
	}
	return ok(out), nil
}

func readDeviceCursor(s string) (inventory.Cursor, error) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return inventory.Cursor{}, fault.ErrInvalid.WithText("The cursor was not given by this address.")
	}
	id, key, _ := strings.Cut(string(b), "\n")
	return inventory.Cursor{ID: identity.DeviceID(id), Key: key}, nil
}

func (a *API) getDevice(ctx context.Context, who identity.Actor, in *IDPath) (*tagged[wire.DeviceDetail], error) {
	d, h, err := a.Inventory.See(ctx, who, identity.DeviceID(in.ID))
	if err != nil {
		return nil, err
	}
	return newDetail(d, h), nil
}

func newDetail(d inventory.Detail, h inventory.History) *tagged[wire.DeviceDetail] {
	out := wire.DeviceDetail{Device: wire.NewDevice(d.Device), Groups: []string{}, Facts: wire.NewFacts(d.Facts), Broken: wire.NewFindings(d.Result.Broken),
		Unknown: wire.NewFindings(d.Result.Unknown), Sessions: []wire.DeviceSession{}, Audit: []wire.DeviceAudit{}, EvaluatedAt: wire.TimeOf(d.Result.Newest)}
	for _, g := range d.Groups {
		out.Groups = append(out.Groups, string(g))
	}
	for _, s := range h.Sessions {
		out.Sessions = append(out.Sessions, wire.DeviceSession{Session: s.ID, Helper: s.Helper, Sharer: s.Sharer, CreatedAt: s.Created.UTC(), AllowedAt: wire.TimeOf(s.Allowed), EndedAt: s.EndedAt.UTC(),
			Reason: s.Reason, Warnings: append([]string{}, s.Warnings...)})
	}
	for _, l := range h.Audit {
		out.Audit = append(out.Audit, wire.DeviceAudit{Number: l.Number, At: l.At.UTC(), Actor: l.Actor, Action: l.Action, Details: l.Details})
	}
	return newTagged(d.Version, out)
}

func (a *API) putDevice(ctx context.Context, who identity.Actor, in *changeInput[wire.DeviceBody]) (*tagged[wire.DeviceDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	edit := inventory.Edit{Name: in.Body.Name, Owner: identity.PersonID(in.Body.Owner), Ownership: device.Ownership(in.Body.Ownership), External: in.Body.ExternalID}
	if _, err := a.Inventory.Change(ctx, who, identity.DeviceID(in.ID), version, edit); err != nil {
		return nil, err
	}
	return a.getDevice(ctx, who, &in.IDPath)
}

func (a *API) withdraw(to device.Enrolment) func(context.Context, identity.Actor, *IDPath) (*tagged[wire.DeviceDetail], error) {
	return func(ctx context.Context, who identity.Actor, in *IDPath) (*tagged[wire.DeviceDetail], error) {
		if _, err := a.Inventory.Withdraw(ctx, who, identity.DeviceID(in.ID), to); err != nil {
			return nil, err
		}
		return a.getDevice(ctx, who, in)
	}
}

func (a *API) issue(ctx context.Context, who identity.Actor, in *struct{ Body wire.NewTicket }) (*body[wire.Ticket], error) {
	t, err := a.Inventory.Issue(ctx, who, identity.PersonID(in.Body.Owner), identity.DeviceID(in.Body.Device), in.Body.Name)
	if err != nil {
		return nil, err
	}
	return ok(wire.Ticket{Code: t.Code, Link: a.Base + "/enrol#" + t.Code, ExpiresAt: t.Expires.UTC()}), nil
}

func (a *API) describe(ctx context.Context, who identity.Actor, in *struct{ Body wire.Descriptions }) (*body[wire.Described], error) {
	var all []inventory.Description
	for i, d := range in.Body.Devices {
		row := inventory.Description{Line: i + 1, ExternalID: d.ExternalID, Name: d.Name, Owner: d.Owner, Platform: identity.Platform(d.Platform), Ownership: device.Ownership(d.Ownership),
			Manufacturer: d.Manufacturer, Model: d.Model, Serial: d.Serial}
		for _, f := range d.Facts {
			row.Facts = append(row.Facts, device.Fact{Name: device.FactName(f.Name), Value: f.Value, Source: device.FromAPI, At: f.At.UTC()})
		}
		all = append(all, row)
	}
	return a.described(ctx, who, all, nil, device.FromAPI, false)
}

type importInput struct {
	Preview bool   `query:"preview" doc:"Only tell what would change"`
	RawBody []byte `contentType:"text/csv"`
}

func (a *API) importDevices(ctx context.Context, who identity.Actor, in *importInput) (*body[wire.Described], error) {
	all, bad, err := inventory.ReadCSV(in.RawBody, a.Now())
	if err != nil {
		return nil, err
	}
	return a.described(ctx, who, all, bad, device.FromImport, in.Preview || len(bad) > 0)
}

func (a *API) described(ctx context.Context, who identity.Actor, all []inventory.Description, bad []inventory.RowError, from device.Source, preview bool) (*body[wire.Described], error) {
	v, err := a.Inventory.Describe(ctx, who, all, from, preview)
	if err != nil {
		return nil, err
	}
	out := wire.Described{Created: v.Created, Changed: v.Changed, Unchanged: v.Unchanged, Errors: []wire.RowError{}, Preview: preview}
	for _, e := range append(bad, v.Errors...) {
		out.Errors = append(out.Errors, wire.RowError{Line: e.Line, Code: e.Code, Member: e.Member})
	}
	return ok(out), nil
}

func (a *API) this(ctx context.Context, who identity.Actor, _ *struct{}) (*body[wire.ThisDevice], error) {
	st, err := a.Inventory.This(ctx, who)
	if err != nil {
		return nil, err
	}
	out := wire.ThisDevice{State: "unenrolled", Warnings: wire.NewWarnings(st.Warnings()), SelfEnrol: st.Settings.SelfEnrol, Needed: !st.Settings.Unenrolled,
		Grade: string(st.Grade), Bound: base64.RawURLEncoding.EncodeToString(st.Bound), Bindable: st.Bindable, Asked: st.Asked}
	switch {
	case st.Enrolled():
		out.State, out.Device = "proven", &wire.Named{ID: string(st.ID), Name: st.Name}
	case st.Revoked:
		out.State = "revoked"
	case st.KeyLost:
		out.State = "key_lost"
	}
	return ok(out), nil
}

type purposeInput struct {
	Purpose string `path:"purpose" enum:"enrol,prove,bind,assert,show"`
}

func (a *API) challenge(ctx context.Context, who identity.Actor, in *purposeInput) (*body[wire.Challenge], error) {
	c, err := a.Inventory.Challenge(ctx, who, device.Purpose(in.Purpose))
	if err != nil {
		return nil, err
	}
	return ok(wire.Challenge{Nonce: c.Nonce, Org: string(c.Org), SignIn: string(c.SignIn), ExpiresAt: c.Expires.UTC()}), nil
}

func (a *API) enrol(ctx context.Context, who identity.Actor, in *struct{ Body wire.Enrol }) (*body[wire.ThisDevice], error) {
	key, err := base64.StdEncoding.DecodeString(in.Body.Key)
	if err != nil {
		return nil, device.ErrKey
	}
	g, err := signed(in.Body.Nonce, in.Body.Counter, in.Body.Signature)
	if err != nil {
		return nil, err
	}
	if _, err := a.Inventory.Enrol(ctx, who, in.Body.Code, in.Body.Name, key, g); err != nil {
		return nil, err
	}
	return a.this(ctx, who, nil)
}

func (a *API) prove(ctx context.Context, who identity.Actor, in *struct{ Body wire.Prove }) (*body[wire.ThisDevice], error) {
	g, err := signed(in.Body.Nonce, in.Body.Counter, in.Body.Signature)
	if err != nil {
		return nil, err
	}
	if _, err := a.Inventory.Prove(ctx, who, identity.DeviceID(in.Body.Device), g); err != nil {
		return nil, err
	}
	return a.this(ctx, who, nil)
}

func (a *API) bind(ctx context.Context, who identity.Actor, in *struct{ Body wire.Credential }) (*body[wire.ThisDevice], error) {
	b, m := &in.Body, inventory.Made{Nonce: in.Body.Nonce}
	if err := readBytes(part{b.ID, &m.ID}, part{b.ClientData, &m.ClientData}, part{b.Attestation, &m.Attestation}); err != nil {
		return nil, err
	}
	if _, err := a.Inventory.Bind(ctx, who, m); err != nil {
		return nil, err
	}
	return a.this(ctx, who, nil)
}

func (a *API) assert(ctx context.Context, who identity.Actor, in *struct{ Body wire.Assertion }) (*body[wire.ThisDevice], error) {
	if err := a.asserted(ctx, who, in.Body, ""); err != nil {
		return nil, err
	}
	return a.this(ctx, who, nil)
}

func (a *API) show(ctx context.Context, who identity.Actor, in *struct{ Body wire.Shown }) (*body[wire.ThisDevice], error) {
	if _, err := a.Inventory.Show(ctx, who, in.Body.Assertion); err != nil {
		return nil, err
	}
	return a.this(ctx, who, nil)
}

// asserted proves the device by its own authenticator, for a security code or for none.
func (a *API) asserted(ctx context.Context, who identity.Actor, b wire.Assertion, code string) error {
	g := inventory.Asserted{Nonce: b.Nonce, Code: code}
	if err := readBytes(part{b.ID, &g.ID}, part{b.ClientData, &g.ClientData}, part{b.AuthenticatorData, &g.AuthenticatorData}, part{b.Signature, &g.Signature}); err != nil {
		return err
	}
	_, err := a.Inventory.Assert(ctx, who, g)
	return err
}

// part is one member of a credential, and where its bytes go.
type part struct {
	text string
	to   *[]byte
}

func readBytes(parts ...part) error {
	for _, p := range parts {
		b, err := base64.RawURLEncoding.DecodeString(p.text)
		if err != nil {
			return inventory.ErrPlatformKey.WithCause(err)
		}
		*p.to = b
	}
	return nil
}

func signed(nonce string, counter int64, signature string) (inventory.Signed, error) {
	b, err := base64.StdEncoding.DecodeString(signature)
	if err != nil {
		return inventory.Signed{}, device.ErrProof
	}
	return inventory.Signed{Nonce: nonce, Counter: counter, Signature: b}, nil
}

func (a *API) lost(ctx context.Context, who identity.Actor, in *struct{ Body wire.LostKey }) (*struct{}, error) {
	return nil, a.Inventory.Lost(ctx, who, identity.DeviceID(in.Body.Device))
}
