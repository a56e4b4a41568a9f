-- +goose Up
ALTER TABLE person ADD COLUMN suspended_at BIGINT NOT NULL DEFAULT 0; -- since when they may not give help; 0: they may
ALTER TABLE person ADD COLUMN lifted_at BIGINT NOT NULL DEFAULT 0;    -- when that was last lifted: earlier reports are settled

-- What sharers reported on the trust screen.
CREATE TABLE helper_report (
    org     TEXT   NOT NULL REFERENCES organisation (id),
    session TEXT   NOT NULL REFERENCES help_session (id),
    helper  TEXT   NOT NULL REFERENCES person (id),
    sharer  TEXT   NOT NULL REFERENCES person (id),
    at      BIGINT NOT NULL
);
CREATE INDEX helper_report_helper ON helper_report (org, helper, at);
CREATE INDEX help_session_newest ON help_session (helper, created_at DESC);

-- +goose Down
DROP INDEX help_session_newest;
DROP TABLE helper_report;
ALTER TABLE person DROP COLUMN lifted_at;
ALTER TABLE person DROP COLUMN suspended_at;
