package wire

import "time"

// Devices is one page of the device list.
type Devices struct {
	Devices []Device `json:"devices"`
	Next    string   `json:"next" doc:"Cursor of the next page; empty: this is the last"`
}

// Device is one device of the organisation.
type Device struct {
	ID           string     `json:"id"`
	Version      int64      `json:"version" doc:"Its ETag; send it back as If-Match"`
	Name         string     `json:"name"`
	Owner        *Named     `json:"owner,omitempty" doc:"Absent: nobody's"`
	Platform     string     `json:"platform" enum:",windows,macos,linux,android,ios,chromeos"`
	Ownership    string     `json:"ownership" enum:",corporate,personal"`
	Manufacturer string     `json:"manufacturer"`
	Model        string     `json:"model"`
	Serial       string     `json:"serial"`
	ExternalID   string     `json:"externalId" doc:"As another system knows it"`
	Enrolment    string     `json:"enrolment" enum:"known,enrolled,key_lost,retired,revoked" doc:"known: described from outside, never proven"`
	Grade        string     `json:"grade" enum:",profile_key,platform_key,provider_claim,client_certificate" doc:"The strongest way in which it was proven: key in a browser profile; credential of its own authenticator; claim of the identity provider; client certificate"`
	Compliance   string     `json:"compliance" enum:"compliant,in_grace_period,not_compliant,not_evaluated"`
	Stale        bool       `json:"stale" doc:"Facts that a rule needs are too old to be believed"`
	Cloned       bool       `json:"cloned" doc:"Its key seems to be in more than one browser"`
	CreatedAt    time.Time  `json:"createdAt"`
	EnrolledAt   *time.Time `json:"enrolledAt,omitempty"`
	SeenAt       *time.Time `json:"seenAt,omitempty" doc:"When it was last proven or described"`
}

// DeviceDetail is everything that is known of a device.
type DeviceDetail struct {
	Device
	Groups      []string        `json:"groups" doc:"Ids of its groups"`
	Facts       []Fact          `json:"facts"`
	Broken      []Finding       `json:"broken" doc:"Rules that are not met, the worst first"`
	Unknown     []Finding       `json:"unknown" doc:"Rules for which there is no fact that may be believed"`
	EvaluatedAt *time.Time      `json:"evaluatedAt,omitempty" doc:"How old the newest fact is that the result rests on"`
	Sessions    []DeviceSession `json:"sessions" doc:"Its last help sessions, newest first"`
	Audit       []DeviceAudit   `json:"audit" doc:"Its last audit lines, newest first; empty without view_audit"`
}

// Fact is one thing known of a device.
type Fact struct {
	Name   string    `json:"name" enum:"os_version,browser_version,disk_encryption,firewall,antivirus,screen_lock,secure_boot,rooted,declared_compliant"`
	Value  string    `json:"value" maxLength:"100" doc:"A dotted version, or true or false"`
	Source string    `json:"source" enum:"browser,import,api,provider" doc:"What a browser says of itself counts only against it"`
	At     time.Time `json:"at"`
}

// Finding is one rule of a compliance policy.
type Finding struct {
	Rule    string     `json:"rule"`
	Policy  string     `json:"policy" doc:"The policy's name"`
	Since   *time.Time `json:"since,omitempty" doc:"When it was first not met"`
	GraceTo *time.Time `json:"graceTo,omitempty" doc:"Until then it counts as in grace period"`
}

// DeviceSession is a help session on a device.
type DeviceSession struct {
	Session   string     `json:"session" format:"uuid"`
	Helper    string     `json:"helper" doc:"Name; empty once erased"`
	Sharer    string     `json:"sharer" doc:"Name; empty once erased"`
	CreatedAt time.Time  `json:"createdAt"`
	AllowedAt *time.Time `json:"allowedAt,omitempty"`
	EndedAt   time.Time  `json:"endedAt"`
	Reason    string     `json:"reason"`
	Warnings  []string   `json:"warnings"`
}

// DeviceAudit is a line of the audit log about a device.
type DeviceAudit struct {
	Number  int64             `json:"number"`
	At      time.Time         `json:"at"`
	Actor   string            `json:"actor" doc:"Name; empty: the system itself, or erased"`
	Action  string            `json:"action"`
	Details map[string]string `json:"details"`
}

// DeviceBody is what administrators write of a device.
type DeviceBody struct {
	Name       string `json:"name" minLength:"1" maxLength:"100"`
	Owner      string `json:"owner" maxLength:"64" doc:"Id of a person; empty: nobody's. Another owner must enrol it anew"`
	Ownership  string `json:"ownership" enum:",corporate,personal"`
	ExternalID string `json:"externalId" maxLength:"100" doc:"As another system knows it, so that it can describe it; empty: nothing does"`
}

// NewTicket asks for an enrolment link.
type NewTicket struct {
	Owner  string `json:"owner" maxLength:"64" doc:"Id of the person whose device it will be"`
	Device string `json:"device,omitempty" maxLength:"64" doc:"Id of a device that is known already; empty: a new one"`
	Name   string `json:"name,omitempty" maxLength:"100" doc:"Name of a new device; empty: the person chooses"`
}

// Ticket lets one person enrol one device, once.
type Ticket struct {
	Code      string    `json:"code" example:"7Q2M-4KXC-90TF-R1ZB"`
	Link      string    `json:"link" doc:"The code is in the fragment" example:"https://help.example/enrol#7Q2M-4KXC-90TF-R1ZB"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// ThisDevice is what the server believes of the browser that asks.
type ThisDevice struct {
	Device    *Named    `json:"device,omitempty" doc:"What this sign-in has proven; absent: nothing"`
	Grade     string    `json:"grade" enum:",profile_key,platform_key,provider_claim,client_certificate" doc:"By what it was proven"`
	Bound     string    `json:"bound" doc:"Id (base64url) of the credential of the device's own authenticator, which can prove it more strongly; empty: none"`
	Bindable  bool      `json:"bindable" doc:"Browsers can make such a credential for this server: it has a host name"`
	Asked     string    `json:"asked" doc:"Address that asks the browser for a client certificate and answers with an assertion; empty: none does"`
	State     string    `json:"state" enum:"proven,key_lost,revoked,unenrolled"`
	Warnings  []Warning `json:"warnings" doc:"What a helper would be warned of"`
	SelfEnrol bool      `json:"selfEnrol" doc:"You may enrol this device yourself"`
	Needed    bool      `json:"needed" doc:"Your organisation gives help on enrolled devices only"`
}

// Challenge is to be signed within a minute, once, by this sign-in.
type Challenge struct {
	Nonce     string    `json:"nonce"`
	Org       string    `json:"org"`
	SignIn    string    `json:"signIn"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// Enrol brings a new device's key. The signature covers the six lines
// "tasuke device enrol v1", org, signIn, an empty line, nonce, counter.
type Enrol struct {
	Code      string `json:"code,omitempty" maxLength:"64" doc:"Of an enrolment link; empty: yourself, where that is allowed"`
	Name      string `json:"name" minLength:"1" maxLength:"100"`
	Key       string `json:"key" maxLength:"200" doc:"P-256 public key, SubjectPublicKeyInfo, base64"`
	Nonce     string `json:"nonce" maxLength:"64"`
	Counter   int64  `json:"counter" minimum:"1"`
	Signature string `json:"signature" maxLength:"100" doc:"ECDSA with SHA-256 as WebCrypto makes it, base64"`
}

// Prove proves a device to this sign-in. The signature covers the six lines
// "tasuke device prove v1", org, signIn, device, nonce, counter.
type Prove struct {
	Device    string `json:"device" maxLength:"64"`
	Nonce     string `json:"nonce" maxLength:"64"`
	Counter   int64  `json:"counter" minimum:"1" doc:"Greater than ever before; a repeat flags the device as cloned"`
	Signature string `json:"signature" maxLength:"100"`
}

// Credential is one that the device's own authenticator made (WebAuthn): not
// discoverable, user verified. Its challenge is the SHA-256 of the six lines
// "tasuke device bind v1", org, signIn, device, nonce, an empty line. All but the
// nonce are base64url without padding.
type Credential struct {
	Nonce       string `json:"nonce" maxLength:"64"`
	ID          string `json:"id" maxLength:"1400"`
	ClientData  string `json:"clientData" maxLength:"4000"`
	Attestation string `json:"attestation" maxLength:"8000" doc:"attestationObject"`
}

// Assertion is what that credential signed. Its challenge is the SHA-256 of the
// six lines "tasuke device assert v1", org, signIn, device, nonce, and the
// security code that it is brought with, eight characters, or an empty line. All
// but the nonce are base64url without padding.
type Assertion struct {
	Nonce             string `json:"nonce" maxLength:"64"`
	ID                string `json:"id" maxLength:"1400"`
	ClientData        string `json:"clientData" maxLength:"4000"`
	AuthenticatorData string `json:"authenticatorData" maxLength:"4000"`
	Signature         string `json:"signature" maxLength:"2000"`
}

// Shown brings the assertion of the address that asks for client certificates:
// sealed, for one challenge of one sign-in, a minute long, once.
type Shown struct {
	Assertion string `json:"assertion" maxLength:"8000"`
}

// LostKey says that this browser was a device once and has lost its key.
type LostKey struct {
	Device string `json:"device" maxLength:"64"`
}

// Descriptions describes devices from outside, and what is known of them.
type Descriptions struct {
	Devices []Description `json:"devices" minItems:"1" maxItems:"500"`
}

// Description is one device as another system knows it. What is empty or absent stays as it was.
type Description struct {
	ExternalID   string       `json:"externalId" minLength:"1" maxLength:"100"`
	Name         string       `json:"name,omitempty" maxLength:"100"`
	Owner        string       `json:"owner,omitempty" maxLength:"200" doc:"Id or e-mail address of a person"`
	Platform     string       `json:"platform,omitempty" enum:",windows,macos,linux,android,ios,chromeos"`
	Ownership    string       `json:"ownership,omitempty" enum:",corporate,personal"`
	Manufacturer string       `json:"manufacturer,omitempty" maxLength:"100"`
	Model        string       `json:"model,omitempty" maxLength:"100"`
	Serial       string       `json:"serial,omitempty" maxLength:"100"`
	Facts        []FactReport `json:"facts,omitempty" maxItems:"20"`
}

// FactReport is one thing that another system knows of a device.
type FactReport struct {
	Name  string    `json:"name" enum:"os_version,browser_version,disk_encryption,firewall,antivirus,screen_lock,secure_boot,rooted,declared_compliant"`
	Value string    `json:"value" maxLength:"100" doc:"A dotted version, or true or false"`
	At    time.Time `json:"at" doc:"When it was found so"`
}

// Described says what came of descriptions. With errors, nothing was changed.
type Described struct {
	Created   int        `json:"created"`
	Changed   int        `json:"changed"`
	Unchanged int        `json:"unchanged"`
	Errors    []RowError `json:"errors" doc:"At most 100"`
	Preview   bool       `json:"preview" doc:"Nothing was changed because only a preview was asked for"`
}

// RowError says what is wrong with one line of a file, or one place of a list.
type RowError struct {
	Line   int    `json:"line" doc:"From 1"`
	Code   string `json:"code"`
	Member string `json:"member"`
}

// Warning is one thing that a helper is warned of.
type Warning struct {
	Code        string     `json:"code" enum:"key_lost,device_unknown,device_cloned,proof_weaker,not_compliant,in_grace_period,facts_stale,not_evaluated"`
	Findings    []Finding  `json:"findings" doc:"not_compliant, in_grace_period: the rules"`
	EvaluatedAt *time.Time `json:"evaluatedAt,omitempty" doc:"How old the newest fact is; absent: there is none"`
}

// CompliancePolicy says what devices of one platform must be like.
type CompliancePolicy struct {
	Stamp
	CompliancePolicyBody
}

// CompliancePolicyBody is what is written of a compliance policy.
type CompliancePolicyBody struct {
	Name        string           `json:"name" minLength:"1" maxLength:"100" example:"Windows laptops"`
	Description string           `json:"description" maxLength:"500"`
	Platform    string           `json:"platform" enum:"windows,macos,linux,android,ios,chromeos"`
	Everything  bool             `json:"everything" doc:"All devices of the platform"`
	Groups      []string         `json:"groups" maxItems:"200" doc:"Ids of groups of devices, or of the people who own them"`
	Rules       []ComplianceRule `json:"rules" minItems:"1" maxItems:"50" doc:"Each kind at most once"`
}

// ComplianceRule is one thing that a compliance policy asks for.
type ComplianceRule struct {
	Kind       string `json:"kind" enum:"os_version_min,os_version_max,browser_version_min,browser_version_max,disk_encryption,firewall,antivirus,screen_lock,secure_boot,not_rooted,declared_compliant,last_contact"`
	Value      string `json:"value" maxLength:"100" doc:"A dotted version, days for last_contact, else empty" example:"10.0.22631"`
	GraceHours int    `json:"graceHours" minimum:"0" maximum:"8760" doc:"How long a device may break it and count as in grace period"`
}
