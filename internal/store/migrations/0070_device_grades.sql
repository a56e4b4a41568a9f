-- +goose Up
ALTER TABLE device ADD COLUMN bound TEXT NOT NULL DEFAULT ''; -- JSON of device.Bound; empty: none
ALTER TABLE sign_in ADD COLUMN device_grade TEXT NOT NULL DEFAULT '';
-- The device whose profile key signed for this sign-in last, and when: a stronger
-- proof may have taken its place.
ALTER TABLE sign_in ADD COLUMN key_device TEXT NOT NULL DEFAULT '';
ALTER TABLE sign_in ADD COLUMN key_at BIGINT NOT NULL DEFAULT 0;
UPDATE sign_in SET device_grade = 'profile_key', key_device = device, key_at = device_at WHERE device <> '';
CREATE INDEX sign_in_key_device ON sign_in (key_device);

-- +goose Down
DROP INDEX sign_in_key_device;
ALTER TABLE sign_in DROP COLUMN key_at;
ALTER TABLE sign_in DROP COLUMN key_device;
ALTER TABLE sign_in DROP COLUMN device_grade;
ALTER TABLE device DROP COLUMN bound;
