package signin

import (
	"slices"
	"strconv"

	"tasuke/internal/identity"
)

// maxDeviceID bounds the id of a device, in bytes.
const maxDeviceID = 100

// device is what a verified id token says of the device, by the names that its
// issuer's organisation gave: never what userinfo or a header says. An id that
// is not plain text is none: cleaned, it could become another device's.
func (c claims) device(names identity.DeviceClaims) identity.DeviceClaim {
	var d identity.DeviceClaim
	if names.ID == "" {
		return d
	}
	id := c.text(names.ID)
	at, ok := c.seconds("iat")
	if !ok || id == "" || len(id) > maxDeviceID || id != identity.CleanText(id) {
		return d
	}
	d.ID, d.At = id, at
	if value, there := c.word(names.Compliant); there {
		d.Compliant = strconv.FormatBool(slices.Contains(names.Meaning(), value))
	}
	return d
}

// word is a claim that is a text, or true or false.
func (c claims) word(name string) (word string, there bool) {
	switch v := c[name].(type) {
	case string:
		return v, true
	case bool:
		return strconv.FormatBool(v), true
	}
	return "", false
}
