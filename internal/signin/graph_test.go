package signin_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"tasuke/internal/identity"
	"tasuke/internal/signin"
)

// graphWorld is an organisation with an Entra-like provider and a local server
// that answers like Microsoft Graph does in its documentation:
// GET /me and GET /me/photo/$value.
func graphWorld(t *testing.T, me string, photo http.HandlerFunc) (*world, *fake) {
	w, f := fakeWorld(t)
	graph := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+fakeAccess {
			rw.WriteHeader(http.StatusUnauthorized)
			return
		}
		switch r.URL.Path {
		case "/v1.0/me":
			rw.Header().Set("Content-Type", "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8")
			_, _ = rw.Write([]byte(me))
		case "/v1.0/me/photo/$value":
			photo(rw, r)
		default:
			t.Errorf("asked for %s", r.URL)
		}
	}))
	t.Cleanup(graph.Close)
	f.config.Source, f.config.Graph, f.config.Tenant = identity.FromGraph, graph.URL+"/v1.0", "72f988bf-0000-0000-0000-2d7cd011db47"
	f.claims = func(c map[string]any) {
		c["tid"], c["oid"], c["preferred_username"] = f.config.Tenant, "48d31887-5fad-4d73-a9f5-3c356e68a038", "MeganB@contoso.example"
	}
	return w, f
}

const megan = `{
  "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users(id,displayName)/$entity",
  "id": "48d31887-5fad-4d73-a9f5-3c356e68a038", "displayName": "Megan Bowen", "jobTitle": "Auditor",
  "companyName": "Contoso", "department": "Finance", "mail": "MeganB@mail.contoso.example",
  "userPrincipalName": "MeganB@contoso.example", "preferredLanguage": "en-US"
}`

func TestGraphProfile(t *testing.T) {
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 648, 432)), nil); err != nil {
		t.Fatal(err)
	}
	w, f := graphWorld(t, megan, func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "image/jpeg")
		_, _ = rw.Write(photo.Bytes())
	})
	b := w.browser(t)
	if q := f.begin(w, b); !strings.Contains(q.Get("scope"), "User.Read") {
		t.Fatalf("%v", q)
	}
	f.back(b, f.begin(w, b), nil)
	a := b.me()
	if a == nil {
		t.Fatal(w.log)
	}
	p := a.Person
	if p.Name != "Megan Bowen" || p.Title != "Auditor" || p.Company != "Contoso" || p.Department != "Finance" || p.Email != "MeganB@mail.contoso.example" || p.Domain != "contoso.example" || p.Locale != "en-US" {
		t.Fatalf("%+v", p)
	}
	picture, _, err := w.rp.Picture(context.Background(), *a, p.ID)
	if err != nil {
		t.Fatal(err, w.log)
	}
	if c := must(png.DecodeConfig(bytes.NewReader(picture))); c.Width != 256 || c.Height != 256 {
		t.Fatalf("%+v", c)
	}
}

func TestGraphWithoutPhoto(t *testing.T) {
	w, f := graphWorld(t, strings.Replace(megan, `"MeganB@contoso.example"`, `"megan_other.example#EXT#@contoso.example"`, 1), func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "application/json")
		rw.WriteHeader(http.StatusNotFound)
		_, _ = rw.Write([]byte(`{"error":{"code":"ImageNotFound"}}`))
	})
	b := w.browser(t)
	f.back(b, f.begin(w, b), nil)
	a := b.me()
	if a == nil || a.Person.Picture != "" || a.Person.Domain != "" { // a guest's domain is not the tenant's
		t.Fatalf("%+v\n%s", a, w.log)
	}
	if _, _, err := w.rp.Picture(context.Background(), *a, a.Person.ID); err == nil {
		t.Fatal("a picture out of nothing")
	}
}

func TestGraphAboutSomebodyElse(t *testing.T) {
	w, f := graphWorld(t, strings.Replace(megan, "48d31887", "00000000", 1), status(http.StatusNotFound))
	b := w.browser(t)
	wantError(t, f.back(b, f.begin(w, b), nil), "provider_untrusted")
	w, f = graphWorld(t, megan, status(http.StatusNotFound))
	f.claims = func(c map[string]any) { c["tid"] = f.config.Tenant } // no oid
	b = w.browser(t)
	wantError(t, f.back(b, f.begin(w, b), nil), "provider_untrusted")
}

func TestThumbnail(t *testing.T) {
	var asGIF bytes.Buffer
	if err := gif.Encode(&asGIF, image.NewPaletted(image.Rect(0, 0, 300, 40), palette.Plan9), nil); err != nil {
		t.Fatal(err)
	}
	webp, err := os.ReadFile("testdata/picture.webp")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		file []byte
		edge int // 0: refused
	}{
		"small png":        {pngPicture(t, 10, 20), 10},
		"large png":        {pngPicture(t, 500, 300), 256},
		"gif":              {asGIF.Bytes(), 40},
		"webp":             {webp, 16},
		"svg":              {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), 0},
		"html":             {[]byte("<html>"), 0},
		"nothing":          {nil, 0},
		"cut png":          {pngPicture(t, 200, 200)[:100], 0},
		"a gigapixel":      {sizedPNG(30_000, 30_000), 0},
		"a long line":      {sizedPNG(1<<30, 1), 0},
		"more than 1 MiB":  {append(pngPicture(t, 10, 10), make([]byte, 1<<20)...), 0},
		"png named as jpg": {append([]byte("\xff\xd8\xff"), pngPicture(t, 10, 10)...), 0},
	} {
		got, err := signin.Thumbnail(c.file)
		if c.edge == 0 {
			if err == nil {
				t.Errorf("%s: accepted", name)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if size := must(png.DecodeConfig(bytes.NewReader(got))); size.Width != c.edge || size.Height != c.edge {
			t.Errorf("%s: %d×%d", name, size.Width, size.Height)
		}
	}
}

// sizedPNG is a PNG that says how large it is and holds nothing.
func sizedPNG(width, height uint32) []byte {
	ihdr := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), width), height)
	ihdr = append(ihdr, 8, 2, 0, 0, 0)
	b := binary.BigEndian.AppendUint32([]byte("\x89PNG\r\n\x1a\n"), 13)
	b = append(b, ihdr...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(ihdr))
}

// Pictures are never fetched from inner networks, by redirect, or without end,
// and never keep anybody from signing in.
func TestPicturesFromClaims(t *testing.T) {
	for name, c := range map[string]struct {
		picture func(f *fake) string
		want    bool
	}{
		"good": {func(f *fake) string {
			f.serve["/p.png"] = text("image/png", string(pngPicture(t, 9, 9)))
			return f.issuer + "/p.png"
		}, true},
		"redirect":     {func(f *fake) string { f.serve["/p.png"] = moved(f); return f.issuer + "/p.png" }, false},
		"metadata":     {func(*fake) string { return "http://169.254.169.254/latest/meta-data" }, false},
		"private":      {func(*fake) string { return "http://192.168.1.1/p.png" }, false},
		"mapped":       {func(*fake) string { return "http://[::ffff:169.254.169.254]/p.png" }, false},
		"nat64":        {func(*fake) string { return "http://[64:ff9b::a9fe:a9fe]/p.png" }, false},
		"unspecified":  {func(*fake) string { return "http://0.0.0.0/p.png" }, false},
		"huge":         {func(f *fake) string { f.serve["/p.png"] = huge; return f.issuer + "/p.png" }, false},
		"html":         {func(f *fake) string { f.serve["/p.png"] = text("text/html", "<p>"); return f.issuer + "/p.png" }, false},
		"script":       {func(*fake) string { return "javascript:alert(1)" }, false},
		"data":         {func(*fake) string { return "data:image/png;base64,AAAA" }, false},
		"with a login": {func(f *fake) string { return strings.Replace(f.issuer, "://", "://a:b@", 1) + "/p.png" }, false},
	} {
		w, f := fakeWorld(t)
		infoIs("picture", c.picture(f))(f)
		b := w.browser(t)
		f.back(b, f.begin(w, b), nil)
		a := b.me()
		if a == nil || (a.Person.Picture != "") != c.want || f.canary.Load() != 0 {
			t.Errorf("%s: %+v, canary %d\n%s", name, a, f.canary.Load(), w.log)
		}
	}
}
