package idp

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"strings"

	"golang.org/x/text/language"

	"tasuke/internal/fault"
	"tasuke/internal/httpx"
)

//go:embed pages/*.html
var pageFiles embed.FS

//go:embed assets
var assetFiles embed.FS

const assetsPath = "/idp/assets/"

// parsePages reads every page together with the layout.
func parsePages() (*template.Template, error) {
	return template.New("").Option("missingkey=error").ParseFS(pageFiles, "pages/*.html")
}

// view is what every page needs; Form is what the person typed before.
type view struct {
	Name      string // which page
	Lang, Dir string
	Words     map[string]string
	Org       string // its name, for people
	Path      string // of the issuer, without trailing slash
	Home      string // where the application is
	Languages []languageLink
	Problem   *problem
	Form      map[string]string
	Data      any // what only this page shows
}

// problem is a refusal in the language of the page.
type problem struct{ Text, Fix string }

// languageLink switches the language of the page.
type languageLink struct {
	Code, Name, URL string
	Current         bool
}

// render writes a page. Refusals (nil: none) are shown in it, and their kind
// is the status.
func (p *Provider) render(w http.ResponseWriter, r *http.Request, t tenant, name string, form map[string]string, refusal error) error {
	return p.renderWith(w, r, t, name, form, nil, refusal)
}

func (p *Provider) renderWith(w http.ResponseWriter, r *http.Request, t tenant, name string, form map[string]string, data any, refusal error) error {
	lang := p.language(r, form["locales"])
	v := view{
		Name: name, Lang: lang, Dir: directions[lang], Words: words[lang], Org: t.name,
		Path: "/idp/" + string(t.id), Form: form, Data: data, Home: p.base + "/", Languages: languageLinks(r, lang),
	}
	status := http.StatusOK
	if refusal != nil {
		f := fault.Of(refusal)
		httpx.LogFault(p.log, r, refusal)
		v.Problem, status = problemIn(lang, f), httpx.Status(f.Kind)
		if f.RetryAfter > 0 {
			w.Header().Set("Retry-After", fmt.Sprint(int(f.RetryAfter.Seconds())+1))
		}
	}
	var b bytes.Buffer
	if err := p.pages.ExecuteTemplate(&b, "layout", v); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", lang)
	w.WriteHeader(status)
	_, err := b.WriteTo(w)
	return err
}

// renderError writes a page that says nothing but what went wrong.
func (p *Provider) renderError(w http.ResponseWriter, r *http.Request, t tenant, refusal error) error {
	return p.render(w, r, t, "error", map[string]string{}, refusal)
}

// problemIn translates a fault; one without translation is our mistake and
// says so.
func problemIn(lang string, f *fault.Fault) *problem {
	text, ok := words[lang]["problem_"+f.Code]
	if !ok {
		return &problem{Text: words[lang]["problem_internal_error"], Fix: words[lang]["fix_internal_error"]}
	}
	return &problem{Text: text, Fix: words[lang]["fix_"+f.Code]}
}

// language chooses the language of a page: the one switched to, the one the
// application asked for (ui_locales), the browser's.
func (p *Provider) language(r *http.Request, locales string) string {
	if chosen := r.FormValue("lang"); directions[chosen] != "" {
		return chosen
	}
	supported := make([]language.Tag, len(languages))
	for i, l := range languages {
		supported[i] = language.MustParse(l.code)
	}
	_, i := language.MatchStrings(language.NewMatcher(supported), locales, r.Header.Get("Accept-Language"))
	return languages[i].code
}

// languageLinks lead to the page the person is on, in another language. After
// a refused form that is the page with the empty form.
func languageLinks(r *http.Request, current string) []languageLink {
	out := make([]languageLink, len(languages))
	for i, l := range languages {
		q := url.Values{"lang": {l.code}}
		if request := r.FormValue("request"); request != "" {
			q.Set("request", request)
		}
		out[i] = languageLink{Code: l.code, Name: l.name, URL: readable(r.URL.Path) + "?" + q.Encode(), Current: l.code == current}
	}
	return out
}

// readable is the page that a path which only takes forms belongs to.
func readable(path string) string {
	if at := strings.Index(path, "/account/"); at >= 0 {
		return path[:at] + "/account"
	}
	for _, form := range []string{"/factor", "/offer"} {
		if base, ok := strings.CutSuffix(path, form); ok {
			return base + "/login"
		}
	}
	return path
}

// asset serves the style sheet and the scripts of the pages.
func (p *Provider) asset(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, assetsPath)
	kinds := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
	b, err := assetFiles.ReadFile("assets/" + name)
	if err != nil || kinds[path.Ext(name)] == "" || r.Method != http.MethodGet && r.Method != http.MethodHead {
		httpx.WriteProblem(w, fault.ErrNotFound)
		return
	}
	w.Header().Set("Content-Type", kinds[path.Ext(name)])
	w.Header().Set("Cache-Control", "max-age=3600")
	_, _ = w.Write(b) // the browser has gone: nobody is left to tell
}
