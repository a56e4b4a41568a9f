package server

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"time"

	"tasuke/internal/identity"
	"tasuke/internal/idp"
)

// DemoOrg is the organisation of the demo.
const DemoOrg identity.OrgID = "demo"

// DemoPerson is one of the demo's people with what they sign in with.
type DemoPerson struct {
	Role     string `json:"role"` // administrator, helper or sharer
	Name     string `json:"name"`
	Username string `json:"username"`
	Password string `json:"password"`
}

// demoPeople are fictitious. They write in three scripts, so that the pages are
// seen with all of them.
func demoPeople() []demoSeed {
	helper := []identity.RoleID{identity.FirstLineHelper}
	return []demoSeed{
		{"administrator", []identity.RoleID{identity.Administrator}, idp.NewAccount{Username: "amelia", Name: "Amelia Brandt", Title: "IT Administrator", Department: "Information Technology", Locale: "en"}},
		{"helper", helper, idp.NewAccount{Username: "haruka", Name: "佐藤 はるか", Title: "ヘルプデスク担当", Department: "情報システム部", Locale: "ja"}},
		{"helper", helper, idp.NewAccount{Username: "omar", Name: "عمر الخطيب", Title: "أخصائي دعم تقني", Department: "الدعم التقني", Locale: "ar"}},
		{"sharer", nil, idp.NewAccount{Username: "sofia", Name: "Sofía Núñez", Title: "Account Manager", Department: "Sales", Locale: "en"}},
		{"sharer", nil, idp.NewAccount{Username: "kenji", Name: "山田 健二", Title: "経理主任", Department: "経理部", Locale: "ja"}},
		{"sharer", nil, idp.NewAccount{Username: "layla", Name: "ليلى حداد", Title: "محاسبة", Department: "المالية", Locale: "ar"}},
	}
}

type demoSeed struct {
	role    string
	roles   []identity.RoleID
	account idp.NewAccount
}

// Demo makes the demo's organisation and people, or finds those of an earlier
// start, and returns who can sign in. Passwords are random and kept beside the
// database, readable by the owner only.
func (s *Server) Demo(ctx context.Context, dir string) ([]DemoPerson, error) {
	path := filepath.Join(dir, "people.json")
	b, err := os.ReadFile(path)
	if err == nil {
		var people []DemoPerson
		err := json.Unmarshal(b, &people)
		return people, err
	}
	if !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	people, err := s.makeDemo(ctx)
	if err != nil {
		return nil, fmt.Errorf("make the demo (delete %s to begin anew): %w", dir, err)
	}
	if b, err = json.MarshalIndent(people, "", "  "); err != nil {
		return nil, err
	}
	return people, os.WriteFile(path, b, 0o600)
}

func (s *Server) makeDemo(ctx context.Context) ([]DemoPerson, error) {
	o := identity.Org{ID: DemoOrg, Name: "Northwind Traders", VerifiedDomains: []string{"northwind.example"}, Settings: identity.DefaultSettings()}
	o.Settings.Unenrolled, o.Settings.SelfEnrol = true, true // nobody has enrolled anything yet; the console says so
	now := time.Now()
	if err := s.Store.CreateOrganisation(ctx, o, now); err != nil {
		return nil, err
	}
	if err := s.Store.SetProvider(ctx, identity.EmbeddedProvider(s.base(), DemoOrg), now); err != nil {
		return nil, err
	}
	var people []DemoPerson
	for i, seed := range demoPeople() {
		p, err := s.makeDemoPerson(ctx, o, seed, i)
		if err != nil {
			return nil, fmt.Errorf("make %s: %w", seed.account.Username, err)
		}
		people = append(people, p)
	}
	return people, nil
}

func (s *Server) makeDemoPerson(ctx context.Context, o identity.Org, seed demoSeed, i int) (DemoPerson, error) {
	n := seed.account
	n.Company, n.Email, n.EmailVerified = o.Name, n.Username+"@"+o.VerifiedDomains[0], true
	var err error
	if n.Picture, err = portrait(i); err != nil {
		return DemoPerson{}, err
	}
	password := rand.Text()[:14] // 70 bits
	a, err := s.IDP.CreateWithPassword(ctx, o.ID, n, password)
	if err != nil {
		return DemoPerson{}, err
	}
	f := s.IDP.Profile(a)
	f.Picture = n.Picture
	if _, err := s.Sign.Provision(ctx, o.ID, f, seed.roles...); err != nil {
		return DemoPerson{}, err
	}
	return DemoPerson{Role: seed.role, Name: n.Name, Username: n.Username, Password: password}, nil
}

// portrait draws a plain head and shoulders on a ground of its own colour.
func portrait(i int) ([]byte, error) {
	const size = 128
	img := image.NewRGBA(image.Rect(0, 0, size, size))
	ground, figure := hue(i, 0.42), hue(i, 0.86)
	for y := range size {
		for x := range size {
			fx, fy := float64(x)-size/2, float64(y)
			head := math.Hypot(fx, fy-50) < 25
			shoulders := math.Hypot(fx/1.25, fy-size) < 40
			if head || shoulders {
				img.Set(x, y, figure)
			} else {
				img.Set(x, y, ground)
			}
		}
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	return b.Bytes(), err
}

// hue gives the i-th of six well separated colours at a lightness from 0 to 1.
func hue(i int, light float64) color.RGBA {
	angle := float64(i%6) / 6 * 2 * math.Pi
	channel := func(shift float64) uint8 {
		const saturation = 0.14
		v := light + saturation*math.Cos(angle+shift)
		return uint8(255 * math.Max(0, math.Min(1, v)))
	}
	return color.RGBA{channel(0), channel(-2 * math.Pi / 3), channel(2 * math.Pi / 3), 255}
}
