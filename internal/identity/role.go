package identity

import (
	"slices"
	"time"

	"tasuke/internal/fault"
)

// RoleID names a role inside its organisation.
type RoleID string

// Role is a named set of permissions.
type Role struct {
	ID          RoleID
	Name        string
	Description string
	Builtin     bool // the same in every organisation; cannot be changed, only duplicated
	Permissions []Permission
}

// Ids of the built-in roles.
const (
	FirstLineHelper  RoleID = "first_line_helper"
	SecondLineHelper RoleID = "second_line_helper"
	HelpDeskManager  RoleID = "help_desk_manager"
	DeviceManager    RoleID = "device_manager"
	Auditor          RoleID = "auditor"
	Administrator    RoleID = "administrator"
)

// BuiltinRoles lists the roles that every organisation has, from the least to
// the most powerful.
func BuiltinRoles() []Role {
	return []Role{
		{FirstLineHelper, "First-line Helper", "Sees a colleague's screen after both have said yes.", true,
			[]Permission{OfferRemoteAssistance, ViewScreen, ViewOwnReports}},
		{SecondLineHelper, "Second-line Helper", "Helps from the device list as well, and controls once the app on the device exists.", true,
			[]Permission{OfferRemoteAssistance, ViewScreen, TakeFullControl, ViewOwnReports, ReadDevices}},
		{HelpDeskManager, "Help Desk Manager", "Follows all sessions, ends them, and reads the reports.", true,
			[]Permission{EndSessions, ViewOwnReports, ViewReports, ReadPeople, ReadDevices}},
		{DeviceManager, "Device Manager", "Enrols and retires devices and says when they are compliant.", true,
			[]Permission{ReadPeople, ReadDevices, EnrolDevices, ManageDevices, ReadConfiguration, ManageCompliance}},
		{Auditor, "Auditor", "Reads everything and changes nothing.", true,
			[]Permission{ViewOwnReports, ViewReports, ViewAudit, ReadPeople, ReadDevices, ReadConfiguration}},
		{Administrator, "Administrator", "May do everything.", true, Permissions()},
	}
}

// BuiltinRole finds a built-in role.
func BuiltinRole(id RoleID) (Role, bool) {
	roles := BuiltinRoles()
	i := slices.IndexFunc(roles, func(r Role) bool { return r.ID == id })
	if i < 0 {
		return Role{}, false
	}
	return roles[i], true
}

// Limits of names and lists that administrators write.
const (
	maxName        = 100 // characters
	maxDescription = 500 // characters
	maxListed      = 200 // groups or values in one list
)

// Faults of what administrators write.
var (
	ErrName              = fault.New(fault.Invalid, "name_invalid", "A name has 1 to 100 characters.", "Choose a shorter name.")
	ErrUnknownPermission = fault.New(fault.Invalid, "unknown_permission", "There is no such permission.", "Use one of the permissions listed in the API description.")
	ErrTooMuch           = fault.New(fault.Invalid, "list_too_long", "A list has too many entries.", "Split it up.")
	ErrScope             = fault.New(fault.Invalid, "scope_empty", "An assignment needs somebody to apply to and something to apply it over.", "Choose at least one member group and a scope.")
)

// CheckName returns ErrName unless name and description may be shown as they are.
func CheckName(name, description string) error {
	if name == "" || CleanText(name) != name || len([]rune(name)) > maxName || len([]rune(description)) > maxDescription {
		return ErrName
	}
	return nil
}

// Check refuses a role that cannot be kept.
func (r Role) Check() error {
	for _, p := range r.Permissions {
		if !p.Known() {
			return ErrUnknownPermission.WithReasons(fault.Reason{Code: "unknown_permission", Subject: string(p)})
		}
	}
	return CheckName(r.Name, r.Description)
}

// AssignmentID names an assignment inside its organisation.
type AssignmentID string

// Assignment gives the members of groups a role over the people and devices in
// a scope. Assignments never merge: each permission counts only inside the scope
// of the assignment that gives it.
type Assignment struct {
	ID          AssignmentID
	Name        string
	Description string
	Role        RoleID
	Members     []GroupID // groups of people
	Scope       Scope
	Expires     time.Time // zero: never
}

// Check refuses an assignment that cannot be kept.
func (a Assignment) Check() error {
	switch {
	case len(a.Members) == 0 || a.Scope.empty():
		return ErrScope
	case len(a.Members) > maxListed || len(a.Scope.People) > maxListed || len(a.Scope.Devices) > maxListed:
		return ErrTooMuch
	}
	return CheckName(a.Name, a.Description)
}

// Scope says over whom and what an assignment entitles.
type Scope struct {
	AllPeople  bool
	People     []GroupID // groups of people: they and their enrolled devices
	AllDevices bool
	Devices    []GroupID // groups of enrolled devices, whoever uses them
	Unenrolled bool      // also devices that are not enrolled, of the people in scope
}

// Everything is the scope without bounds.
func Everything() Scope { return Scope{AllPeople: true, AllDevices: true, Unenrolled: true} }

func (s Scope) empty() bool {
	return !s.AllPeople && !s.AllDevices && len(s.People) == 0 && len(s.Devices) == 0
}

// Covers reports whether the target lies in the scope. The organisation as a
// whole lies in every scope: what has no bounds is not bounded.
func (s Scope) Covers(t Target) bool {
	person := s.AllPeople || overlap(s.People, t.PersonGroups)
	switch {
	case t.Everybody:
		return s.AllPeople
	case t.Unenrolled:
		return s.Unenrolled && person
	case t.Device != "":
		return s.AllDevices || person && t.Person != "" || overlap(s.Devices, t.DeviceGroups)
	case t.Person != "":
		return person
	}
	return true
}

// join adds another scope; only lists are filtered by the result.
func (s Scope) join(o Scope) Scope {
	return Scope{
		AllPeople: s.AllPeople || o.AllPeople, People: append(slices.Clone(s.People), o.People...),
		AllDevices: s.AllDevices || o.AllDevices, Devices: append(slices.Clone(s.Devices), o.Devices...),
		Unenrolled: s.Unenrolled || o.Unenrolled,
	}
}

func overlap(a, b []GroupID) bool {
	return slices.ContainsFunc(a, func(g GroupID) bool { return slices.Contains(b, g) })
}
