package wire

import "time"

// Stamp is what every configured thing has beside its content.
type Stamp struct {
	ID        string    `json:"id" readOnly:"true" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e01"`
	Version   int64     `json:"version" readOnly:"true" doc:"Its ETag; send it back as If-Match"`
	CreatedAt time.Time `json:"createdAt" readOnly:"true"`
	UpdatedAt time.Time `json:"updatedAt" readOnly:"true"`
}

// Role is a named set of permissions.
type Role struct {
	Stamp
	RoleBody
	Builtin bool `json:"builtin" readOnly:"true" doc:"The same in every organisation; cannot be changed, only duplicated"`
}

// RoleBody is what is written of a role.
type RoleBody struct {
	Name        string   `json:"name" minLength:"1" maxLength:"100" example:"Branch support"`
	Description string   `json:"description" maxLength:"500" example:"Helps people of one branch"`
	Permissions []string `json:"permissions" enum:"offer_remote_assistance,view_screen,take_full_control,unattended_control,end_sessions,view_own_reports,view_reports,view_audit,read_people,manage_people,read_devices,enrol_devices,manage_devices,read_configuration,manage_compliance,manage_policies,manage_roles,manage_settings,manage_tokens"`
}

// Group is a set of people or of devices.
type Group struct {
	Stamp
	GroupBody
}

// GroupBody is what is written of a group.
type GroupBody struct {
	Name        string `json:"name" minLength:"1" maxLength:"100" example:"Finance"`
	Description string `json:"description" maxLength:"500" example:"Everybody in the finance department"`
	Of          string `json:"of" enum:"people,devices" doc:"What it consists of; never changes"`
	Kind        string `json:"kind" enum:"fixed,claim,rule" doc:"Who belongs to it: whom you put in, whom the provider names at sign-in, or whose attributes match"`
	Claim       string `json:"claim" maxLength:"500" doc:"claim: the group's name or id at the provider" example:"finance-team"`
	Rule        []Term `json:"rule" doc:"rule: every term must match"`
}

// Term is one comparison of a group's rule.
type Term struct {
	Attribute string   `json:"attribute" enum:"department,domain,title,company,issuer,platform,ownership,manufacturer,model,device_name" doc:"The first five are of people, the others of devices"`
	Operator  string   `json:"operator" enum:"is,is_not,contains,starts_with" doc:"Without regard to case; is_not must hold for all values, the others for one"`
	Values    []string `json:"values" minItems:"1" maxItems:"200" example:"[\"Finance\"]"`
}

// Members is one page of a group's members.
type Members struct {
	Members []Named `json:"members"`
	Next    string  `json:"next" doc:"Cursor of the next page; empty: this is the last" example:"eyJhZnRlciI6IjQyIn0"`
}

// Named is somebody or something with a name.
type Named struct {
	ID   string `json:"id" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e03"`
	Name string `json:"name" example:"Amina Haddad"`
}

// Assignment gives the members of groups a role over a scope.
type Assignment struct {
	Stamp
	AssignmentBody
}

// AssignmentBody is what is written of an assignment.
type AssignmentBody struct {
	Name        string     `json:"name" minLength:"1" maxLength:"100" example:"Branch support helps Finance"`
	Description string     `json:"description" maxLength:"500" example:"For the branch in Osaka"`
	Role        string     `json:"role" doc:"Id of the role" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e12"`
	Members     []string   `json:"members" doc:"Ids of groups of people" minItems:"1" maxItems:"200" example:"[\"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e11\"]"`
	Scope       Scope      `json:"scope"`
	ExpiresAt   *time.Time `json:"expiresAt,omitempty" doc:"Absent: never"`
}

// Scope says over whom and what an assignment entitles.
type Scope struct {
	AllPeople  bool     `json:"allPeople"`
	People     []string `json:"people" doc:"Ids of groups of people: they and their enrolled devices" example:"[\"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e11\"]"`
	AllDevices bool     `json:"allDevices" doc:"All enrolled devices"`
	Devices    []string `json:"devices" doc:"Ids of groups of devices, whoever uses them" example:"[\"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e22\"]"`
	Unenrolled bool     `json:"unenrolled" doc:"Also devices that are not enrolled, of the people in scope"`
}

// Policy is one conditional access policy.
type Policy struct {
	Stamp
	PolicyBody
}

// PolicyBody is what is written of a policy.
type PolicyBody struct {
	Name        string     `json:"name" minLength:"1" maxLength:"100" example:"Helpers need a second factor"`
	Description string     `json:"description" maxLength:"500" example:"Asked of everybody who helps"`
	State       string     `json:"state" enum:"on,off,report_only" doc:"report_only: evaluated and recorded, never enforced"`
	Seats       []string   `json:"seats" enum:"helper,sharer,administrator" minItems:"1"`
	Include     Who        `json:"include"`
	Exclude     Who        `json:"exclude"`
	Conditions  Conditions `json:"conditions"`
	Control     Control    `json:"control"`
}

// Who chooses people.
type Who struct {
	Everyone bool     `json:"everyone"`
	People   []string `json:"people" example:"[\"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e03\"]"`
	Groups   []string `json:"groups" example:"[\"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e11\"]"`
	Roles    []string `json:"roles" doc:"Whoever holds one of these by any assignment" example:"[\"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e12\"]"`
}

// Conditions say when a policy applies: all that are set must hold.
type Conditions struct {
	Locations          []string `json:"locations" doc:"The address is in one of these named locations" example:"[\"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e31\"]"`
	NotLocations       []string `json:"notLocations" doc:"The address is in none of these" example:"[\"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e31\"]"`
	Platforms          []string `json:"platforms" enum:"windows,macos,linux,android,ios,chromeos"`
	NotPlatforms       []string `json:"notPlatforms" enum:"windows,macos,linux,android,ios,chromeos"`
	Browsers           []string `json:"browsers" enum:"chrome,edge,firefox,safari,other"`
	Devices            []string `json:"devices" enum:"enrolled,unenrolled,compliant,in_grace_period,not_compliant,not_evaluated"`
	WithoutMFA         bool     `json:"withoutMfa" doc:"The sign-in was not multi-factor"`
	SignInOlderMinutes int      `json:"signInOlderMinutes" minimum:"0" maximum:"43200" doc:"The person was authenticated longer ago than this; 0: any age"`
	FirstContact       bool     `json:"firstContact" doc:"The two people had no session together before"`
	Hours              *Hours   `json:"hours,omitempty" doc:"Absent: at any time"`
	OutsideHours       bool     `json:"outsideHours" doc:"The time is outside those hours instead of inside"`
}

// Hours are times of day on some days of the week.
type Hours struct {
	Days []int  `json:"days" doc:"0: Sunday … 6: Saturday" minItems:"1" maxItems:"7" example:"[1,2,3,4,5]"`
	From int    `json:"from" minimum:"0" maximum:"1439" doc:"Minutes after midnight" example:"540"`
	To   int    `json:"to" minimum:"0" maximum:"1440" doc:"Minutes after midnight; smaller than from: past midnight" example:"1080"`
	Zone string `json:"zone" maxLength:"64" example:"Asia/Tokyo" doc:"IANA time zone; empty: UTC"`
}

// Control is what a policy does when it applies.
type Control struct {
	Block   bool          `json:"block"`
	Require []Requirement `json:"require"`
	OneOf   bool          `json:"oneOf" doc:"One requirement is enough"`
}

// Requirement is one thing that a policy requires.
type Requirement struct {
	Kind       string `json:"kind" enum:"mfa,enrolled_device,compliant_device,device_grade,fresh_sign_in,acr,number_matching,acknowledgement"`
	AgeMinutes int    `json:"ageMinutes,omitempty" minimum:"0" maximum:"43200" doc:"fresh_sign_in: how long ago the person may have been authenticated"`
	Value      string `json:"value,omitempty" maxLength:"200" doc:"acr: the value the provider must answer with; device_grade: the least grade, of profile_key, platform_key, provider_claim, client_certificate" example:"platform_key"`
}

// Location is a named set of addresses.
type Location struct {
	Stamp
	LocationBody
}

// LocationBody is what is written of a location.
type LocationBody struct {
	Name        string   `json:"name" minLength:"1" maxLength:"100" example:"Head office"`
	Description string   `json:"description" maxLength:"500" example:"Addresses of the head office"`
	Ranges      []string `json:"ranges" minItems:"1" maxItems:"1000" doc:"Addresses in CIDR notation" example:"[\"192.0.2.0/24\"]"`
}

// Decision is what access decided, with the trace of how.
type Decision struct {
	Allowed     bool      `json:"allowed"`
	Reasons     []Reason  `json:"reasons" doc:"Why not; empty when allowed"`
	Obligations []string  `json:"obligations" enum:"number_matching,acknowledgement" doc:"What the trust screen must ask for as well"`
	Assignment  string    `json:"assignment" doc:"Id of the assignment that entitles the helper, or empty" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e13"`
	Policies    []Applied `json:"policies" doc:"Every policy that was about this"`
}

// Applied is one policy in the trace of a decision.
type Applied struct {
	ID     string   `json:"id" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e01"`
	Name   string   `json:"name" example:"PF3X7K2L"`
	State  string   `json:"state" enum:"on,off,report_only"`
	Result string   `json:"result" enum:"satisfied,unsatisfied,blocked"`
	Unmet  []string `json:"unmet" enum:"mfa,enrolled_device,compliant_device,device_grade,fresh_sign_in,acr,number_matching,acknowledgement"`
}

// WhatIf supposes a situation that may or may not exist.
type WhatIf struct {
	Seat             string     `json:"seat" enum:"helper,sharer,administrator"`
	Person           string     `json:"person" doc:"Id of who asks" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e03"`
	Other            string     `json:"other,omitempty" doc:"helper: id of the sharer they would help; sharer: of the helper" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e03"`
	Address          string     `json:"address,omitempty" example:"192.0.2.7"`
	Platform         string     `json:"platform,omitempty" enum:",windows,macos,linux,android,ios,chromeos"`
	Browser          string     `json:"browser,omitempty" enum:",chrome,edge,firefox,safari,other"`
	Device           string     `json:"device,omitempty" doc:"Id of the device the person has proven; empty: none" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e21"`
	DeviceGrade      string     `json:"deviceGrade,omitempty" enum:",profile_key,platform_key,provider_claim,client_certificate" doc:"By what it was proven; empty: by the strongest it has"`
	OtherDevice      string     `json:"otherDevice,omitempty" doc:"helper: id of the sharer's device; empty: not enrolled" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e23"`
	MFA              bool       `json:"mfa" doc:"Whether the sign-in was multi-factor"`
	ACR              string     `json:"acr,omitempty" maxLength:"200" example:"mfa"`
	SignInAgeMinutes int        `json:"signInAgeMinutes" minimum:"0" maximum:"43200"`
	At               *time.Time `json:"at,omitempty" doc:"Absent: now"`
}

// WhyNot asks what somebody lacks.
type WhyNot struct {
	Person     string `json:"person,omitempty" doc:"Id; empty: yourself. Somebody else needs read_configuration" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e03"`
	Permission string `json:"permission" enum:"offer_remote_assistance,view_screen,take_full_control,unattended_control,end_sessions,view_own_reports,view_reports,view_audit,read_people,manage_people,read_devices,enrol_devices,manage_devices,read_configuration,manage_compliance,manage_policies,manage_roles,manage_settings,manage_tokens"`
	Target     string `json:"target,omitempty" doc:"Id of the person it would be done to; empty: the organisation as a whole" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e03"`
	Device     string `json:"device,omitempty" doc:"Id of the device it would be done to" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e21"`
}

// Explanation answers why not, in one sentence and in full.
type Explanation struct {
	Allowed     bool         `json:"allowed"`
	Sentence    string       `json:"sentence" doc:"What is missing, in one English sentence" example:"The permission view_reports is missing."`
	Reasons     []Reason     `json:"reasons"`
	Assignments []Considered `json:"assignments" doc:"Every assignment that gives the permission and whether its scope covers the target; empty unless you may read the configuration"`
}

// Considered is one assignment that was looked at.
type Considered struct {
	ID      string `json:"id" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e01"`
	Name    string `json:"name" example:"Branch support"`
	Role    string `json:"role" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e12"`
	Member  bool   `json:"member" doc:"Whether the person is in one of its member groups"`
	Expired bool   `json:"expired"`
	Covers  bool   `json:"covers" doc:"Whether its scope covers the target"`
}
