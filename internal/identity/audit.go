package identity

import "time"

// Entry is one line for the audit log. The store replaces people by pseudonyms,
// numbers the line, and chains it to the one before.
type Entry struct {
	Org     OrgID
	Actor   PersonID // empty: the system itself
	Token   TokenRef // through which a program acted for them; zero: they did it themselves
	Action  string   // dotted verb, for example "session.allow"
	Object  string   // what it was done to, for example a session's id
	Person  PersonID // whom else it concerns; empty: nobody
	Details map[string]string
}

// TokenRef names a token where the token itself may be gone.
type TokenRef struct {
	ID   TokenID
	Name string
}

// Author is who does something, as an audit line says it.
type Author struct {
	Person PersonID // empty: the system, or the operator
	Token  TokenRef
}

// Author is the actor, as an audit line says it.
func (a Actor) Author() Author { return Author{Person: a.Person.ID, Token: a.Token} }

// Member is an actor as the store finds them now.
type Member struct {
	Actor
	Live  bool      // the sign-in has neither ended nor expired
	Until time.Time // when it will, if nothing is done
}
