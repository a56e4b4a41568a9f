-- +goose Up
-- A report's filters choose from an index that begins with them: what is rare is
-- found without walking every session in order.
CREATE INDEX session_report_reason_ended ON session_report (org, reason, ended_at, session, connection, helper, sharer);
CREATE INDEX session_report_reason_created ON session_report (org, reason, created_at, session, connection, helper, sharer, ended_at);
CREATE INDEX session_report_reason_seconds ON session_report (org, reason, seconds, session, connection, helper, sharer, ended_at);
CREATE INDEX session_report_connection_ended ON session_report (org, connection, ended_at, session, reason, helper, sharer);
CREATE INDEX session_report_connection_created ON session_report (org, connection, created_at, session, reason, helper, sharer, ended_at);
CREATE INDEX session_report_connection_seconds ON session_report (org, connection, seconds, session, reason, helper, sharer, ended_at);

-- +goose Down
DROP INDEX session_report_connection_seconds;
DROP INDEX session_report_connection_created;
DROP INDEX session_report_connection_ended;
DROP INDEX session_report_reason_seconds;
DROP INDEX session_report_reason_created;
DROP INDEX session_report_reason_ended;
