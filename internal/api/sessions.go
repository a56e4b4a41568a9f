package api

import (
	"context"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"tasuke/internal/access"
	"tasuke/internal/assist"
	"tasuke/internal/desk"
	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/inventory"
	"tasuke/internal/wire"
)

func typeOf[T any]() reflect.Type { return reflect.TypeFor[T]() }

// SessionPath names a help session in the path.
type SessionPath struct {
	ID string `path:"id" format:"uuid" doc:"Id of the help session"`
}

// sessions registers what helpers and sharers do.
func (a *API) sessions() {
	operation(a, huma.Operation{OperationID: "create-help-session", Method: http.MethodPost, Path: "/help-sessions", Tags: []string{"Help sessions"}, DefaultStatus: http.StatusCreated,
		Summary: "Get a security code", Description: "An earlier code of yours that nobody has used dies. With a device it does only for its owner on that device; read_devices is needed as well."},
		string(identity.OfferRemoteAssistance), a.create, desk.ErrNoSubject, desk.ErrTooManyNewCodes, fault.ErrNotFound)
	operation(a, huma.Operation{OperationID: "list-own-help-sessions", Method: http.MethodGet, Path: "/help-sessions", Tags: []string{"Help sessions"},
		Summary:     "List your own help sessions, newest first",
		Description: "Those in which you sit or sat in a seat."}, SignedIn, a.own)
	operation(a, huma.Operation{OperationID: "redeem-security-code", Method: http.MethodPost, Path: "/help-sessions/redeem", Tags: []string{"Help sessions"},
		Summary: "Bring a security code", Description: "Wrong, expired and used codes get the same answer; who guesses is slowed."},
		SignedIn, a.redeem, assist.ErrCodeNotAccepted, assist.ErrOwnCode, access.ErrRefused, desk.ErrTooManyCodes, inventory.ErrChallenge, inventory.ErrPlatformKey, device.ErrProof)
	operation(a, huma.Operation{OperationID: "get-help-session", Method: http.MethodGet, Path: "/help-sessions/{id}", Tags: []string{"Help sessions"},
		Summary:     "See a help session from your seat",
		Description: "The snapshot is all that your page needs; a session in which you have no seat is answered like one that does not exist."}, SignedIn, a.see)
	operation(a, huma.Operation{OperationID: "act-on-help-session", Method: http.MethodPost, Path: "/help-sessions/{id}/acts/{act}", Tags: []string{"Help sessions"},
		Summary: "Do something in your seat", Description: "Which acts are possible now is in the snapshot."},
		SignedIn, a.act, assist.ErrWrongSeat, access.ErrRefused, assist.ErrNotNow, assist.ErrEnded, desk.ErrAcknowledge, desk.ErrText)
	operation(a, huma.Operation{OperationID: "say-bye", Method: http.MethodPost, Path: "/help-sessions/{id}/bye", Tags: []string{"Help sessions"}, DefaultStatus: http.StatusNoContent,
		Summary: "Tell that a page goes away", Description: "Sent as a beacon."}, SignedIn, a.bye)
	operation(a, huma.Operation{OperationID: "end-help-session", Method: http.MethodPost, Path: "/help-sessions/{id}/admin-end", Tags: []string{"Administration"}, DefaultStatus: http.StatusNoContent,
		Summary:     "End somebody else's help session",
		Description: "Both sides read the note. Recorded in the audit log."}, string(identity.EndSessions), a.adminEnd, assist.ErrEnded)
}

func (a *API) create(ctx context.Context, who identity.Actor, in *struct{ Body *wire.NewHelp }) (*body[wire.NewSession], error) {
	create := a.Desk.Create
	if in.Body != nil && in.Body.Device != "" {
		create = func(ctx context.Context, who identity.Actor) (desk.Created, error) {
			return a.Desk.CreateFor(ctx, who, identity.DeviceID(in.Body.Device))
		}
	}
	made, err := create(ctx, who)
	if err != nil {
		return nil, err
	}
	code := made.Code.String()
	return ok(wire.NewSession{Session: string(made.Session.ID), Code: code, Link: a.Base + "/join#" + code, ExpiresAt: made.Session.CodeExpires.UTC()}), nil
}

func (a *API) own(ctx context.Context, who identity.Actor, _ *struct{}) (*body[wire.OwnSessions], error) {
	list, err := a.Desk.Own(ctx, who)
	if err != nil {
		return nil, err
	}
	out := wire.OwnSessions{Sessions: []wire.OwnSession{}}
	for _, b := range list {
		out.Sessions = append(out.Sessions, wire.NewOwnSession(b))
	}
	return ok(out), nil
}

func (a *API) redeem(ctx context.Context, who identity.Actor, in *struct{ Body wire.Redeem }) (*body[wire.Redeemed], error) {
	if in.Body.Proof != nil {
		code, err := assist.ParseCode(in.Body.Code)
		if err != nil {
			return nil, err
		}
		if err := a.asserted(ctx, who, *in.Body.Proof, string(code)); err != nil {
			return nil, err
		}
	}
	id, err := a.Desk.Redeem(ctx, who, in.Body.Code)
	if err != nil {
		return nil, err
	}
	return ok(wire.Redeemed{Session: string(id)}), nil
}

func (a *API) see(ctx context.Context, who identity.Actor, in *SessionPath) (*body[wire.Snapshot], error) {
	sc, seat, err := a.Desk.See(ctx, who, assist.SessionID(in.ID))
	if err != nil {
		return nil, err
	}
	return a.snapshot(sc, seat), nil
}

func (a *API) snapshot(sc assist.Scene, seat assist.Seat) *body[wire.Snapshot] {
	return ok(wire.NewSnapshot(wire.Sight{Scene: sc, Seat: seat, Now: a.Now(), Link: a.Link(sc, seat)}))
}

// actInput is an act in the path with its body. The enumeration leaves out what
// no seat may do.
type actInput struct {
	SessionPath
	Act  string `path:"act" enum:"continue,cancel,leave,allow,decline,report,share,share_failed,change,stop,pause,resume,end"`
	Body wire.Act
}

func (a *API) act(ctx context.Context, who identity.Actor, in *actInput) (*body[wire.Snapshot], error) {
	sc, err := a.Desk.Act(ctx, who, assist.SessionID(in.ID), assist.Event{
		Act: assist.Act(in.Act), Text: in.Body.Text, Number: in.Body.Number, Acknowledged: in.Body.Acknowledged, Surface: assist.Surface(in.Body.Surface), Problem: assist.Problem(in.Body.Problem),
	})
	if err != nil {
		return nil, err
	}
	return a.snapshot(sc, sc.Session.SeatOf(who.Person.ID)), nil
}

type byeInput struct {
	SessionPath
	Body wire.Bye
}

func (a *API) bye(ctx context.Context, who identity.Actor, in *byeInput) (*struct{}, error) {
	return nil, a.Desk.Bye(ctx, who, assist.SessionID(in.ID), in.Body.Page)
}

type adminEndInput struct {
	SessionPath
	Body *wire.AdminEnd `required:"false"`
}

func (a *API) adminEnd(ctx context.Context, who identity.Actor, in *adminEndInput) (*struct{}, error) {
	note := ""
	if in.Body != nil {
		note = in.Body.Note
	}
	return nil, a.Desk.AdminEnd(ctx, who, assist.SessionID(in.ID), note)
}
