package identity

import "slices"

// Permission names one thing a person may be entitled to do, in the words
// administrators know from the vendor's product.
type Permission string

// The permissions that exist.
const (
	OfferRemoteAssistance Permission = "offer_remote_assistance" // give help: get a security code
	ViewScreen            Permission = "view_screen"             // see the sharer's screen
	TakeFullControl       Permission = "take_full_control"       // reserved for the app on the device: move the pointer, type
	UnattendedControl     Permission = "unattended_control"      // reserved for the app on the device: without the sharer's yes
	EndSessions           Permission = "end_sessions"            // end somebody else's help session
	ViewOwnReports        Permission = "view_own_reports"        // list and export reports of sessions one took part in
	ViewReports           Permission = "view_reports"            // list and export everybody's session reports
	ViewAudit             Permission = "view_audit"              // read and export the audit log
	ReadPeople            Permission = "read_people"             // see people and groups
	ManagePeople          Permission = "manage_people"           // invite, disable, edit people; change groups
	ReadDevices           Permission = "read_devices"            // see devices and their compliance
	EnrolDevices          Permission = "enrol_devices"           // give out enrolment links
	ManageDevices         Permission = "manage_devices"          // rename, transfer, retire, revoke, import devices
	ReadConfiguration     Permission = "read_configuration"      // see roles, policies and settings
	ManageCompliance      Permission = "manage_compliance"       // change compliance policies
	ManagePolicies        Permission = "manage_policies"         // change conditional access policies and locations
	ManageRoles           Permission = "manage_roles"            // change roles and assignments
	ManageSettings        Permission = "manage_settings"         // change the organisation's switches, limits and domains
	ManageTokens          Permission = "manage_tokens"           // make and revoke API tokens
)

// Permissions lists every permission, in the order they are explained in.
func Permissions() []Permission {
	return []Permission{
		OfferRemoteAssistance, ViewScreen, TakeFullControl, UnattendedControl, EndSessions, ViewOwnReports, ViewReports, ViewAudit,
		ReadPeople, ManagePeople, ReadDevices, EnrolDevices, ManageDevices, ReadConfiguration, ManageCompliance, ManagePolicies,
		ManageRoles, ManageSettings, ManageTokens,
	}
}

// Known reports whether p is a permission that exists.
func (p Permission) Known() bool { return slices.Contains(Permissions(), p) }

// Reserved reports whether nothing in this version asks for p yet.
func (p Permission) Reserved() bool { return p == TakeFullControl || p == UnattendedControl }

// Implied lists what is worth nothing without p: who may change something may see it.
func (p Permission) Implied() []Permission {
	switch p {
	case ViewReports:
		return []Permission{ViewOwnReports}
	case ManagePeople:
		return []Permission{ReadPeople}
	case EnrolDevices, ManageDevices:
		return []Permission{ReadDevices}
	case ManageCompliance, ManagePolicies, ManageRoles, ManageSettings, ManageTokens:
		return []Permission{ReadConfiguration}
	}
	return nil
}

// Whole adds to permissions what they imply, in the order of Permissions.
func Whole(permissions []Permission) []Permission {
	has := map[Permission]bool{}
	for _, p := range permissions {
		has[p] = true
		for _, q := range p.Implied() {
			has[q] = true
		}
	}
	var out []Permission
	for _, p := range Permissions() {
		if has[p] {
			out = append(out, p)
		}
	}
	return out
}
