package wire

import "time"

// Devices is one page of the device list.
type Devices struct {
	Devices []Device `json:"devices"`
	Next    string   `json:"next" doc:"Cursor of the next page; empty: this is the last" example:"eyJhZnRlciI6IjQyIn0"`
}

// Device is one device of the organisation.
type Device struct {
	ID           string     `json:"id" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e01"`
	Version      int64      `json:"version" doc:"Its ETag; send it back as If-Match"`
	Name         string     `json:"name" example:"PF3X7K2L"`
	Owner        *Named     `json:"owner,omitempty" doc:"Absent: nobody's"`
	Platform     string     `json:"platform" enum:",windows,macos,linux,android,ios,chromeos"`
	Ownership    string     `json:"ownership" enum:",corporate,personal"`
	Manufacturer string     `json:"manufacturer" example:"Lenovo"`
	Model        string     `json:"model" example:"ThinkPad T14"`
	Serial       string     `json:"serial" example:"PF3X7K2L"`
	ExternalID   string     `json:"externalId" doc:"As another system knows it" example:"asset-4711"`
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
	Groups      []string        `json:"groups" doc:"Ids of its groups" example:"[\"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e22\"]"`
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
	Value  string    `json:"value" maxLength:"100" doc:"A dotted version, or true or false" example:"14.2.1"`
	Source string    `json:"source" enum:"browser,import,api,provider" doc:"What a browser says of itself counts only against it"`
	At     time.Time `json:"at"`
}

// Finding is one rule of a compliance policy.
type Finding struct {
	Rule    string     `json:"rule" example:"os_version"`
	Policy  string     `json:"policy" doc:"The policy's name" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e41"`
	Since   *time.Time `json:"since,omitempty" doc:"When it was first not met"`
	GraceTo *time.Time `json:"graceTo,omitempty" doc:"Until then it counts as in grace period"`
}

// DeviceSession is a help session on a device.
type DeviceSession struct {
	Session   string     `json:"session" format:"uuid"`
	Helper    string     `json:"helper" doc:"Name; empty once erased" example:"Yuki Tanaka"`
	Sharer    string     `json:"sharer" doc:"Name; empty once erased" example:"Amina Haddad"`
	CreatedAt time.Time  `json:"createdAt"`
	AllowedAt *time.Time `json:"allowedAt,omitempty"`
	EndedAt   time.Time  `json:"endedAt"`
	Reason    string     `json:"reason" example:"sharer_ended"`
	Warnings  []string   `json:"warnings" example:"[\"not_compliant\"]"`
}

// DeviceAudit is a line of the audit log about a device.
type DeviceAudit struct {
	Number  int64             `json:"number"`
	At      time.Time         `json:"at"`
	Actor   string            `json:"actor" doc:"Name; empty: the system itself, or erased" example:"Yuki Tanaka"`
	Action  string            `json:"action" example:"device.revoke"`
	Details map[string]string `json:"details" example:"{\"name:new\":\"PF3X7K2L\"}"`
}

// DeviceBody is what administrators write of a device.
type DeviceBody struct {
	Name       string `json:"name" minLength:"1" maxLength:"100" example:"PF3X7K2L"`
	Owner      string `json:"owner" maxLength:"64" doc:"Id of a person; empty: nobody's. Another owner must enrol it anew" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e03"`
	Ownership  string `json:"ownership" enum:",corporate,personal"`
	ExternalID string `json:"externalId" maxLength:"100" doc:"As another system knows it, so that it can describe it; empty: nothing does" example:"asset-4711"`
}

// NewTicket asks for an enrolment link.
type NewTicket struct {
	Owner  string `json:"owner" maxLength:"64" doc:"Id of the person whose device it will be" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e03"`
	Device string `json:"device,omitempty" maxLength:"64" doc:"Id of a device that is known already; empty: a new one" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e21"`
	Name   string `json:"name,omitempty" maxLength:"100" doc:"Name of a new device; empty: the person chooses" example:"PF3X7K2L"`
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
	Bound     string    `json:"bound" doc:"Id (base64url) of the credential of the device's own authenticator, which can prove it more strongly; empty: none" example:"AbCdEfGh"`
	Bindable  bool      `json:"bindable" doc:"Browsers can make such a credential for this server: it has a host name"`
	Asked     string    `json:"asked" doc:"Address that asks the browser for a client certificate and answers with an assertion; empty: none does" example:"https://cert.help.example/"`
	State     string    `json:"state" enum:"proven,key_lost,revoked,unenrolled"`
	Warnings  []Warning `json:"warnings" doc:"What a helper would be warned of"`
	SelfEnrol bool      `json:"selfEnrol" doc:"You may enrol this device yourself"`
	Needed    bool      `json:"needed" doc:"Your organisation gives help on enrolled devices only"`
}

// Challenge is to be signed within a minute, once, by this sign-in.
type Challenge struct {
	Nonce     string    `json:"nonce" example:"q0uvRPmEzF7k1YfZb2cW5g"`
	Org       string    `json:"org" example:"example"`
	SignIn    string    `json:"signIn" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e51"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// Enrol brings a new device's key. The signature covers the six lines
// "tasuke device enrol v1", org, signIn, an empty line, nonce, counter.
type Enrol struct {
	Code      string `json:"code,omitempty" maxLength:"64" doc:"Of an enrolment link; empty: yourself, where that is allowed" example:"K7QF2M9X"`
	Name      string `json:"name" minLength:"1" maxLength:"100" example:"PF3X7K2L"`
	Key       string `json:"key" maxLength:"200" doc:"P-256 public key, SubjectPublicKeyInfo, base64" example:"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"`
	Nonce     string `json:"nonce" maxLength:"64" example:"q0uvRPmEzF7k1YfZb2cW5g"`
	Counter   int64  `json:"counter" minimum:"1"`
	Signature string `json:"signature" maxLength:"100" doc:"ECDSA with SHA-256 as WebCrypto makes it, base64" example:"MEUCIQDz"`
}

// Prove proves a device to this sign-in. The signature covers the six lines
// "tasuke device prove v1", org, signIn, device, nonce, counter.
type Prove struct {
	Device    string `json:"device" maxLength:"64" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e21"`
	Nonce     string `json:"nonce" maxLength:"64" example:"q0uvRPmEzF7k1YfZb2cW5g"`
	Counter   int64  `json:"counter" minimum:"1" doc:"Greater than ever before; a repeat flags the device as cloned"`
	Signature string `json:"signature" maxLength:"100" example:"MEUCIQDz"`
}

// Credential is one that the device's own authenticator made (WebAuthn): not
// discoverable, user verified. Its challenge is the SHA-256 of the six lines
// "tasuke device bind v1", org, signIn, device, nonce, an empty line. All but the
// nonce are base64url without padding.
type Credential struct {
	Nonce       string `json:"nonce" maxLength:"64" example:"q0uvRPmEzF7k1YfZb2cW5g"`
	ID          string `json:"id" maxLength:"1400" example:"AbCdEfGh"`
	ClientData  string `json:"clientData" maxLength:"4000" example:"eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0"`
	Attestation string `json:"attestation" maxLength:"8000" doc:"attestationObject" example:"o2NmbXRkbm9uZQ"`
}

// Assertion is what that credential signed. Its challenge is the SHA-256 of the
// six lines "tasuke device assert v1", org, signIn, device, nonce, and the
// security code that it is brought with, eight characters, or an empty line. All
// but the nonce are base64url without padding.
type Assertion struct {
	Nonce             string `json:"nonce" maxLength:"64" example:"q0uvRPmEzF7k1YfZb2cW5g"`
	ID                string `json:"id" maxLength:"1400" example:"AbCdEfGh"`
	ClientData        string `json:"clientData" maxLength:"4000" example:"eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0"`
	AuthenticatorData string `json:"authenticatorData" maxLength:"4000" example:"SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2M"`
	Signature         string `json:"signature" maxLength:"2000" example:"MEUCIQDz"`
}

// Shown brings the assertion of the address that asks for client certificates:
// sealed, for one challenge of one sign-in, a minute long, once.
type Shown struct {
	Assertion string `json:"assertion" maxLength:"8000" example:"eyJhbGciOiJFUzI1NiJ9.e30.c2ln"`
}

// LostKey says that this browser was a device once and has lost its key.
type LostKey struct {
	Device string `json:"device" maxLength:"64" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e21"`
}

// Descriptions describes devices from outside, and what is known of them.
type Descriptions struct {
	Devices []Description `json:"devices" minItems:"1" maxItems:"500"`
}

// Description is one device as another system knows it. What is empty or absent stays as it was.
type Description struct {
	ExternalID   string       `json:"externalId" minLength:"1" maxLength:"100" example:"asset-4711"`
	Name         string       `json:"name,omitempty" maxLength:"100" example:"PF3X7K2L"`
	Owner        string       `json:"owner,omitempty" maxLength:"200" doc:"Id or e-mail address of a person" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e03"`
	Platform     string       `json:"platform,omitempty" enum:",windows,macos,linux,android,ios,chromeos"`
	Ownership    string       `json:"ownership,omitempty" enum:",corporate,personal"`
	Manufacturer string       `json:"manufacturer,omitempty" maxLength:"100" example:"Lenovo"`
	Model        string       `json:"model,omitempty" maxLength:"100" example:"ThinkPad T14"`
	Serial       string       `json:"serial,omitempty" maxLength:"100" example:"PF3X7K2L"`
	Facts        []FactReport `json:"facts,omitempty" maxItems:"20"`
}

// FactReport is one thing that another system knows of a device.
type FactReport struct {
	Name  string    `json:"name" enum:"os_version,browser_version,disk_encryption,firewall,antivirus,screen_lock,secure_boot,rooted,declared_compliant"`
	Value string    `json:"value" maxLength:"100" doc:"A dotted version, or true or false" example:"14.2.1"`
	At    time.Time `json:"at" doc:"When it was found so"`
}

// Described says what came of descriptions. With errors, nothing was changed.
type Described struct {
	Created   int        `json:"created" example:"3"`
	Changed   int        `json:"changed" example:"1"`
	Unchanged int        `json:"unchanged" example:"12"`
	Errors    []RowError `json:"errors" doc:"At most 100"`
	Preview   bool       `json:"preview" doc:"Nothing was changed because only a preview was asked for"`
}

// RowError says what is wrong with one line of a file, or one place of a list.
type RowError struct {
	Line   int    `json:"line" doc:"From 1"`
	Code   string `json:"code" example:"fact_invalid"`
	Member string `json:"member" example:"os_version"`
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
	Description string           `json:"description" maxLength:"500" example:"Laptops of the offices"`
	Platform    string           `json:"platform" enum:"windows,macos,linux,android,ios,chromeos"`
	Everything  bool             `json:"everything" doc:"All devices of the platform"`
	Groups      []string         `json:"groups" maxItems:"200" doc:"Ids of groups of devices, or of the people who own them" example:"[\"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e22\"]"`
	Rules       []ComplianceRule `json:"rules" minItems:"1" maxItems:"50" doc:"Each kind at most once"`
}

// ComplianceRule is one thing that a compliance policy asks for.
type ComplianceRule struct {
	Kind       string `json:"kind" enum:"os_version_min,os_version_max,browser_version_min,browser_version_max,disk_encryption,firewall,antivirus,screen_lock,secure_boot,not_rooted,declared_compliant,last_contact"`
	Value      string `json:"value" maxLength:"100" doc:"A dotted version, days for last_contact, else empty" example:"10.0.22631"`
	GraceHours int    `json:"graceHours" minimum:"0" maximum:"8760" doc:"How long a device may break it and count as in grace period"`
}
