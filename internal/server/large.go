package server

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/google/uuid"

	"tasuke/internal/admin"
	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/store"
)

// Large is how much a demo of a large organisation holds. The same seed gives
// the same people, devices and sessions, relative to the day it is made.
type Large struct {
	People, Devices, Sessions int
	Seed                      uint64
	Until                     time.Time // when the year ends; zero: now
}

// LargeDemo is the size of demo --large.
func LargeDemo(seed uint64) Large {
	return Large{People: 20_000, Devices: 100_000, Sessions: 200_000, Seed: seed}
}

// ErrHoldsData keeps invented data out of a database that is used.
var ErrHoldsData = fault.New(fault.Conflict, "database_holds_data", "The database holds data already.", "Choose an empty folder with --data.")

// FillDemo fills the fresh demo's organisation; what was filled before is left as
// it is. progress is told from time to time. ErrHoldsData.
func (s *Server) FillDemo(ctx context.Context, size Large, progress func(what string, done, of int)) error {
	h, err := s.Store.Holdings(ctx, DemoOrg)
	switch {
	case err != nil:
		return err
	case h.Orgs == 1 && h.People >= size.People && h.Devices >= size.Devices: // sessions go with time
		return nil
	case h.Orgs != 1 || h.People > len(demoPeople()) || h.Devices > 0 || h.Sessions > 0:
		return ErrHoldsData
	}
	if size.Until.IsZero() {
		size.Until = time.Now()
	}
	f := &filler{Server: s, ctx: ctx, size: size, random: rand.New(rand.NewPCG(size.Seed, 0)), now: size.Until.UTC().Truncate(time.Minute), progress: progress}
	for _, step := range []func() error{f.settings, f.staff, f.policies, f.people, f.groups, f.devices, f.sessions} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// filler invents an organisation.
type filler struct {
	*Server
	ctx      context.Context
	size     Large
	random   *rand.Rand
	now      time.Time
	progress func(what string, done, of int)

	all        []identity.Person
	helpers    []identity.Person
	compliance []device.Policy
	owned      map[identity.PersonID]device.Device // one of theirs
}

// batch is how much is kept in one transaction.
const batch = 5000

// inBatches calls fn for 0 … n-1, some in one transaction.
func (f *filler) inBatches(what string, n int, fn func(b *store.Bulk, i int) error) error {
	for from := 0; from < n; from += batch {
		to := min(from+batch, n)
		err := f.Store.Fill(f.ctx, DemoOrg, func(b *store.Bulk) error {
			for i := from; i < to; i++ {
				if err := fn(b, i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("fill %s: %w", what, err)
		}
		f.progress(what, to, n)
	}
	return nil
}

// id is a UUID of version 7 from the seed.
func (f *filler) id(at time.Time) string {
	var u uuid.UUID
	ms := at.UnixMilli()
	for i := range 6 {
		u[i] = byte(ms >> (40 - 8*i))
	}
	for i := 6; i < len(u); i++ {
		u[i] = byte(f.random.Uint32())
	}
	u[6], u[8] = u[6]&0x0f|0x70, u[8]&0x3f|0x80
	return u.String()
}

// ago is a moment of the last days, more often a late one.
func (f *filler) ago(days int) time.Time {
	late := f.random.Float64()
	return f.now.Add(-time.Duration(late * late * float64(days) * float64(24*time.Hour))).Truncate(time.Second)
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// weighted chooses an index as often as its weight says.
func weighted(r *rand.Rand, weights ...int) int {
	total := 0
	for _, w := range weights {
		total += w
	}
	n := r.IntN(total)
	for i, w := range weights {
		if n -= w; n < 0 {
			return i
		}
	}
	return 0
}

// staffRoles says how many people in a thousand hold a role beside their work.
var staffRoles = [...]struct {
	role  identity.RoleID
	share int
}{{identity.FirstLineHelper, 20}, {identity.SecondLineHelper, 6}, {identity.HelpDeskManager, 1}, {identity.DeviceManager, 1}, {identity.Auditor, 1}}

// settings let a whole year be kept.
func (f *filler) settings() error {
	set, version, err := f.Store.Settings(f.ctx, DemoOrg)
	if err != nil {
		return err
	}
	set.SessionDays, set.AuditDays = 2*365, 2*365
	return f.Store.SaveSettings(f.ctx, DemoOrg, set, version, f.now, identity.Entry{Org: DemoOrg, Action: "settings.change"})
}

// staff makes the groups of the built-in roles, each with somebody in it.
func (f *filler) staff() error {
	for i, s := range staffRoles {
		p := f.profile(-1 - i)
		if _, err := f.Store.Provision(f.ctx, DemoOrg, identity.PersonID(f.id(f.now)), p, []identity.RoleID{s.role}, f.now); err != nil {
			return err
		}
	}
	return nil
}

// profile invents somebody. Whoever it is can be found, but cannot sign in.
func (f *filler) profile(i int) identity.Profile {
	tongue := tongues()[weighted(f.random, 55, 27, 18)]
	given, family := f.random.IntN(len(tongue.given)), f.random.IntN(len(tongue.family))
	work := f.random.IntN(len(tongue.departments))
	user := fmt.Sprintf("%s.%s%d", tongue.latinGiven[given], tongue.latinFamily[family], i+100)
	return identity.Profile{
		Issuer: identity.EmbeddedProvider(f.base(), DemoOrg).Issuer, Subject: "invented-" + fmt.Sprint(i), Name: tongue.name(given, family),
		Title: pick(f.random, tongue.titles), Company: "Northwind Traders", Department: tongue.departments[work], Locale: tongue.locale,
		Email: strings.ToLower(user) + "@northwind.example", Domain: "northwind.example",
	}
}

func (f *filler) people() error {
	return f.inBatches("people", f.size.People, func(b *store.Bulk, i int) error {
		at, p := f.ago(365), f.profile(i)
		id := identity.PersonID(f.id(at))
		person := identity.Person{ID: id, Org: DemoOrg, Name: p.Name, Title: p.Title, Company: p.Company, Department: p.Department, Email: p.Email, Domain: p.Domain}
		f.all = append(f.all, person)
		var groups []identity.GroupID
		for _, s := range staffRoles {
			if f.random.IntN(1000) >= s.share {
				continue
			}
			groups = append(groups, identity.GroupID(s.role))
			if s.role == identity.FirstLineHelper || s.role == identity.SecondLineHelper {
				f.helpers = append(f.helpers, person)
			}
		}
		if i == 0 && len(groups) == 0 {
			groups, f.helpers = append(groups, identity.GroupID(identity.FirstLineHelper)), append(f.helpers, person)
		}
		return b.Person(id, p, at, groups...)
	})
}

// groups makes a group of each department, by rule.
func (f *filler) groups() error {
	for _, t := range tongues() {
		for _, d := range t.departments {
			g := identity.Group{Name: d, Of: identity.OfPeople, Kind: identity.ByRule, Rule: []identity.Term{{Attribute: identity.ByDepartment, Operator: identity.Is, Values: []string{d}}}}
			g.ID = identity.GroupID(f.id(f.now))
			if err := f.configure(admin.Groups, string(g.ID), g.Name, g); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *filler) configure(kind admin.Kind, id, name string, v any) error {
	o := admin.Object{Kind: kind, ID: id, Name: name, Created: f.now, Updated: f.now, Value: v}
	log := identity.Entry{Org: DemoOrg, Action: string(kind) + ".create", Object: id}
	return f.Store.SaveObject(f.ctx, DemoOrg, o, log, func(admin.Configuration) error { return nil })
}

// policies are what devices of each platform must be like.
func (f *filler) policies() error {
	for _, m := range makes() {
		p := device.Policy{ID: device.PolicyID(f.id(f.now)), Name: m.policy, Platform: m.platform, Everything: true, Rules: []device.Rule{
			{Kind: device.MinOS, Value: m.versions[1], Grace: 14 * 24 * time.Hour}, {Kind: device.NeedsEncryption}, {Kind: device.NeedsScreenLock, Grace: 7 * 24 * time.Hour}, {Kind: device.LastContact, Value: "60"}}}
		f.compliance = append(f.compliance, p)
		if err := f.configure(admin.Compliance, string(p.ID), p.Name, p); err != nil {
			return err
		}
	}
	return nil
}

func (f *filler) devices() error {
	f.owned = map[identity.PersonID]device.Device{}
	return f.inBatches("devices", f.size.Devices, func(b *store.Bulk, i int) error {
		d, facts := f.device(i)
		d.Result = device.Evaluate(device.Inputs{Device: d, Facts: facts, Policies: f.compliance, Believed: 30 * 24 * time.Hour, Now: f.now})
		if d.Owner != "" && d.Enrolment == device.Enrolled {
			f.owned[d.Owner] = d
		}
		due := d.Result.Due
		if due.IsZero() {
			return b.Device(d, facts, due)
		}
		return b.Device(d, facts, due.Add(time.Duration(f.random.IntN(3600))*time.Second)) // not all at once
	})
}

// device invents one with what is known of it.
func (f *filler) device(i int) (device.Device, []device.Fact) {
	m := makes()[weighted(f.random, 52, 16, 6, 12, 11, 3)]
	created, seen := f.ago(365), f.ago(120)
	if seen.Before(created) {
		created = seen
	}
	d := device.Device{
		ID: identity.DeviceID(f.id(created)), Org: DemoOrg, Version: 1, Name: fmt.Sprintf("NW-%s-%06d", m.prefix, i+1), Platform: m.platform, Ownership: device.Corporate,
		Manufacturer: m.manufacturer, Model: pick(f.random, m.models), Serial: fmt.Sprintf("%08X", f.random.Uint32()), ExternalID: fmt.Sprintf("inv-%06d", i+1),
		Enrolment: device.Known, Created: created, Seen: seen,
	}
	if f.random.IntN(100) < 8 {
		d.Ownership = device.Personal
	}
	if f.random.IntN(100) < 70 {
		p := pick(f.random, f.all)
		d.Owner, d.OwnerName = p.ID, p.Name
		d.Enrolment = []device.Enrolment{device.Known, device.Enrolled, device.Retired, device.Revoked}[weighted(f.random, 25, 68, 5, 2)]
	}
	if d.Enrolment == device.Enrolled { // a key that nobody has
		d.Grade, d.Counter, d.EnrolledAt = device.ProfileKey, int64(1+f.random.IntN(200)), created
	}
	good := func(percent int) string { return fmt.Sprint(f.random.IntN(100) < percent) }
	facts := []device.Fact{
		{Name: device.OSVersion, Value: m.versions[weighted(f.random, 6, 34, 60)]}, {Name: device.DiskEncryption, Value: good(94)}, {Name: device.ScreenLock, Value: good(97)},
	}
	for i := range facts {
		facts[i].Source, facts[i].At = device.FromImport, seen
	}
	return d, facts[:weighted(f.random, 4, 1, 1, 94)]
}
