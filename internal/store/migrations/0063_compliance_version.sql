-- +goose Up
-- Grows when every device must be evaluated again, so that nobody has to touch them all at once.
ALTER TABLE organisation ADD COLUMN compliance_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN evaluated BIGINT NOT NULL DEFAULT 0; -- the version that its result rests on
CREATE INDEX device_evaluated ON device (org, evaluated);

-- +goose Down
DROP INDEX device_evaluated;
UPDATE device SET due_at = 0;
ALTER TABLE device DROP COLUMN evaluated;
ALTER TABLE organisation DROP COLUMN compliance_version;
