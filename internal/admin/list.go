package admin

import (
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// List chooses one page of a list.
type List struct {
	Search     string // part of what the list is searched by, any case and script; empty: everything
	Sort       string // one of the list's orders; empty: its first
	Descending bool
	Cursor     string // next of the page before; empty: the first page
	Limit      int    // at least 1
}

// Page is one page of a list.
type Page[T any] struct {
	Items []T
	Next  string // cursor of the next page; empty: this is the last
}

// Faults of lists.
var (
	ErrCursor = fault.New(fault.Invalid, "cursor_invalid", "The cursor is not one that this list gave in this order.", "Begin with the first page.")
	ErrSort   = fault.New(fault.Invalid, "sort_invalid", "The list cannot be sorted by this.", "Use one of the orders in the API description.")
)

// Within bounds a list to the people in somebody's scope, and always shows what
// is their own.
type Within struct {
	Everybody bool
	Groups    []identity.GroupID // of people
	Own       identity.PersonID  // empty: nothing is shown for being one's own
}

// within is what the actor may see of people by p.
func within(a identity.Actor, p identity.Permission) Within {
	reach, ok := a.Reach(p)
	if !ok {
		return Within{}
	}
	return Within{Everybody: reach.AllPeople, Groups: reach.People}
}
