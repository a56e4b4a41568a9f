-- +goose Up
-- Up to which line the chain was deleted after its retention, and that line's
-- hash: where checking begins.
ALTER TABLE audit_head ADD COLUMN retired_number BIGINT NOT NULL DEFAULT 0;
ALTER TABLE audit_head ADD COLUMN retired_hash BYTEA;

-- +goose Down
ALTER TABLE audit_head DROP COLUMN retired_hash;
ALTER TABLE audit_head DROP COLUMN retired_number;
