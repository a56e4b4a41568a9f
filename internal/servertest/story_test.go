package servertest_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"tasuke/internal/api"
	"tasuke/internal/servertest"
	"tasuke/internal/wire"
)

func TestMain(m *testing.M) {
	api.Conventions()
	goleak.VerifyTestMain(m)
}

const text = "view-1"

// pair is a helper and a sharer with their sockets.
type pair struct {
	w                      *servertest.World
	helper, sharer         *servertest.Person
	session                string
	helperLive, sharerLive *servertest.Socket
}

// trust brings two people to the trust screens.
func trust(t *testing.T, settings ...string) *pair {
	t.Helper()
	w := servertest.Start(t, settings...)
	p := &pair{w: w, helper: w.SignIn("haruka"), sharer: w.SignIn("sofia")}
	made := p.helper.Create()
	p.helperLive = p.helper.Attach(made.Session)
	p.session = p.sharer.Redeem(strings.ToLower(made.Code))
	p.sharerLive = p.sharer.Attach(p.session)
	p.helperLive.WaitState("trust")
	return p
}

// connecting brings two people to where their browsers may be connected.
func connecting(t *testing.T) *pair {
	t.Helper()
	p := trust(t)
	p.helper.Act(p.session, "continue", wire.Act{Text: text})
	p.sharer.Act(p.session, "allow", wire.Act{Text: text})
	p.helperLive.WaitState("connecting")
	p.sharerLive.WaitState("connecting")
	return p
}

func TestOnePersonSeesAnothersScreen(t *testing.T) {
	p := trust(t)
	seen := p.sharerLive.Wait("the helper", func(v wire.Snapshot) bool { return v.Peer != nil && v.Peer.Presence == "present" })
	if seen.Peer.Name != "佐藤 はるか" || !seen.Peer.DomainVerified || seen.Peer.Picture == "" || len(seen.Warnings) != 0 {
		t.Errorf("the sharer is shown %+v", *seen.Peer)
	}
	if v := p.helperLive.WaitState("trust"); v.Link != nil || len(v.Warnings) != 1 || v.Peer.Name != "Sofía Núñez" {
		t.Errorf("the helper is shown %+v", v)
	}
	var png []byte
	p.sharer.Must(http.MethodGet, seen.Peer.Picture, nil, &png)
	if !strings.HasPrefix(string(png), "\x89PNG") {
		t.Error("the picture is not a PNG")
	}
	p.sharer.Act(p.session, "allow", wire.Act{Text: text})
	if v := p.helperLive.Wait("the sharer's yes", func(v wire.Snapshot) bool { return v.Peer.Consented }); v.Link != nil {
		t.Error("a link before both said yes")
	}
	p.helper.Act(p.session, "continue", wire.Act{Text: text})

	sharer, helper := p.sharerLive.Connect(false), p.helperLive.Connect(false)
	sharer.WaitConnected()
	helper.WaitConnected()
	sharer.Picture(helper)
	p.sharer.Act(p.session, "share", wire.Act{Surface: "window"})
	p.helperLive.WaitState("sharing")
	p.helperLive.Send(wire.FromBrowser{Type: "connection", Connection: &wire.Connection{Kind: "direct"}})

	p.helperLive.Say("こんにちは")
	p.sharerLive.WaitChat(1)
	p.sharerLive.Say("مرحبا 👩‍💻\nسطر")
	if lines := p.helperLive.WaitChat(2); lines[0].Text != "こんにちは" || lines[1].Text != "مرحبا 👩‍💻\nسطر" || lines[1].Seat != "sharer" {
		t.Errorf("thread %+v", lines)
	}
	p.sharer.Act(p.session, "pause", wire.Act{})
	p.helperLive.WaitState("paused")
	p.sharer.Act(p.session, "resume", wire.Act{})
	p.helperLive.WaitState("sharing")
	p.sharer.Act(p.session, "end", wire.Act{})
	if v := p.helperLive.WaitState("ended"); v.Reason != "sharer_ended" || v.EndedBy != "sharer" || v.Link != nil {
		t.Errorf("ended as %+v", v)
	}
	report(t, p)
}

// report checks what the administrator finds afterwards.
func report(t *testing.T, p *pair) {
	t.Helper()
	boss := p.w.SignIn("amelia")
	var list wire.Page[wire.SessionReport]
	boss.Must(http.MethodGet, "/api/v1/reports/sessions?search=はるか", nil, &list)
	if len(list.Items) != 1 || list.Items[0].Reason != "sharer_ended" || list.Items[0].Connection != "direct" || list.Items[0].Sharer != "Sofía Núñez" || list.Items[0].AllowedAt == nil {
		t.Errorf("reports %+v", list.Items)
	}
	var csv, rows []byte
	boss.Must(http.MethodGet, "/api/v1/reports/sessions.csv", nil, &csv)
	boss.Must(http.MethodGet, "/api/v1/reports/sessions.jsonl", nil, &rows)
	var parsed wire.SessionReport
	if err := json.Unmarshal(rows, &parsed); err != nil || parsed.Session != p.session || !strings.Contains(string(csv), "Sofía Núñez") {
		t.Errorf("exports %s %s", csv, rows)
	}
	p.helper.Must(http.MethodGet, "/api/v1/reports/sessions", nil, &list)
	if len(list.Items) != 1 {
		t.Errorf("the helper sees %d of their own sessions", len(list.Items))
	}
	p.sharer.Refused("not_permitted", http.MethodGet, "/api/v1/reports/sessions", nil)
	var detail wire.SessionDetail
	boss.Must(http.MethodGet, "/api/v1/reports/sessions/"+p.session, nil, &detail)
	if detail.HelperConsent == nil || detail.SharerConsent == nil || len(detail.Decisions) < 3 || len(detail.Timeline) < 4 || detail.Timeline[0].Action != "session.create" {
		t.Errorf("detail %+v", detail)
	}
	var overview wire.Overview
	boss.Must(http.MethodGet, "/api/v1/overview", nil, &overview)
	if overview.Today.Sessions != 1 || overview.Today.Allowed != 1 || len(overview.Days) != 30 || len(overview.Reasons) != 1 {
		t.Errorf("overview %+v", overview)
	}
	var lines wire.Page[wire.AuditLine]
	boss.Must(http.MethodGet, "/api/v1/audit?search=report.export", nil, &lines)
	if len(lines.Items) != 2 || lines.Items[0].Name != "Amelia Brandt" {
		t.Errorf("audit %+v", lines)
	}
	if n := p.w.VerifyAudit(); n < 10 {
		t.Errorf("an audit chain of %d lines", n)
	}
}

func TestThroughTheRelay(t *testing.T) {
	p := connecting(t)
	sharer, helper := p.sharerLive.Connect(true), p.helperLive.Connect(true)
	sharer.WaitConnected()
	helper.WaitConnected()
	sharer.Picture(helper)
	if !helper.Relayed() || !sharer.Relayed() {
		t.Error("the picture did not go through the relay")
	}
}

func TestEveryRefusalSaysWhatItIs(t *testing.T) {
	p := trust(t)
	nobody, other := p.w.Stranger(), p.w.SignIn("omar")
	const path = "/api/v1/help-sessions"
	nobody.Refused("sign_in_required", http.MethodPost, path, struct{}{})
	p.sharer.Refused("help_refused", http.MethodPost, path, struct{}{})
	p.sharer.Refused("code_not_accepted", http.MethodPost, path+"/redeem", wire.Redeem{Code: "0000-0000"})
	p.sharer.Refused("code_not_accepted", http.MethodPost, path+"/redeem", wire.Redeem{Code: "hello"})
	p.sharer.Refused("invalid_input", http.MethodPost, path+"/redeem", wire.Redeem{Code: strings.Repeat("0", 65)})
	p.sharer.Refused("invalid_input", http.MethodPost, path+"/redeem", []string{"4060R0GX"})
	own := other.Create()
	other.Refused("own_code", http.MethodPost, path+"/redeem", wire.Redeem{Code: own.Code})
	act := func(who *servertest.Person, act, code string, in wire.Act) {
		t.Helper()
		who.Refused(code, http.MethodPost, path+"/"+p.session+"/acts/"+act, in)
	}
	act(p.helper, "allow", "wrong_seat", wire.Act{Text: text})
	act(p.sharer, "continue", "wrong_seat", wire.Act{Text: text})
	act(p.sharer, "allow", "consent_text_missing", wire.Act{})
	act(p.sharer, "share", "not_in_this_state", wire.Act{})
	act(p.sharer, "fly", "invalid_input", wire.Act{})
	act(other, "end", "not_found", wire.Act{})
	other.Refused("not_found", http.MethodGet, path+"/"+p.session, nil)
	other.Refused("not_permitted", http.MethodPost, path+"/"+p.session+"/admin-end", nil)
	other.Open(wire.Attach{Session: p.session, Page: "0123456789abcdef"}).WaitClosed(wire.CloseNotFound)
	nobody.Open(wire.Attach{Session: p.session, Page: "0123456789abcdef"}).WaitClosed(wire.CloseSignInRequired)
	p.sharer.Act(p.session, "decline", wire.Act{})
	act(p.sharer, "allow", "session_ended", wire.Act{Text: text})
	p.helperLive.Wait("the no", func(v wire.Snapshot) bool { return v.Reason == "declined" })
}

func TestNothingPassesBeforeBothSaidYes(t *testing.T) {
	p := trust(t)
	p.sharerLive.Send(wire.FromBrowser{Type: "signal", Signal: &wire.Signal{Page: p.helperLive.Page, Kind: "candidate"}})
	p.sharerLive.WaitRefused("not_in_this_state")
	p.sharerLive.Say("too early")
	p.helper.Act(p.session, "continue", wire.Act{Text: text})
	p.sharer.Act(p.session, "allow", wire.Act{Text: text})
	p.helperLive.WaitState("connecting")
	p.helperLive.Send(wire.FromBrowser{Type: "signal", Signal: &wire.Signal{Page: p.sharerLive.Page, Kind: "offer", SDP: "v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=sendonly\r\n"}})
	p.helperLive.WaitRefused("wrong_seat")
	p.helperLive.Send(wire.FromBrowser{Type: "signal", Signal: &wire.Signal{Page: p.sharerLive.Page, Kind: "answer", SDP: "v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=sendrecv\r\n"}})
	p.helperLive.WaitRefused("description_refused")
}

func TestMalformedMessagesDisturbNobody(t *testing.T) {
	p := connecting(t)
	for _, bad := range []string{"{", `{"type":"keyboard"}`, `{"type":"say","colour":"red"}`, `{"type":"say"}`, "[]"} {
		s := p.w.SignIn("omar")
		own := s.Create()
		live := s.Attach(own.Session)
		live.SendRaw([]byte(bad))
		live.WaitClosed(wire.CloseBadMessage)
	}
	p.helperLive.SendRaw([]byte(`{"type":"say","say":{"id":"0123456789abcdef","text":"` + strings.Repeat("a", 200<<10) + `"}}`))
	p.helperLive.WaitClosed(1009) // RFC 6455: message too big
	p.sharerLive.Wait("the helper's loss", func(v wire.Snapshot) bool { return v.Peer.Presence != "present" })
	p.sharerLive.Say("still here")
	p.sharerLive.WaitChat(1)
}

func TestTheServerRestartsInTheMiddle(t *testing.T) {
	p := connecting(t)
	sharer, helper := p.sharerLive.Connect(false), p.helperLive.Connect(false)
	sharer.WaitConnected()
	sharer.Picture(helper)
	p.sharer.Act(p.session, "share", wire.Act{Surface: "monitor"})
	p.helperLive.Say("before")
	p.sharerLive.WaitChat(1)
	p.w.Restart()
	sharer.Picture(helper) // nobody asked the server
	again := p.sharer.Open(wire.Attach{Session: p.session, Page: p.sharerLive.Page})
	if v := again.Wait("the session", func(v wire.Snapshot) bool { return v.State != "" }); v.State != "sharing" {
		t.Errorf("after the restart: %s", v.State)
	}
	reloaded := p.helper.Attach(p.session)
	if lines := reloaded.WaitChat(1); lines[0].Text != "before" {
		t.Errorf("thread after the restart: %+v", lines)
	}
	reloaded.Say("after")
	if lines := again.WaitChat(2); lines[1].Text != "after" {
		t.Errorf("thread after the restart: %+v", lines)
	}
}

func TestSeats(t *testing.T) {
	p := connecting(t)
	p.sharer.Act(p.session, "share", wire.Act{})
	second := wire.Attach{Session: p.session, Page: "another-tab-of-the-sharer"}
	p.sharer.Open(second).WaitClosed(wire.CloseSeatTaken)
	second.Takeover = true
	taken := p.sharer.Open(second)
	taken.WaitState("connecting") // never a silent re-share
	p.sharerLive.WaitClosed(wire.CloseReplaced)
	taken.Send(wire.FromBrowser{Type: "bye"})
	p.helperLive.Wait("the sharer's goodbye", func(v wire.Snapshot) bool { return v.Peer.PageClosed && v.Peer.Presence == "lost" })
	back := p.sharer.Attach(p.session)
	p.helperLive.Wait("the sharer's return", func(v wire.Snapshot) bool { return v.Peer.Presence == "present" && v.Problem == "page_closed" })
	back.GoAway()
	p.helperLive.Wait("the sharer's browser quit", func(v wire.Snapshot) bool { return v.Peer.PageClosed && v.Peer.Presence == "lost" })
}

func TestSigningOutEndsTheSession(t *testing.T) {
	p := connecting(t)
	p.sharer.Must(http.MethodPost, "/signin/out", struct{}{}, nil)
	if v := p.helperLive.WaitState("ended"); v.Reason != "signed_out" {
		t.Errorf("ended as %s", v.Reason)
	}
	p.sharer.Refused("sign_in_required", http.MethodGet, "/api/v1/me", nil)
}

func TestSwitchesTakeEffectAtOnce(t *testing.T) {
	p := connecting(t)
	boss := p.w.SignIn("amelia")
	var s wire.Settings
	boss.Must(http.MethodGet, "/api/v1/settings", nil, &s)
	s.Chat = false
	boss.Must(http.MethodPut, "/api/v1/settings", s, &s)
	p.helperLive.Wait("chat off", func(v wire.Snapshot) bool { return !v.ChatAllowed })
	p.helperLive.Say("hello?")
	p.helperLive.WaitRefused("chat_disabled")
	stale := s
	stale.Version--
	boss.Refused("changed_meanwhile", http.MethodPut, "/api/v1/settings", stale)
	s.CodeLifetimeMinutes = 61
	boss.Refused("invalid_input", http.MethodPut, "/api/v1/settings", s)
	s.CodeLifetimeMinutes, s.RemoteHelp = 10, false
	boss.Must(http.MethodPut, "/api/v1/settings", s, &s)
	if v := p.sharerLive.WaitState("ended"); v.Reason != "help_disabled" {
		t.Errorf("ended as %s", v.Reason)
	}
	p.helper.Refused("help_refused", http.MethodPost, "/api/v1/help-sessions", struct{}{})
}

func TestNoSecretIsLogged(t *testing.T) {
	p := connecting(t)
	sharer, helper := p.sharerLive.Connect(true), p.helperLive.Connect(true)
	sharer.WaitConnected()
	sharer.Picture(helper)
	made := p.w.SignIn("omar").Create()
	p.helperLive.Say("canary-chat-line")
	p.sharerLive.WaitChat(1)
	link := p.helperLive.Wait("a link", func(v wire.Snapshot) bool { return v.Link != nil }).Link
	p.sharer.Act(p.session, "end", wire.Act{})
	p.helperLive.WaitState("ended")
	secrets := []string{made.Code, strings.ReplaceAll(made.Code, "-", ""), "canary-chat-line", "a=fingerprint", "a=ice-pwd"}
	for _, i := range link.ICEServers {
		if i.Credential != "" {
			secrets = append(secrets, i.Credential, i.Username)
		}
	}
	secrets = append(secrets, p.w.Secrets()...)
	for _, s := range secrets {
		if strings.Contains(p.w.Log.String(), s) {
			t.Errorf("the log holds the secret %.8q…", s)
		}
	}
	for _, name := range []string{"tasuke.db", "tasuke.db-wal"} {
		b, err := os.ReadFile(filepath.Join(p.w.Dir(), name))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(b), "canary-chat-line") {
			t.Errorf("chat is readable in %s", name)
		}
	}
}
