package identity

import "time"

// Entry is one line for the audit log. The store replaces people by pseudonyms,
// numbers the line, and chains it to the one before.
type Entry struct {
	Org     OrgID
	By      Author
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

// Author is who does something, as an audit line says it; zero: the system itself, or
// the operator. Who has an Actor asks it, so that no line forgets the token.
type Author struct {
	person PersonID
	token  TokenRef // through which a program acted for them; zero: they did it themselves
}

// Person is the author, or in whose name a program acted.
func (a Author) Person() PersonID { return a.person }

// Token is through which a program acted, if one did.
func (a Author) Token() TokenRef { return a.token }

// Author is the actor, as an audit line says it.
func (a Actor) Author() Author { return Author{person: a.Person.ID, token: a.Token} }

// InPerson is the author of what no program can do for a person, such as signing in.
func InPerson(p PersonID) Author { return Author{person: p} }

// Member is an actor as the store finds them now.
type Member struct {
	Actor
	Live  bool      // the sign-in has neither ended nor expired
	Until time.Time // when it will, if nothing is done
}
