-- +goose Up
CREATE TABLE device (
    id           TEXT    PRIMARY KEY,
    org          TEXT    NOT NULL REFERENCES organisation (id),
    version      BIGINT  NOT NULL,
    name         TEXT    NOT NULL,
    name_key     TEXT    NOT NULL, -- lower case, to sort by
    search       TEXT    NOT NULL, -- lower case: name, serial number, model, owner
    owner        TEXT    REFERENCES person (id),
    platform     TEXT    NOT NULL,
    ownership    TEXT    NOT NULL,
    manufacturer TEXT    NOT NULL,
    model        TEXT    NOT NULL,
    serial       TEXT    NOT NULL,
    external_id  TEXT,
    enrolment    TEXT    NOT NULL,
    grade        TEXT    NOT NULL,
    public_key   BYTEA,
    counter      BIGINT  NOT NULL,
    cloned_at    BIGINT  NOT NULL,
    created_at   BIGINT  NOT NULL,
    enrolled_at  BIGINT  NOT NULL,
    seen_at      BIGINT  NOT NULL,
    compliance   TEXT    NOT NULL,
    result       TEXT    NOT NULL, -- JSON of device.Result
    due_at       BIGINT  NOT NULL, -- when compliance must be evaluated again
    UNIQUE (org, external_id)
);
-- The first answers searches and filters by itself.
CREATE INDEX device_name ON device (org, name_key, id, search, owner, platform, ownership, enrolment, compliance);
CREATE INDEX device_seen ON device (org, seen_at, id);
CREATE INDEX device_platform ON device (org, platform, id);
CREATE INDEX device_compliance ON device (org, compliance, id);
CREATE INDEX device_owner ON device (owner);
CREATE INDEX device_due ON device (due_at);

CREATE TABLE device_fact (
    device TEXT   NOT NULL REFERENCES device (id) ON DELETE CASCADE,
    name   TEXT   NOT NULL,
    source TEXT   NOT NULL,
    value  TEXT   NOT NULL,
    at     BIGINT NOT NULL,
    PRIMARY KEY (device, name, source)
);

-- Lets one person enrol one device, once.
CREATE TABLE device_ticket (
    hash       BYTEA  PRIMARY KEY, -- SHA-256 of the code
    org        TEXT   NOT NULL REFERENCES organisation (id),
    owner      TEXT   NOT NULL REFERENCES person (id),
    name       TEXT   NOT NULL,
    device     TEXT   NOT NULL, -- that is known already; empty: a new one
    expires_at BIGINT NOT NULL
);

-- To be signed once by a device of one sign-in.
CREATE TABLE device_challenge (
    nonce      TEXT   PRIMARY KEY,
    org        TEXT   NOT NULL,
    sign_in    TEXT   NOT NULL,
    purpose    TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX device_challenge_expires ON device_challenge (expires_at);

ALTER TABLE sign_in ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE sign_in ADD COLUMN device_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sign_in ADD COLUMN device_lost BOOLEAN NOT NULL DEFAULT FALSE; -- was the device once; the key is gone
CREATE INDEX sign_in_device ON sign_in (device);

ALTER TABLE session_report ADD COLUMN device TEXT NOT NULL DEFAULT '';
CREATE INDEX session_report_device ON session_report (device, ended_at);
CREATE INDEX audit_object ON audit (org, object, number);

-- +goose Down
DROP INDEX audit_object;
DROP INDEX session_report_device;
ALTER TABLE session_report DROP COLUMN device;
DROP INDEX sign_in_device;
ALTER TABLE sign_in DROP COLUMN device_lost;
ALTER TABLE sign_in DROP COLUMN device_at;
ALTER TABLE sign_in DROP COLUMN device;
DROP TABLE device_challenge;
DROP TABLE device_ticket;
DROP TABLE device_fact;
DROP TABLE device;
