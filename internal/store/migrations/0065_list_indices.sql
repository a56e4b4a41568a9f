-- +goose Up
-- Every order of devices and of reports has an index that answers filters by
-- itself: a page of what is rare is found without reading the rows between.
DROP INDEX device_seen;
DROP INDEX device_platform;
DROP INDEX device_compliance;
CREATE INDEX device_seen ON device (org, seen_at, id, search, owner, platform, ownership, enrolment, compliance);
CREATE INDEX device_platform ON device (org, platform, id, search, owner, ownership, enrolment, compliance);
CREATE INDEX device_compliance ON device (org, compliance, id, search, owner, platform, ownership, enrolment);
DROP INDEX session_report_org;
DROP INDEX session_report_created;
DROP INDEX session_report_seconds;
CREATE INDEX session_report_org ON session_report (org, ended_at, session, reason, connection, helper, sharer);
CREATE INDEX session_report_created ON session_report (org, created_at, session, reason, connection, helper, sharer, ended_at);
CREATE INDEX session_report_seconds ON session_report (org, seconds, session, reason, connection, helper, sharer, ended_at);

-- +goose Down
DROP INDEX session_report_seconds;
DROP INDEX session_report_created;
DROP INDEX session_report_org;
CREATE INDEX session_report_org ON session_report (org, ended_at, session);
CREATE INDEX session_report_created ON session_report (org, created_at, session);
CREATE INDEX session_report_seconds ON session_report (org, seconds, session);
DROP INDEX device_compliance;
DROP INDEX device_platform;
DROP INDEX device_seen;
CREATE INDEX device_seen ON device (org, seen_at, id);
CREATE INDEX device_platform ON device (org, platform, id);
CREATE INDEX device_compliance ON device (org, compliance, id);
