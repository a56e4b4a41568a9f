package servertest_test

import (
	"net/http"
	"testing"

	"tasuke/internal/servertest"
	"tasuke/internal/store/storetest"
)

// TestTextThatPostgreSQLCannotKeep is refused, wherever it stands.
func TestTextThatPostgreSQLCannotKeep(t *testing.T) {
	var engine storetest.Server
	t.Cleanup(func() {
		if err := engine.Stop(); err != nil {
			t.Error(err)
		}
	})
	w := servertest.Start(t, "database="+engine.Postgres(t))
	boss := w.SignIn("amelia")
	for _, path := range []string{"people?search=%00", "devices?group=%00", "devices/%00", "people/%ff", "audit?actor=%00",
		"devices?cursor=eAoA", "people?cursor=eyJzIjoibmFtZSIsImQiOmZhbHNlLCJ0IjoiXHUwMDAwIiwiaSI6IjEifQ"} {
		boss.Refused("text_invalid", http.MethodGet, "/api/v1/"+path, nil)
	}
	for _, member := range []string{"externalId", "owner"} {
		row := map[string]string{"externalId": "a", "owner": "b"}
		row[member] = "\x00"
		boss.Refused("text_invalid", http.MethodPost, devicesPath+"/facts", map[string]any{"devices": []any{row}})
	}
}
