package device

import (
	"cmp"
	"strconv"
	"strings"
)

// Version is a dotted version number; missing places count as zero.
type Version []int

// ParseVersion reads one to six numbers with dots between them.
func ParseVersion(s string) (Version, bool) {
	const places, digits = 6, 9
	parts := strings.Split(s, ".")
	if len(parts) > places {
		return nil, false
	}
	v := make(Version, 0, len(parts))
	for _, p := range parts {
		if len(p) == 0 || len(p) > digits || strings.Trim(p, "0123456789") != "" {
			return nil, false
		}
		n, err := strconv.Atoi(p)
		if err != nil {
			return nil, false
		}
		v = append(v, n)
	}
	return v, true
}

// Compare is negative when v is older than w, and 0 when they are the same.
func (v Version) Compare(w Version) int {
	for i := range max(len(v), len(w)) {
		if c := cmp.Compare(v.place(i), w.place(i)); c != 0 {
			return c
		}
	}
	return 0
}

func (v Version) place(i int) int {
	if i < len(v) {
		return v[i]
	}
	return 0
}
