package server

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	"tasuke/internal/access"
	"tasuke/internal/assist"
	"tasuke/internal/device"
	"tasuke/internal/identity"
	"tasuke/internal/store"
)

// sessions invents a year of help sessions, the oldest first. Each goes through
// the state machine as a real one does.
func (f *filler) sessions() error {
	starts := make([]time.Time, f.size.Sessions)
	for i := range starts {
		starts[i] = f.workingTime()
	}
	slices.SortFunc(starts, time.Time.Compare)
	return f.inBatches("sessions", len(starts), func(b *store.Bulk, i int) error {
		sc, log := f.session(starts[i])
		return b.Session(sc, log)
	})
}

// workingTime is a moment of the last twelve months: mostly a weekday, mostly by day.
func (f *filler) workingTime() time.Time {
	for {
		t := f.now.Add(-time.Duration(f.random.Int64N(int64(364*24*time.Hour))) - 12*time.Hour)
		weekend, night := t.Weekday() == time.Saturday || t.Weekday() == time.Sunday, t.Hour() < 6 || t.Hour() > 18
		if (!weekend || f.random.IntN(12) == 0) && (!night || f.random.IntN(10) == 0) {
			return t.Truncate(time.Second)
		}
	}
}

// play is a session being invented.
type play struct {
	*filler
	sc  assist.Scene
	at  time.Time
	log []store.Dated
}

func (f *filler) session(at time.Time) (assist.Scene, []store.Dated) {
	p := &play{filler: f, at: at}
	helper, sharer := pick(f.random, f.helpers), pick(f.random, f.all)
	for sharer.ID == helper.ID && len(f.all) > 1 {
		sharer = pick(f.random, f.all)
	}
	p.sc.Helper.Actor = identity.Actor{Person: helper, From: f.origin()}
	p.sc.Session = assist.New(assist.SessionID(f.id(at)), p.sc.Helper.Actor, nil, identity.DefaultSettings(), at)
	p.sc.Helper.Device = f.owned[helper.ID].Standing(nil, device.ProfileKey)
	p.decided(assist.Helper, "create")
	p.record(helper.ID, "create")
	switch weighted(f.random, 6, 94) {
	case 0: // nobody brought the code
		p.sc.Session.Tick(p.sc.Session.CodeExpires)
		p.record("", "ended")
	default:
		p.trust(sharer)
	}
	return p.sc, p.log
}

// later lets up to so many seconds pass.
func (p *play) later(seconds int) time.Time {
	p.at = p.at.Add(time.Duration(1+p.random.IntN(seconds)) * time.Second)
	return p.at
}

func (p *play) trust(sharer identity.Person) {
	s := &p.sc.Session
	p.sc.Sharer.Actor = identity.Actor{Person: sharer, From: p.origin()}
	if s.Redeem(p.sc.Sharer.Actor, p.later(240)) != nil {
		s.Tick(s.CodeExpires)
		p.record("", "ended")
		return
	}
	p.sc.Sharer.Device = p.owned[sharer.ID].Standing(nil, device.ProfileKey)
	s.Device = p.sc.Sharer.Device.ID
	if s.Device != "" {
		p.sc.Sharer.From.Platform = p.owned[sharer.ID].Platform
		s.Sharer.From.Platform = p.sc.Sharer.From.Platform
	}
	s.Warn(p.sc.Sharer.Device.Warnings())
	p.decided(assist.Sharer, "redeem")
	p.record(sharer.ID, "redeem")
	if p.random.IntN(100) < 4 {
		p.act(assist.Helper, assist.Cancel)
		return
	}
	p.act(assist.Helper, assist.Continue)
	switch weighted(p.random, 92, 5, 1) {
	case 1:
		p.act(assist.Sharer, assist.Decline)
	case 2:
		p.act(assist.Sharer, assist.Report)
	default:
		p.act(assist.Sharer, assist.Allow)
		p.share()
	}
}

func (p *play) share() {
	s := &p.sc.Session
	s.Connection = assist.Connections()[weighted(p.random, 71, 18, 5, 4, 2)]
	p.act(assist.Sharer, assist.Share)
	p.at = p.at.Add(time.Duration(p.random.ExpFloat64() * float64(9*time.Minute)))
	if p.random.IntN(5) == 0 {
		p.act(assist.Sharer, assist.Pause)
		p.act(assist.Sharer, assist.Resume)
	}
	switch weighted(p.random, 66, 29, 2, 3) {
	case 0:
		p.act(assist.Sharer, assist.End)
	case 1:
		p.act(assist.Helper, assist.Leave)
	case 2:
		p.act(assist.Nobody, assist.AdminEnd)
	default:
		why := pick(p.random, []assist.Reason{assist.PolicyBlocked, assist.PermissionLost, assist.SignedOut, assist.DeviceRevoked})
		_ = s.Apply(assist.Event{Act: assist.Withdraw, At: p.later(20), Reason: why})
		p.record("", "ended")
	}
}

// act does something in a seat, unless the session has ended meanwhile.
func (p *play) act(seat assist.Seat, a assist.Act) {
	s := &p.sc.Session
	e := assist.Event{Act: a, Seat: seat, At: p.later(20), Text: "view-1", Surface: assist.Monitor}
	if s.State == assist.Ended || s.Apply(e) != nil {
		return
	}
	p.record(s.Party(seat).Person, string(a))
}

func (p *play) record(who identity.PersonID, action string) {
	p.log = append(p.log, store.Dated{At: p.at, Entry: identity.Entry{Org: DemoOrg, By: identity.InPerson(who), Action: "session." + action, Object: string(p.sc.Session.ID)}})
}

func (p *play) decided(seat assist.Seat, step string) {
	p.sc.Decided = append(p.sc.Decided, assist.Decided{Seat: seat, Step: step, At: p.at, Decision: access.Decision{Allowed: true}})
}

// origin is a browser in the office or at home.
func (f *filler) origin() identity.Origin {
	addr := netip.AddrFrom4([4]byte{192, 0, 2, byte(1 + f.random.IntN(254))}) // RFC 5737
	if f.random.IntN(3) == 0 {
		addr = netip.AddrFrom4([4]byte{198, 51, 100, byte(1 + f.random.IntN(254))})
	}
	return identity.Origin{
		Addr: addr, Platform: []identity.Platform{"windows", "macos", "linux", "chromeos"}[weighted(f.random, 68, 20, 8, 4)],
		Browser: []string{"edge", "chrome", "firefox", "safari"}[weighted(f.random, 44, 38, 12, 6)], Version: 140 + f.random.IntN(17),
	}
}

// kindOfDevice is a make of device.
type kindOfDevice struct {
	platform       identity.Platform
	policy, prefix string
	manufacturer   string
	models         []string
	versions       [3]string // too old, old, new
}

func makes() []kindOfDevice {
	return []kindOfDevice{
		{"windows", "Windows", "WIN", "Contoso", []string{"Book 14", "Book 16", "Desk Tower", "Desk Mini", "Workstation W7"}, [3]string{"10.0.19045", "10.0.22631", "10.0.26100"}},
		{"macos", "macOS", "MAC", "Apple", []string{"MacBook Air 13", "MacBook Pro 14", "MacBook Pro 16", "Mac mini"}, [3]string{"13.6", "15.4", "26.1"}},
		{"linux", "Linux", "LNX", "Fabrikam", []string{"Dev Station", "Thin Client 3", "Lab PC"}, [3]string{"5.10", "6.1", "6.12"}},
		{"ios", "iOS and iPadOS", "IOS", "Apple", []string{"iPhone 15", "iPhone 16", "iPad Air"}, [3]string{"16.7", "18.2", "26.1"}},
		{"android", "Android", "AND", "Litware", []string{"Phone 8", "Phone 9 Pro", "Scanner M2"}, [3]string{"12", "14", "16"}},
		{"chromeos", "ChromeOS", "CHR", "Contoso", []string{"Kiosk Box", "Chromebook 14"}, [3]string{"118", "130", "141"}},
	}
}

// tongue is where people's names come from.
type tongue struct {
	locale                  string
	familyFirst             bool
	given, family           []string
	latinGiven, latinFamily []string // for addresses
	departments, titles     []string
}

func (t tongue) name(given, family int) string {
	if t.familyFirst {
		return t.family[family] + " " + t.given[given]
	}
	return t.given[given] + " " + t.family[family]
}

func tongues() []tongue {
	list := strings.Fields
	enGiven, enFamily := list("Amelia Oliver Sofía Noah Grace Liam Hannah Ethan Chloe Lucas Maya Henry Zoë Adam Ella Jakub Nora Felix Iris Tomás Ruth Owen Alice Max Elena Hugo Clara Simon Lena Peter"),
		list("Brandt Núñez Murphy Novak Okafor Schmidt Rossi Larsen Dubois Kowalski Evans Silva Fischer Moreau Wright Jensen Costa Weber Byrne Walker Hughes Marin Ford Keller Patel Singh Nguyen Cohen Adler Stone")
	return []tongue{
		{locale: "en", given: enGiven, family: enFamily, latinGiven: list("amelia oliver sofia noah grace liam hannah ethan chloe lucas maya henry zoe adam ella jakub nora felix iris tomas ruth owen alice max elena hugo clara simon lena peter"),
			latinFamily: list("brandt nunez murphy novak okafor schmidt rossi larsen dubois kowalski evans silva fischer moreau wright jensen costa weber byrne walker hughes marin ford keller patel singh nguyen cohen adler stone"),
			departments: []string{"Sales", "Finance", "Logistics", "Human Resources", "Information Technology", "Legal", "Marketing", "Production"},
			titles:      []string{"Account Manager", "Clerk", "Analyst", "Team Lead", "Engineer", "Buyer", "Coordinator", "Planner"}},
		{locale: "ja", familyFirst: true, given: list("健二 陽子 大輔 美咲 翔太 由美 直樹 さくら 拓也 恵 誠 彩 亮 明美 浩 結衣 隆 千尋 修 葵"), family: list("佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 松本 井上 木村 林 清水 斎藤 森"),
			latinGiven:  list("kenji yoko daisuke misaki shota yumi naoki sakura takuya megumi makoto aya ryo akemi hiroshi yui takashi chihiro osamu aoi"),
			latinFamily: list("sato suzuki takahashi tanaka ito watanabe yamamoto nakamura kobayashi kato yoshida yamada sasaki matsumoto inoue kimura hayashi shimizu saito mori"),
			departments: []string{"営業部", "経理部", "物流部", "人事部", "情報システム部", "法務部"}, titles: []string{"主任", "係長", "課長", "担当", "技術者", "企画担当"}},
		{locale: "ar", given: list("ليلى عمر فاطمة أحمد نور يوسف مريم خالد سارة علي هدى محمود رنا طارق دينا سامي"), family: list("حداد الخطيب منصور العلي شاهين النجار صالح فارس قاسم الزهراني حمدان عبود الشامي درويش سليمان يعقوب"),
			latinGiven:  list("layla omar fatima ahmad nour yousef maryam khaled sara ali huda mahmoud rana tarek dina sami"),
			latinFamily: list("haddad alkhatib mansour alali shaheen alnajjar saleh fares qasem alzahrani hamdan abboud alshami darwish sulaiman yaqoub"),
			departments: []string{"المبيعات", "المالية", "الخدمات اللوجستية", "الموارد البشرية", "الدعم التقني"}, titles: []string{"محاسب", "مدير حسابات", "محلل", "منسق", "مهندس"}},
	}
}
