package servertest_test

import (
	"net/http"
	"testing"

	"tasuke/internal/servertest"
	"tasuke/internal/store/storetest"
)

// TestTextThatCannotBeKept is refused, wherever it stands, and whichever the engine.
func TestTextThatCannotBeKept(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { refuseText(t, servertest.Start(t)) })
	t.Run("postgres", func(t *testing.T) {
		var engine storetest.Server
		t.Cleanup(func() {
			if err := engine.Stop(); err != nil {
				t.Error(err)
			}
		})
		refuseText(t, servertest.Start(t, "database="+engine.Postgres(t)))
	})
}

func refuseText(t *testing.T, w *servertest.World) {
	boss := w.SignIn("amelia")
	for _, path := range []string{"people?search=%00", "devices?search=%00", "reports/sessions?search=%00", "devices?group=%00", "devices/%00", "people/%ff", "audit?actor=%00",
		"devices?cursor=eAoA", "people?cursor=eyJzIjoibmFtZSIsImQiOmZhbHNlLCJ0IjoiXHUwMDAwIiwiaSI6IjEifQ"} {
		boss.Refused("text_invalid", http.MethodGet, "/api/v1/"+path, nil)
	}
	for _, member := range []string{"externalId", "owner"} {
		row := map[string]string{"externalId": "a", "owner": "b"}
		row[member] = "\x00"
		boss.Refused("text_invalid", http.MethodPost, devicesPath+"/facts", map[string]any{"devices": []any{row}})
	}
}
