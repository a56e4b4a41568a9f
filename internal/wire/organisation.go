package wire

import "time"

// Me is who is signed in and what they may do.
type Me struct {
	Person       Person   `json:"person"`
	Organisation OrgBrief `json:"organisation"`
	Permissions  []string `json:"permissions" doc:"What you were granted" enum:"offer_remote_assistance,view_screen,take_full_control,unattended_control,end_sessions,view_own_reports,view_reports,view_audit,read_people,manage_people,read_devices,enrol_devices,manage_devices,read_configuration,manage_compliance,manage_policies,manage_roles,manage_settings,manage_tokens"`
	MayHelp      Answer   `json:"mayHelp" doc:"Whether you may get a security code now"`
	Account      string   `json:"account" doc:"Local address where you look after your password and passkeys; empty: your organisation's own provider does" example:"/idp/example/account"`
}

// OwnAccess is what access decides for somebody in each seat, as they are now.
type OwnAccess struct {
	Helper Decision `json:"helper" doc:"Giving help; without the policies that are report-only"`
	Sharer Decision `json:"sharer" doc:"Getting help; likewise"`
}

// OrgBrief is what everybody may know of their organisation.
type OrgBrief struct {
	ID         string `json:"id" example:"example"`
	Name       string `json:"name" example:"Example K.K."`
	RemoteHelp bool   `json:"remoteHelp" doc:"Whether anybody may be helped"`
	Chat       bool   `json:"chat"`
}

// Answer is a decision with its reasons.
type Answer struct {
	Allowed bool     `json:"allowed"`
	Reasons []Reason `json:"reasons" doc:"Why not; empty when allowed"`
}

// Reason is one ground of a decision.
type Reason struct {
	Code    string `json:"code" doc:"Stable code" example:"permission_missing"`
	Subject string `json:"subject,omitempty" example:"offer_remote_assistance"`
}

// Person is somebody of the organisation.
type Person struct {
	ID          string     `json:"id" format:"uuid"`
	Name        string     `json:"name" example:"Yuki Tanaka"`
	Title       string     `json:"title" example:"Support engineer"`
	Company     string     `json:"company" example:"Example K.K."`
	Department  string     `json:"department" example:"IT"`
	Email       string     `json:"email" example:"yuki.tanaka@example.org"`
	Picture     string     `json:"picture" doc:"Local address, or empty" example:"/api/v1/people/0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e02/picture?v=1a2b"`
	Disabled    bool       `json:"disabled"`
	SuspendedAt *time.Time `json:"suspendedAt,omitempty" doc:"Since when the person may not give help, after reports; absent: they may"`
	Groups      []string   `json:"groups" doc:"Ids of the groups the person belongs to" example:"[\"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e11\"]"`
	Roles       []string   `json:"roles" doc:"Ids of the roles the person holds by any assignment" example:"[\"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e12\"]"`
	Permissions []string   `json:"permissions" enum:"offer_remote_assistance,view_screen,take_full_control,unattended_control,end_sessions,view_own_reports,view_reports,view_audit,read_people,manage_people,read_devices,enrol_devices,manage_devices,read_configuration,manage_compliance,manage_policies,manage_roles,manage_settings,manage_tokens"`
}

// Settings are the organisation's switches and limits.
type Settings struct {
	Version               int64 `json:"version" doc:"Send back what you read: a change meanwhile is refused"`
	RemoteHelp            bool  `json:"remoteHelp" doc:"Whether anybody may be helped"`
	Chat                  bool  `json:"chat" doc:"Whether the two seats may chat"`
	RelayOnly             bool  `json:"relayOnly" doc:"Hide addresses: connect through the relay only"`
	Unenrolled            bool  `json:"unenrolled" doc:"Whether help is given on devices that are not enrolled; never about the helper's own"`
	SelfEnrol             bool  `json:"selfEnrol" doc:"Whether people may enrol a device of theirs themselves"`
	Acknowledge           bool  `json:"acknowledge" doc:"Whether a helper must acknowledge warnings before going on"`
	ReportsSuspend        int   `json:"reportsSuspend" minimum:"0" maximum:"20" doc:"Reports of different people within a day that suspend a helper; 0: never"`
	ComplianceDays        int   `json:"complianceDays" minimum:"1" maximum:"120" doc:"How long facts about a device are believed"`
	CodeLifetimeMinutes   int   `json:"codeLifetimeMinutes" minimum:"1" maximum:"60"`
	TimeLimitMinutes      int   `json:"timeLimitMinutes" minimum:"5" maximum:"480"`
	SessionDays           int   `json:"sessionDays" minimum:"30" maximum:"1095" doc:"Retention of reports"`
	AuditDays             int   `json:"auditDays" minimum:"30" maximum:"1095"`
	ChatDays              int   `json:"chatDays" minimum:"0" maximum:"90" doc:"0: chat is gone at the end"`
	SignInIdleMinutes     int   `json:"signInIdleMinutes" minimum:"5" maximum:"1440"`
	SignInAbsoluteMinutes int   `json:"signInAbsoluteMinutes" minimum:"15" maximum:"1440"`
}

// SignIns lists where the caller is signed in.
type SignIns struct {
	SignIns []SignIn `json:"signIns"`
}

// SignIn is one browser's sign-in.
type SignIn struct {
	ID        string    `json:"id" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e01"`
	CreatedAt time.Time `json:"createdAt"`
	SeenAt    time.Time `json:"seenAt"`
	Browser   string    `json:"browser" doc:"Family and platform, as the browser said" example:"Firefox 140"`
	Current   bool      `json:"current" doc:"This very browser"`
}
