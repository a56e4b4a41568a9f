-- +goose Up
CREATE TABLE organisation (
    id               TEXT   PRIMARY KEY,
    name             TEXT   NOT NULL,
    verified_domains TEXT   NOT NULL, -- separated by spaces, lower case
    settings         TEXT   NOT NULL, -- JSON
    version          BIGINT NOT NULL,
    created_at       BIGINT NOT NULL
);

CREATE TABLE person (
    id         TEXT    PRIMARY KEY,
    org        TEXT    NOT NULL REFERENCES organisation (id),
    issuer     TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    title      TEXT    NOT NULL,
    company    TEXT    NOT NULL,
    department TEXT    NOT NULL,
    email      TEXT    NOT NULL,
    domain     TEXT    NOT NULL,
    picture    TEXT    NOT NULL, -- key in picture; empty: none
    locale     TEXT    NOT NULL,
    disabled   BOOLEAN NOT NULL,
    created_at BIGINT  NOT NULL,
    UNIQUE (org, issuer, subject)
);

CREATE TABLE picture (
    org  TEXT  NOT NULL REFERENCES organisation (id),
    hash TEXT  NOT NULL, -- SHA-256 of png, hexadecimal
    png  BYTEA NOT NULL,
    PRIMARY KEY (org, hash)
);

CREATE TABLE entitlement (
    org        TEXT   NOT NULL REFERENCES organisation (id),
    person     TEXT   NOT NULL REFERENCES person (id),
    permission TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (org, person, permission)
);

CREATE TABLE sign_in (
    id          TEXT   PRIMARY KEY,
    token_hash  BYTEA  NOT NULL UNIQUE, -- SHA-256 of the 256-bit cookie secret
    org         TEXT   NOT NULL REFERENCES organisation (id),
    person      TEXT   NOT NULL REFERENCES person (id),
    created_at  BIGINT NOT NULL,
    seen_at     BIGINT NOT NULL,
    idle_at     BIGINT NOT NULL, -- dead from then on unless seen again
    absolute_at BIGINT NOT NULL, -- dead from then on whatever happens
    auth_at     BIGINT NOT NULL,
    acr         TEXT   NOT NULL,
    amr         TEXT   NOT NULL,
    id_token    TEXT   NOT NULL, -- wrapped; id_token_hint for RP-initiated logout
    provider    TEXT   NOT NULL,
    user_agent  TEXT   NOT NULL
);
CREATE INDEX sign_in_person ON sign_in (org, person);

-- +goose Down
DROP TABLE sign_in;
DROP TABLE entitlement;
DROP TABLE picture;
DROP TABLE person;
DROP TABLE organisation;
