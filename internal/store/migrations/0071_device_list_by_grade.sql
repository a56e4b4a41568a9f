-- +goose Up
-- Lists are chosen by this index alone, so it holds whatever one can filter by.
DROP INDEX device_name;
CREATE INDEX device_name ON device (org, name_key, id, search, owner, platform, ownership, enrolment, compliance, grade);

-- +goose Down
DROP INDEX device_name;
CREATE INDEX device_name ON device (org, name_key, id, search, owner, platform, ownership, enrolment, compliance);
