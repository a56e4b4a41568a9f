-- +goose Up
CREATE TABLE local_account (
    org            TEXT    NOT NULL REFERENCES organisation (id),
    id             TEXT    NOT NULL,
    username       TEXT    NOT NULL, -- lower case
    password       TEXT    NOT NULL, -- PHC string; empty: none yet
    name           TEXT    NOT NULL,
    title          TEXT    NOT NULL,
    company        TEXT    NOT NULL,
    department     TEXT    NOT NULL,
    email          TEXT    NOT NULL,
    email_verified BOOLEAN NOT NULL,
    locale         TEXT    NOT NULL,
    picture        TEXT    NOT NULL, -- key in picture; empty: none
    disabled       BOOLEAN NOT NULL,
    created_at     BIGINT  NOT NULL,
    PRIMARY KEY (org, id),
    UNIQUE (org, username)
);

CREATE TABLE local_link (
    token_hash BYTEA  PRIMARY KEY, -- SHA-256 of the one-time token
    org        TEXT   NOT NULL,
    account    TEXT   NOT NULL,
    expires_at BIGINT NOT NULL,
    FOREIGN KEY (org, account) REFERENCES local_account (org, id)
);
CREATE INDEX local_link_account ON local_link (org, account);

CREATE TABLE local_key (
    org        TEXT   NOT NULL REFERENCES organisation (id),
    id         TEXT   NOT NULL,
    private    TEXT   NOT NULL, -- PKCS #8, wrapped
    created_at BIGINT NOT NULL,
    PRIMARY KEY (org, id)
);

CREATE TABLE local_request (
    id         TEXT   PRIMARY KEY,
    org        TEXT   NOT NULL REFERENCES organisation (id),
    request    TEXT   NOT NULL, -- JSON
    account    TEXT   NOT NULL, -- empty: nobody signed in yet
    auth_at    BIGINT NOT NULL,
    code_hash  BYTEA  UNIQUE,   -- SHA-256 of the code, once there is one
    expires_at BIGINT NOT NULL
);
CREATE INDEX local_request_expires ON local_request (expires_at);

CREATE TABLE local_browser (
    token_hash BYTEA  PRIMARY KEY, -- SHA-256 of the cookie's secret
    org        TEXT   NOT NULL,
    account    TEXT   NOT NULL,
    auth_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    FOREIGN KEY (org, account) REFERENCES local_account (org, id)
);
CREATE INDEX local_browser_account ON local_browser (org, account);
CREATE INDEX local_browser_expires ON local_browser (expires_at);

CREATE TABLE local_token (
    token_hash BYTEA  PRIMARY KEY, -- SHA-256 of the access token's id
    org        TEXT   NOT NULL,
    account    TEXT   NOT NULL,
    expires_at BIGINT NOT NULL,
    FOREIGN KEY (org, account) REFERENCES local_account (org, id)
);
CREATE INDEX local_token_expires ON local_token (expires_at);

-- +goose Down
DROP TABLE local_token;
DROP TABLE local_browser;
DROP TABLE local_request;
DROP TABLE local_key;
DROP TABLE local_link;
DROP TABLE local_account;
