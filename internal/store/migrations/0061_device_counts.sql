-- +goose Up
-- With the enrolment, so that the overview counts devices by this index alone.
DROP INDEX device_compliance;
CREATE INDEX device_compliance ON device (org, compliance, id, enrolment);

-- +goose Down
DROP INDEX device_compliance;
CREATE INDEX device_compliance ON device (org, compliance, id);
