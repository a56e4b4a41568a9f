package main

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the floor reads the same file
)

var (
	formAction  = regexp.MustCompile(`(?s)<form[^>]*action="([^"]*)"`)
	hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)
)

// administrator signs the demo's administrator in through the provider's page.
func administrator(base, peopleFile string) (*http.Client, error) {
	b, err := os.ReadFile(peopleFile)
	if err != nil {
		return nil, err
	}
	var people []struct{ Role, Username, Password string }
	if err := json.Unmarshal(b, &people); err != nil {
		return nil, err
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Jar: jar}
	res, err := client.Get(base + "/signin?return=/help&org=demo")
	if err != nil {
		return nil, err
	}
	page, err := io.ReadAll(res.Body)
	action := formAction.FindSubmatch(page)
	if err := errors.Join(err, res.Body.Close()); err != nil || action == nil || len(people) == 0 {
		return nil, fmt.Errorf("no form to sign in at %s: %w", res.Request.URL, err)
	}
	form := url.Values{"username": {people[0].Username}, "password": {people[0].Password}}
	for _, h := range hiddenField.FindAllSubmatch(page, -1) {
		form.Set(string(h[1]), string(h[2]))
	}
	to, err := res.Request.URL.Parse(string(action[1]))
	if err != nil {
		return nil, err
	}
	if res, err = client.PostForm(to.String(), form); err != nil {
		return nil, err
	}
	if at := res.Request.URL.Path; at != "/help" {
		return nil, fmt.Errorf("signing in ended at %s", at)
	}
	return client, res.Body.Close()
}

// asked are pages of each list: plain, sorted, filtered, searched for what many,
// few and no rows have, and both at once.
func asked() map[string][]string {
	out := map[string][]string{}
	words := []string{"", "an", "brandt", "佐藤", "ليلى", "nobody is called so"}
	add := func(list, way, filter string) {
		for _, w := range words {
			out[list] = append(out[list], "/api/v1/"+list+"?"+way+filter+"&search="+url.QueryEscape(w))
		}
	}
	for _, down := range []string{"asc", "desc"} {
		for _, sort := range []string{"name", "department", "email", "created"} {
			for _, filter := range []string{"", "&department=" + url.QueryEscape("物流部"), "&role=first_line_helper"} {
				add("people", "sort="+sort+"&order="+down, filter)
			}
		}
		for _, sort := range []string{"ended", "created", "seconds"} {
			for _, filter := range []string{"", "&reason=declined", "&reason=reported", "&connection=relay_tcp"} {
				add("reports/sessions", "sort="+sort+"&order="+down, filter)
			}
		}
		for _, sort := range []string{"name", "seen", "platform", "compliance"} {
			for _, filter := range []string{"", "&platform=chromeos", "&compliance=not_compliant", "&enrolment=revoked"} {
				add("devices", "sort="+sort+"&descending="+map[string]string{"asc": "false", "desc": "true"}[down], filter)
			}
		}
	}
	return out
}

func lists(base, people, database string) (map[string]times, error) {
	client, err := administrator(base, people)
	if err != nil {
		return nil, err
	}
	const rounds = 3 // and one that warms up
	out := map[string]times{}
	for list, addresses := range asked() {
		var took []time.Duration
		slowest, slow := time.Duration(0), ""
		for round := range 1 + rounds {
			for _, a := range addresses {
				d, err := get(client, base+a)
				if err != nil {
					return nil, err
				}
				if round == 0 {
					continue
				}
				if took = append(took, d); d > slowest {
					slowest, slow = d, a
				}
			}
		}
		s := summary(took)
		s.Slow, _ = url.QueryUnescape(strings.TrimPrefix(slow, "/api/v1/"))
		out[list] = s
	}
	out["floor"], err = floor(database)
	return out, err
}

// get times one whole answer.
func get(client *http.Client, address string) (time.Duration, error) {
	start := time.Now()
	res, err := client.Get(address)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(io.Discard, res.Body)
	took := time.Since(start)
	if err := errors.Join(err, res.Body.Close()); err != nil || res.StatusCode != http.StatusOK || n == 0 {
		return 0, fmt.Errorf("%s: %d %w", address, res.StatusCode, err)
	}
	return took, nil
}

// floor is the least that fifty rows cost: one select on an index, in this process.
func floor(database string) (times, error) {
	db, err := sql.Open("sqlite", "file:"+database+"?_pragma=query_only(ON)")
	if err != nil {
		return times{}, err
	}
	defer db.Close()
	var took []time.Duration
	for range 200 {
		start := time.Now()
		if err := fifty(db); err != nil {
			return times{}, err
		}
		took = append(took, time.Since(start))
	}
	return summary(took), nil
}

func fifty(db *sql.DB) error {
	rows, err := db.QueryContext(context.Background(), `SELECT id, name, platform, compliance, result FROM device WHERE org = 'demo' ORDER BY name_key, id LIMIT 50`)
	if err != nil {
		return err
	}
	defer rows.Close()
	n := 0
	for ; rows.Next(); n++ {
		var id, name, platform, compliance, result string
		if err := rows.Scan(&id, &name, &platform, &compliance, &result); err != nil {
			return err
		}
	}
	if n != 50 {
		return fmt.Errorf("%d rows and not 50", n)
	}
	return rows.Err()
}

// exported is one CSV file of every session.
type exported struct {
	Rows    int     `json:"rows"`
	Bytes   int64   `json:"bytes"`
	Seconds float64 `json:"seconds"`
	Growth  float64 `json:"growth"` // of the server's resident memory at its peak, MB
}

func export(base, people, pid string) (v exported, err error) {
	client, err := administrator(base, people)
	if err != nil {
		return v, err
	}
	before, err := memory(pid, "VmRSS")
	if err != nil {
		return v, err
	}
	if err := os.WriteFile("/proc/"+pid+"/clear_refs", []byte("5"), 0); err != nil { // proc(5): begins VmHWM anew
		return v, err
	}
	start := time.Now()
	res, err := client.Get(base + "/api/v1/reports/sessions.csv")
	if err != nil {
		return v, err
	}
	defer res.Body.Close()
	for lines := bufio.NewReader(res.Body); ; v.Rows++ {
		line, err := lines.ReadString('\n')
		v.Bytes += int64(len(line))
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return v, err
		}
	}
	v.Seconds = time.Since(start).Seconds()
	v.Rows-- // the head
	peak, err := memory(pid, "VmHWM")
	v.Growth = peak - before
	return v, err
}

// memory reads a line of /proc/PID/status, in MB (10⁶ bytes).
func memory(pid, name string) (float64, error) {
	b, err := os.ReadFile("/proc/" + pid + "/status")
	if err != nil {
		return 0, err
	}
	for _, line := range strings.Split(string(b), "\n") {
		var kB float64
		if _, err := fmt.Sscanf(line, name+": %f kB", &kB); err == nil {
			return kB * 1024 / 1e6, nil
		}
	}
	return 0, fmt.Errorf("no %s of %s", name, pid)
}
