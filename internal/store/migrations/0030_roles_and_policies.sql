-- +goose Up
-- What administrators configure, each thing a document with a version: roles,
-- groups, assignments, policies, locations.
CREATE TABLE config_object (
    org        TEXT   NOT NULL REFERENCES organisation (id),
    kind       TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    version    BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    body       TEXT   NOT NULL, -- JSON of the domain's type
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (org, kind, id),
    UNIQUE (org, kind, name)
);

-- Grows with every change of the above, so that what was read can be kept.
ALTER TABLE organisation ADD COLUMN config_version BIGINT NOT NULL DEFAULT 1;

-- Who and what belongs to which group now, by whatever way.
CREATE TABLE group_member (
    org    TEXT NOT NULL REFERENCES organisation (id),
    grp    TEXT NOT NULL,
    member TEXT NOT NULL, -- id of a person or a device
    PRIMARY KEY (org, grp, member)
);
CREATE INDEX group_member_member ON group_member (org, member);

-- Decisions about seats, kept as long as the session.
CREATE TABLE session_decision (
    session TEXT   NOT NULL REFERENCES help_session (id),
    at      BIGINT NOT NULL,
    seat    TEXT   NOT NULL,
    step    TEXT   NOT NULL,
    body    TEXT   NOT NULL -- JSON of access.Decision
);
CREATE INDEX session_decision_session ON session_decision (session, at);

CREATE INDEX session_report_pair ON session_report (org, helper, sharer);

-- Permissions that were given to people one by one become roles: who managed
-- people administers, who offered help helps, everything else is a role of its own.
INSERT INTO config_object (org, kind, id, version, name, body, created_at, updated_at)
SELECT DISTINCT org, 'role', 'only_' || permission, 1, permission, '{"Name":"' || permission || '","Permissions":["' || permission || '"]}', MIN(created_at), MIN(created_at)
FROM entitlement WHERE permission NOT IN ('manage_people', 'offer_remote_assistance') GROUP BY org, permission;
INSERT INTO config_object (org, kind, id, version, name, body, created_at, updated_at)
SELECT org, 'group', CASE permission WHEN 'manage_people' THEN 'administrator' WHEN 'offer_remote_assistance' THEN 'first_line_helper' ELSE 'only_' || permission END, 1,
    CASE permission WHEN 'manage_people' THEN 'Administrators' WHEN 'offer_remote_assistance' THEN 'First-line Helpers' ELSE permission END,
    '{"Name":"' || CASE permission WHEN 'manage_people' THEN 'Administrators' WHEN 'offer_remote_assistance' THEN 'First-line Helpers' ELSE permission END || '","Of":"people","Kind":"fixed"}',
    MIN(created_at), MIN(created_at)
FROM entitlement GROUP BY org, permission;
INSERT INTO config_object (org, kind, id, version, name, body, created_at, updated_at)
SELECT org, 'assignment', g.id, 1, g.name,
    '{"Name":"' || g.name || '","Role":"' || g.id || '","Members":["' || g.id || '"],"Scope":{"AllPeople":true,"AllDevices":true,"Unenrolled":true}}', g.created_at, g.created_at
FROM config_object g WHERE g.kind = 'group';
INSERT INTO group_member (org, grp, member)
SELECT org, CASE permission WHEN 'manage_people' THEN 'administrator' WHEN 'offer_remote_assistance' THEN 'first_line_helper' ELSE 'only_' || permission END, person
FROM entitlement;
DROP TABLE entitlement;

-- +goose Down
CREATE TABLE entitlement (
    org        TEXT   NOT NULL REFERENCES organisation (id),
    person     TEXT   NOT NULL REFERENCES person (id),
    permission TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (org, person, permission)
);
DROP INDEX session_report_pair;
DROP TABLE session_decision;
DROP TABLE group_member;
ALTER TABLE organisation DROP COLUMN config_version;
DROP TABLE config_object;
