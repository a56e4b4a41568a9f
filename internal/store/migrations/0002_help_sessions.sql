-- +goose Up
CREATE TABLE help_session (
    id         TEXT   PRIMARY KEY,
    org        TEXT   NOT NULL REFERENCES organisation (id),
    version    BIGINT NOT NULL,
    state      TEXT   NOT NULL,
    helper     TEXT   NOT NULL REFERENCES person (id),
    sharer     TEXT   REFERENCES person (id),
    code_hash  BYTEA  UNIQUE,          -- only while waiting
    due_at     BIGINT NOT NULL,        -- when the sweep must look at it; 0: at once
    created_at BIGINT NOT NULL,
    body       TEXT   NOT NULL         -- JSON of assist.Session
);
CREATE UNIQUE INDEX help_session_waiting ON help_session (helper) WHERE state = 'waiting';
CREATE INDEX help_session_due ON help_session (due_at) WHERE state <> 'ended';
CREATE INDEX help_session_helper ON help_session (helper, created_at);
CREATE INDEX help_session_sharer ON help_session (sharer, created_at);

CREATE TABLE wrong_code (
    org    TEXT   NOT NULL REFERENCES organisation (id),
    person TEXT   NOT NULL REFERENCES person (id),
    at     BIGINT NOT NULL
);
CREATE INDEX wrong_code_person ON wrong_code (org, person, at);

CREATE TABLE chat_key (
    session TEXT   PRIMARY KEY REFERENCES help_session (id),
    wrapped BYTEA  NOT NULL,  -- AES-256-GCM under a key outside the database
    keep_to BIGINT NOT NULL   -- when it is destroyed; 0: the session has not ended
);

CREATE TABLE chat_line (
    session TEXT   NOT NULL REFERENCES help_session (id),
    number  BIGINT NOT NULL,
    seat    TEXT   NOT NULL,
    line_id TEXT   NOT NULL,
    at      BIGINT NOT NULL,
    sealed  BYTEA  NOT NULL,  -- AES-256-GCM under the session's chat key
    PRIMARY KEY (session, number),
    UNIQUE (session, seat, line_id)
);

CREATE TABLE session_report (
    session    TEXT   PRIMARY KEY,
    org        TEXT   NOT NULL REFERENCES organisation (id),
    helper     TEXT   NOT NULL REFERENCES person (id),
    sharer     TEXT   REFERENCES person (id),
    kind       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    allowed_at BIGINT NOT NULL,  -- 0: never
    ended_at   BIGINT NOT NULL,
    connection TEXT   NOT NULL,
    reason     TEXT   NOT NULL,
    ended_by   TEXT   NOT NULL,
    warnings   TEXT   NOT NULL
);
CREATE INDEX session_report_org ON session_report (org, ended_at, session);

-- The chain of one organisation: each hash covers the line and the hash before.
CREATE TABLE audit (
    org     TEXT   NOT NULL REFERENCES organisation (id),
    number  BIGINT NOT NULL,   -- 1, 2, 3 … without gap
    at      BIGINT NOT NULL,
    actor   TEXT   NOT NULL,   -- pseudonym; empty: the system
    action  TEXT   NOT NULL,
    object  TEXT   NOT NULL,
    person  TEXT   NOT NULL,   -- pseudonym; empty: nobody
    details TEXT   NOT NULL,   -- JSON object, keys sorted
    hash    BYTEA  NOT NULL,
    PRIMARY KEY (org, number)
);

CREATE TABLE audit_head (
    org    TEXT   PRIMARY KEY REFERENCES organisation (id),
    number BIGINT NOT NULL,
    hash   BYTEA  NOT NULL
);

-- Who a pseudonym is. Erasing the row leaves the chain whole and nameless.
CREATE TABLE pseudonym (
    org       TEXT NOT NULL REFERENCES organisation (id),
    person    TEXT NOT NULL,
    pseudonym TEXT NOT NULL UNIQUE,
    PRIMARY KEY (org, person)
);

-- +goose Down
DROP TABLE pseudonym;
DROP TABLE audit_head;
DROP TABLE audit;
DROP TABLE session_report;
DROP TABLE chat_line;
DROP TABLE chat_key;
DROP TABLE wrong_code;
DROP TABLE help_session;
