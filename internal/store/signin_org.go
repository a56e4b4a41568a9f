package store

import (
	"context"
	"encoding/json"

	"tasuke/internal/identity"
)

func settingsOf(ctx context.Context, q querier, org identity.OrgID) (identity.Settings, error) {
	var text string
	if err := q.QueryRowContext(ctx, `SELECT settings FROM organisation WHERE id = $1`, string(org)).Scan(&text); err != nil {
		return identity.Settings{}, notFound(err)
	}
	return decodeSettings(text)
}

func decodeSettings(text string) (identity.Settings, error) {
	set := identity.DefaultSettings()
	err := json.Unmarshal([]byte(text), &set)
	return set, err
}
