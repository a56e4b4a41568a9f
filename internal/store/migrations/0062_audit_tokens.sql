-- +goose Up
-- Through which API token a program acted; empty: the person did.
ALTER TABLE audit ADD COLUMN token TEXT NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN token_name TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE audit DROP COLUMN token_name;
ALTER TABLE audit DROP COLUMN token;
