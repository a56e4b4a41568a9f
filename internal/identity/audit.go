package identity

import "time"

// Entry is one line for the audit log. The store replaces people by pseudonyms,
// numbers the line, and chains it to the one before.
type Entry struct {
	Org     OrgID
	Actor   PersonID // empty: the system itself
	Action  string   // dotted verb, for example "session.allow"
	Object  string   // what it was done to, for example a session's id
	Person  PersonID // whom else it concerns; empty: nobody
	Details map[string]string
}

// Member is an actor as the store finds them now.
type Member struct {
	Actor
	Live  bool      // the sign-in has neither ended nor expired
	Until time.Time // when it will, if nothing is done
}
