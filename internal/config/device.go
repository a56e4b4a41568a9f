package config

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// deviceNames are the values of device_name.
func deviceNames() []string {
	return []string{"", "common_name", "dns_name", "uri", "subject_serial", "certificate_serial"}
}

// deviceFaults checks that client certificates can be asked for here, and by whom
// they are issued.
func (c *Config) deviceFaults() (out []error) {
	add := func(format string, args ...any) { out = append(out, fmt.Errorf(format, args...)) }
	if c.DeviceHost == "" {
		for _, f := range []struct{ key, value string }{{"device_cas", c.DeviceCAs}, {"device_crls", c.DeviceCRLs}, {"device_name", c.DeviceName}, {"device_organisations", c.DeviceOrganisations}} {
			if f.value != "" {
				add("%s has no meaning without device_host", f.key)
			}
		}
		return out
	}
	u, err := url.Parse(c.BaseURL)
	switch {
	case c.BehindProxy || !c.https():
		add("device_host needs a server that ends TLS itself: what a proxy says of certificates is not believed")
	case strings.ContainsAny(c.DeviceHost, ":/ ") || err == nil && strings.EqualFold(c.DeviceHost, u.Hostname()):
		add("device_host must be another name than that of base_url, without port, not %q", c.DeviceHost)
	}
	if len(List(c.DeviceCAs)) == 0 {
		add("device_cas is missing: device_host needs to know whose certificates to believe")
	}
	if !slices.Contains(deviceNames(), c.DeviceName) {
		add("device_name must be one of %s, not %q", strings.Join(deviceNames()[1:], ", "), c.DeviceName)
	}
	return out
}

// List reads words that are separated by commas.
func List(text string) (out []string) {
	for word := range strings.SplitSeq(text, ",") {
		if word = strings.TrimSpace(word); word != "" {
			out = append(out, word)
		}
	}
	return out
}
