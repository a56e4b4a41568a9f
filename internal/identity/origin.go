package identity

import (
	"net/netip"
	"strconv"
	"strings"
)

// Origin is where a request comes from. Platform and browser are what the
// browser says of itself: good enough to ask for more, never proof of anything.
type Origin struct {
	Addr     netip.Addr
	Platform Platform
	Browser  string // "chrome", "edge", "firefox", "safari", "other"; empty: unknown
	Version  int    // major version of the browser; 0: unknown
}

// Platform is the kind of operating system.
type Platform string

// The platforms that policies know.
const (
	Windows   Platform = "windows"
	MacOS     Platform = "macos"
	Linux     Platform = "linux"
	Android   Platform = "android"
	IOS       Platform = "ios" // and iPadOS, where it says so
	ChromeOS  Platform = "chromeos"
	NoneKnown Platform = ""
)

// Platforms lists the platforms.
func Platforms() []Platform { return []Platform{Windows, MacOS, Linux, Android, IOS, ChromeOS} }

// Browsers lists the browsers that policies know.
func Browsers() []string { return []string{"chrome", "edge", "firefox", "safari", "other"} }

// ReadUserAgent takes platform and browser from a User-Agent header (RFC 9110
// section 10.1.5), whose shape is custom, not standard.
func ReadUserAgent(ua string) (p Platform, browser string, version int) {
	for _, s := range []struct {
		mark string
		is   Platform
	}{{"Windows", Windows}, {"CrOS", ChromeOS}, {"Android", Android}, {"iPhone", IOS}, {"iPad", IOS}, {"Macintosh", MacOS}, {"Linux", Linux}} {
		if strings.Contains(ua, s.mark) {
			p = s.is
			break
		}
	}
	for _, s := range []struct{ mark, is string }{
		{"Edg/", "edge"}, {"EdgA/", "edge"}, {"OPR/", "other"}, {"Firefox/", "firefox"}, {"FxiOS/", "firefox"}, {"Chrome/", "chrome"}, {"CriOS/", "chrome"}, {"Version/", "safari"},
	} {
		if _, rest, found := strings.Cut(ua, s.mark); found {
			return p, s.is, leadingNumber(rest)
		}
	}
	if ua != "" {
		browser = "other"
	}
	return p, browser, 0
}

func leadingNumber(s string) int {
	end := 0
	for end < len(s) && end < 5 && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(s[:end])
	if err != nil {
		return 0
	}
	return n
}
