package servertest_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"tasuke/internal/servertest"
	"tasuke/internal/wire"
)

const devicesPath = "/api/v1/devices"

// set changes the organisation's settings.
func set(boss *servertest.Person, change func(s *wire.Settings)) {
	var s wire.Settings
	boss.Must(http.MethodGet, "/api/v1/settings", nil, &s)
	change(&s)
	boss.Must(http.MethodPut, "/api/v1/settings", s, nil)
}

// TestACodeForOneDevice: enrol by a link, get help where only that will do, and
// lose it within two seconds when the key is revoked.
func TestACodeForOneDevice(t *testing.T) {
	w := servertest.Start(t)
	boss, sharer, other := w.SignIn("amelia"), w.SignIn("sofia"), w.SignIn("kenji")
	set(boss, func(s *wire.Settings) { s.Unenrolled, s.SelfEnrol, s.Acknowledge = false, false, true })
	var made wire.NewSession
	boss.Must(http.MethodPost, "/api/v1/help-sessions", struct{}{}, &made)
	sharer.Refused("help_refused", http.MethodPost, "/api/v1/help-sessions/redeem", wire.Redeem{Code: made.Code})

	var ticket wire.Ticket
	boss.Must(http.MethodPost, "/api/v1/enrolment-links", wire.NewTicket{Owner: idOf(sharer), Name: "LAPTOP-4F7X"}, &ticket)
	if !strings.HasSuffix(ticket.Link, "/enrol#"+ticket.Code) || strings.Contains(w.Log.String(), ticket.Code) {
		t.Errorf("link %s", ticket.Link)
	}
	other.NewDevice().RefusedToEnrol("enrolment_code_not_accepted", ticket.Code)
	sharer.NewDevice().RefusedToEnrol("self_enrolment_off", "")
	laptop := sharer.NewDevice()
	laptop.Enrol(strings.ToLower(ticket.Code))
	sharer.NewDevice().RefusedToEnrol("enrolment_code_not_accepted", ticket.Code) // once

	boss.Must(http.MethodPost, "/api/v1/help-sessions", wire.NewHelp{Device: laptop.ID}, &made)
	other.Refused("help_refused", http.MethodPost, "/api/v1/help-sessions/redeem", wire.Redeem{Code: made.Code})
	elsewhere := w.SignIn("sofia")
	elsewhere.Refused("help_refused", http.MethodPost, "/api/v1/help-sessions/redeem", wire.Redeem{Code: made.Code})
	helper := boss.Attach(made.Session)
	if v := helper.Wait("why it was refused", func(v wire.Snapshot) bool { return len(v.Refused) > 0 }); v.Refused[0].Code != "other_device" || v.Refused[0].Subject != "LAPTOP-4F7X" {
		t.Errorf("refused %+v", v.Refused)
	}
	session := sharer.Redeem(made.Code) // not burnt
	live := sharer.Attach(session)
	v := helper.WaitState("trust")
	if len(v.Warnings) != 1 || v.Warnings[0].Code != "not_evaluated" || v.Binding == nil || v.Binding.Device != laptop.ID || !v.Acknowledge {
		t.Errorf("the helper is shown %+v, %+v", v.Warnings, v.Binding)
	}
	boss.Refused("acknowledgement_required", http.MethodPost, "/api/v1/help-sessions/"+session+"/acts/continue", wire.Act{Text: text})
	boss.Act(session, "continue", wire.Act{Text: text, Acknowledged: []string{"not_evaluated"}})
	sharer.Act(session, "allow", wire.Act{Text: text})
	if v := live.WaitState("connecting"); v.Binding == nil || v.Binding.Device != laptop.ID {
		t.Errorf("the sharer is shown %+v", v.Binding)
	}

	var weak, strong wire.Devices
	boss.Must(http.MethodGet, devicesPath+"?grade=profile_key", nil, &weak)
	boss.Must(http.MethodGet, devicesPath+"?grade=platform_key", nil, &strong)
	if len(weak.Devices) != 1 || weak.Devices[0].ID != laptop.ID || len(strong.Devices) != 0 {
		t.Errorf("by grade: %+v, %+v", weak, strong)
	}
	warned(t, boss, helper, laptop.ID)
	boss.Must(http.MethodPost, devicesPath+"/"+laptop.ID+"/revoke", struct{}{}, nil)
	if v := live.WaitState("ended"); v.Reason != "device_revoked" {
		t.Errorf("ended as %s", v.Reason)
	}
	laptop.Refused("device_proof_invalid")
	var d wire.DeviceDetail
	boss.Must(http.MethodGet, devicesPath+"/"+laptop.ID, nil, &d)
	if d.Enrolment != "revoked" || len(d.Sessions) != 1 || d.Sessions[0].Reason != "device_revoked" || len(d.Audit) < 3 || d.Audit[0].Action != "device.revoked" || d.Audit[0].Actor != "Amelia Brandt" {
		t.Errorf("detail %+v", d)
	}
	w.VerifyAudit()
}

// warned makes the device break a rule while somebody looks.
func warned(t *testing.T, boss *servertest.Person, helper *servertest.Socket, id string) {
	t.Helper()
	var d wire.DeviceDetail
	boss.Must(http.MethodGet, devicesPath+"/"+id, nil, &d)
	boss.Put(devicesPath+"/"+id, d.Version, wire.DeviceBody{Name: d.Name, Owner: d.Owner.ID, ExternalID: "mdm-7"})
	boss.Must(http.MethodPost, "/api/v1/compliance-policies", wire.CompliancePolicyBody{
		Name: "Linux laptops", Platform: "linux", Everything: true, Groups: []string{}, Rules: []wire.ComplianceRule{{Kind: "firewall"}},
	}, nil)
	boss.Must(http.MethodPost, devicesPath+"/facts", wire.Descriptions{Devices: []wire.Description{
		{ExternalID: "mdm-7", Platform: "linux", Facts: []wire.FactReport{{Name: "firewall", Value: "false", At: time.Now()}}},
	}}, nil)
	v := helper.Wait("the warning", func(v wire.Snapshot) bool { return len(v.Warnings) == 1 && v.Warnings[0].Code == "not_compliant" })
	if f := v.Warnings[0].Findings; len(f) != 1 || f[0].Rule != "firewall" || f[0].Policy != "Linux laptops" || f[0].Since == nil || v.State != "connecting" {
		t.Errorf("findings %+v in state %s", f, v.State)
	}
}

// TestADeviceCannotBeForged: security.md A18 and A19.
func TestADeviceCannotBeForged(t *testing.T) {
	w := servertest.Start(t)
	boss, sharer := w.SignIn("amelia"), w.SignIn("sofia")
	laptop := sharer.NewDevice()
	laptop.Enrol("")
	first := laptop.Sign("prove", laptop.Challenge("prove"), 2)
	laptop.Must(first)
	laptop.RefusedProof("device_challenge_over", first) // 1: replayed
	elsewhere := w.SignIn("sofia")
	stolen := laptop.At(elsewhere)
	mine := laptop.Challenge("prove")
	stolen.RefusedProof("device_challenge_over", laptop.Sign("prove", mine, 3)) // 2: a challenge of another sign-in
	his := stolen.Challenge("prove")
	swapped := his
	swapped.SignIn = mine.SignIn
	stolen.RefusedProof("device_proof_invalid", laptop.Sign("prove", swapped, 3))                    // 3: signed for another sign-in
	stolen.RefusedProof("device_challenge_over", laptop.Sign("prove", his, 3))                       // 4: used up by the wrong try
	laptop.RefusedProof("device_challenge_over", laptop.Sign("prove", laptop.Challenge("enrol"), 3)) // 5: for another purpose
	thief := laptop.At(w.SignIn("kenji"))
	thief.RefusedProof("device_proof_invalid", thief.Sign("prove", thief.Challenge("prove"), 3)) // 6: somebody else with the key

	var d wire.DeviceDetail
	boss.Must(http.MethodGet, devicesPath+"/"+laptop.ID, nil, &d)
	if d.Cloned {
		t.Fatal("it is taken for cloned before it was")
	}
	laptop.Must(laptop.Sign("prove", laptop.Challenge("prove"), 2)) // 7: a counter that steps back
	boss.Must(http.MethodGet, devicesPath+"/"+laptop.ID, nil, &d)
	if !d.Cloned || d.Audit[0].Action != "device.cloned" {
		t.Errorf("a repeated counter: %+v", d)
	}

	second := sharer.NewDevice() // 8: two browsers with the same key, in turn
	second.Enrol("")
	copied := second.At(elsewhere)
	copied.Must(copied.Sign("prove", copied.Challenge("prove"), 2))
	boss.Must(http.MethodGet, devicesPath+"/"+second.ID, nil, &d)
	if d.Cloned {
		t.Fatal("signing in anew is taken for a copy")
	}
	second.Must(second.Sign("prove", second.Challenge("prove"), 3))
	boss.Must(http.MethodGet, devicesPath+"/"+second.ID, nil, &d)
	if !d.Cloned {
		t.Error("two browsers use the key in turn, and nobody notices")
	}
	// A19: what a client says of itself is not asked for anywhere.
	err := sharer.Try(http.MethodPost, devicesPath+"/facts", wire.Descriptions{Devices: []wire.Description{{ExternalID: "x", Facts: []wire.FactReport{{Name: "firewall", Value: "true", At: time.Now()}}}}}, nil)
	var p *servertest.Problem
	if !errors.As(err, &p) || p.Status != http.StatusForbidden {
		t.Errorf("a sharer describes devices: %v", err)
	}
}

// TestALostKeyIsNotAnUnknownDevice.
func TestALostKeyIsNotAnUnknownDevice(t *testing.T) {
	w := servertest.Start(t)
	boss, helper, sharer := w.SignIn("amelia"), w.SignIn("haruka"), w.SignIn("sofia")
	laptop := sharer.NewDevice()
	laptop.Enrol("")
	w.SignIn("kenji").Refused("not_found", http.MethodPost, "/api/v1/this-device/lost", wire.LostKey{Device: laptop.ID})
	sharer.Must(http.MethodPost, "/api/v1/this-device/lost", wire.LostKey{Device: laptop.ID}, nil)
	made := helper.Create()
	live := helper.Attach(made.Session)
	sharer.Redeem(made.Code)
	if v := live.WaitState("trust"); len(v.Warnings) != 1 || v.Warnings[0].Code != "key_lost" {
		t.Errorf("warned of %+v", v.Warnings)
	}
	var list wire.Devices
	boss.Must(http.MethodGet, devicesPath+"?enrolment=key_lost&search=laptop", nil, &list)
	if len(list.Devices) != 1 || list.Devices[0].ID != laptop.ID || list.Devices[0].Owner.Name != "Sofía Núñez" {
		t.Errorf("listed %+v", list.Devices)
	}
	laptop.Must(laptop.Sign("prove", laptop.Challenge("prove"), 2)) // it was there after all
	boss.Must(http.MethodGet, devicesPath+"?enrolment=enrolled", nil, &list)
	if len(list.Devices) != 1 {
		t.Errorf("listed %+v", list.Devices)
	}
}

// TestDevicesAreDescribedFromOutside: all of a file or nothing of it.
func TestDevicesAreDescribedFromOutside(t *testing.T) {
	w := servertest.Start(t)
	boss := w.SignIn("amelia")
	good := "external_id,name,owner,platform,disk_encryption\na1,Red,sofia@northwind.example,windows,true\na2,Blue,,macos,false\n"
	for _, c := range []struct {
		file, query string
		want        wire.Described
	}{
		{good, "?preview=true", wire.Described{Created: 2, Preview: true}},
		{good + "a3,Green,nobody@northwind.example,linux,true\na1,Again,,,\na4,Grey,,beos,\n", "", wire.Described{Created: 2}},
		{good, "", wire.Described{Created: 2}},
		{good + "a3,Green,,linux,\n", "?preview=true", wire.Described{Created: 1, Changed: 2, Preview: true}},
	} {
		var got wire.Described
		boss.Upload(devicesPath+"/import"+c.query, c.file, &got)
		if got.Created != c.want.Created || got.Changed != c.want.Changed || got.Preview != c.want.Preview {
			t.Errorf("%q: %+v, want %+v", c.file, got, c.want)
		}
		if strings.Contains(c.file, "beos") && len(got.Errors) != 3 {
			t.Errorf("errors %+v", got.Errors)
		}
		var list wire.Devices
		boss.Must(http.MethodGet, devicesPath, nil, &list)
		if kept := !c.want.Preview && len(got.Errors) == 0; !kept && c.query == "" && len(list.Devices) != 0 {
			t.Errorf("half of a file was kept: %+v", list.Devices)
		}
	}
	var list wire.Devices
	boss.Must(http.MethodGet, devicesPath+"?sort=name&limit=1&descending=true", nil, &list)
	if len(list.Devices) != 1 || list.Devices[0].Name != "Red" || list.Next == "" || list.Devices[0].Owner == nil {
		t.Fatalf("listed %+v", list)
	}
	boss.Must(http.MethodGet, devicesPath+"?sort=name&limit=1&descending=true&cursor="+list.Next, nil, &list)
	if len(list.Devices) != 1 || list.Devices[0].Name != "Blue" || list.Next != "" {
		t.Errorf("listed %+v", list)
	}
}
