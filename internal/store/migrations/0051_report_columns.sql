-- +goose Up
-- Where both sat, and what a manager said who ended it.
ALTER TABLE session_report ADD COLUMN helper_device TEXT NOT NULL DEFAULT '';
ALTER TABLE session_report ADD COLUMN sharer_device TEXT NOT NULL DEFAULT '';
ALTER TABLE session_report ADD COLUMN helper_platform TEXT NOT NULL DEFAULT '';
ALTER TABLE session_report ADD COLUMN sharer_platform TEXT NOT NULL DEFAULT '';
ALTER TABLE session_report ADD COLUMN helper_browser TEXT NOT NULL DEFAULT '';
ALTER TABLE session_report ADD COLUMN sharer_browser TEXT NOT NULL DEFAULT '';
ALTER TABLE session_report ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE session_report ADD COLUMN seconds BIGINT NOT NULL DEFAULT 0; -- from both yes to the end
UPDATE session_report SET seconds = (ended_at - allowed_at) / 1000 WHERE allowed_at > 0;
CREATE INDEX session_report_seconds ON session_report (org, seconds, session);
CREATE INDEX session_report_created ON session_report (org, created_at, session);
CREATE INDEX session_report_helper ON session_report (org, helper, ended_at, session);
CREATE INDEX session_report_sharer ON session_report (org, sharer, ended_at, session);
CREATE INDEX help_session_live ON help_session (org, created_at) WHERE state <> 'ended';
CREATE INDEX audit_action ON audit (org, action, number);
CREATE INDEX audit_actor ON audit (org, actor, number);
CREATE INDEX audit_person ON audit (org, person, number);

-- +goose Down
DROP INDEX audit_person;
DROP INDEX audit_actor;
DROP INDEX audit_action;
DROP INDEX help_session_live;
DROP INDEX session_report_sharer;
DROP INDEX session_report_helper;
DROP INDEX session_report_created;
DROP INDEX session_report_seconds;
ALTER TABLE session_report DROP COLUMN seconds;
ALTER TABLE session_report DROP COLUMN note;
ALTER TABLE session_report DROP COLUMN sharer_browser;
ALTER TABLE session_report DROP COLUMN helper_browser;
ALTER TABLE session_report DROP COLUMN sharer_platform;
ALTER TABLE session_report DROP COLUMN helper_platform;
ALTER TABLE session_report DROP COLUMN sharer_device;
ALTER TABLE session_report DROP COLUMN helper_device;
