-- +goose Up
CREATE TABLE provider (
    id            TEXT   PRIMARY KEY,
    org           TEXT   NOT NULL UNIQUE REFERENCES organisation (id),
    issuer        TEXT   NOT NULL,
    client_id     TEXT   NOT NULL,
    client_secret TEXT   NOT NULL, -- wrapped; empty: public client
    config        TEXT   NOT NULL, -- JSON: profile source, claim names, trust
    created_at    BIGINT NOT NULL
);

CREATE TABLE sign_in_pending (
    state_hash   BYTEA   PRIMARY KEY, -- SHA-256 of the state parameter
    browser_hash BYTEA   NOT NULL,    -- SHA-256 of the pre-login cookie
    provider     TEXT    NOT NULL REFERENCES provider (id) ON DELETE CASCADE,
    org          TEXT    NOT NULL REFERENCES organisation (id),
    nonce        TEXT    NOT NULL,
    verifier     TEXT    NOT NULL,    -- wrapped
    return_to    TEXT    NOT NULL,
    fresh        BOOLEAN NOT NULL,
    created_at   BIGINT  NOT NULL,
    expires_at   BIGINT  NOT NULL
);
CREATE INDEX sign_in_pending_expires ON sign_in_pending (expires_at);

CREATE TABLE first_administrator (
    token_hash BYTEA  PRIMARY KEY, -- SHA-256 of the one-time token
    org        TEXT   NOT NULL REFERENCES organisation (id),
    expires_at BIGINT NOT NULL
);

CREATE INDEX sign_in_absolute ON sign_in (absolute_at);

-- +goose Down
DROP INDEX sign_in_absolute;
DROP TABLE first_administrator;
DROP TABLE sign_in_pending;
DROP TABLE provider;
