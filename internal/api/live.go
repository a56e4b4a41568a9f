package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"tasuke/internal/bus"
	"tasuke/internal/fault"
	"tasuke/internal/httpx"
	"tasuke/internal/identity"
	"tasuke/internal/wire"
)

// live registers the help sessions that go on now.
func (a *API) live() {
	operation(a, huma.Operation{OperationID: "list-live-sessions", Method: http.MethodGet, Path: "/live-sessions", Tags: []string{"Reports"},
		Summary:     "List the help sessions that go on now",
		Description: "Those in your scope, with who sits where and what helpers were warned of."}, string(identity.ViewReports), a.liveSessions)
	operation(a, huma.Operation{OperationID: "watch-live-sessions", Method: http.MethodGet, Path: "/live-sessions/events", Tags: []string{"Reports"},
		Summary: "Follow the help sessions that go on", Description: "Server-sent events: each event `sessions` carries the whole list, as list-live-sessions gives it. An event `refused` carries problem details and is the last.",
		Responses: map[string]*huma.Response{"200": {Description: "Events", Content: map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{Type: "string"}}}}}},
		string(identity.ViewReports), a.watchLive)
}

func (a *API) liveSessions(ctx context.Context, who identity.Actor, _ *struct{}) (*body[wire.LiveSessions], error) {
	all, err := a.Admin.Live(ctx, who)
	if err != nil {
		return nil, err
	}
	return ok(newLiveSessions(all, who, a.Now())), nil
}

// Times of a live list.
const (
	atMostEvery  = 500 * time.Millisecond // however much happens
	atLeastEvery = 5 * time.Second        // presence changes without news; who may no longer look is found out
	writeEvent   = 10 * time.Second       // who does not read this long is dropped and comes back
)

func (a *API) watchLive(_ context.Context, who identity.Actor, _ *struct{}) (*huma.StreamResponse, error) {
	news, err := a.News(who.Person.Org)
	if err != nil {
		return nil, fault.ErrUnavailable.WithCause(err)
	}
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		defer news.Close()
		r, w := humago.Unwrap(ctx)
		_ = http.NewResponseController(w).SetReadDeadline(time.Time{}) // the request was read; the stream lasts
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("Cache-Control", "no-store")
		for {
			if err := a.sendLive(w, r); err != nil {
				return
			}
			if !a.wait(r.Context(), news) {
				return
			}
		}
	}}, nil
}

// sendLive writes the list as the one who looks may see it now. An error ends
// the stream.
func (a *API) sendLive(w http.ResponseWriter, r *http.Request) error {
	who, err := a.People.Caller(r)
	var list *body[wire.LiveSessions]
	if err == nil {
		list, err = a.liveSessions(r.Context(), who, nil)
	}
	event, data := "sessions", any(nil)
	if err != nil {
		event, data = "refused", httpx.ProblemOf(err)
	} else {
		data = list.Body
	}
	b, marshalErr := json.Marshal(data)
	if marshalErr != nil {
		return marshalErr
	}
	c := http.NewResponseController(w)
	_ = c.SetWriteDeadline(time.Now().Add(writeEvent)) // kept where it cannot be set
	if _, writeErr := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", event, b); writeErr != nil {
		return writeErr
	}
	if flushErr := c.Flush(); flushErr != nil {
		return flushErr
	}
	return err
}

// wait returns when the list must be sent again; false: never.
func (a *API) wait(ctx context.Context, news bus.Subscription) bool {
	pause, latest := time.NewTimer(atMostEvery), time.NewTimer(atLeastEvery)
	defer pause.Stop()
	defer latest.Stop()
	for _, until := range []<-chan time.Time{pause.C, latest.C} {
		heard := news.Messages()
		if until == pause.C {
			heard = nil // what happens meanwhile waits in the queue
		}
		select {
		case <-ctx.Done():
			return false
		case <-a.Stopping:
			return false
		case _, open := <-heard:
			return open
		case <-until:
		}
	}
	return true
}
