-- +goose Up
CREATE TABLE local_passkey (
    org        TEXT   NOT NULL,
    id         TEXT   NOT NULL, -- credential id, base64url
    account    TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    credential TEXT   NOT NULL, -- credential record, JSON
    created_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL, -- 0: never
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, account) REFERENCES local_account (org, id)
);
CREATE INDEX local_passkey_account ON local_passkey (org, account);

CREATE TABLE local_totp (
    org       TEXT    NOT NULL,
    account   TEXT    NOT NULL,
    secret    TEXT    NOT NULL, -- wrapped
    confirmed BOOLEAN NOT NULL,
    used_step BIGINT  NOT NULL, -- codes of this time step and older ones are used up
    PRIMARY KEY (org, account),
    FOREIGN KEY (org, account) REFERENCES local_account (org, id)
);

CREATE TABLE local_recovery (
    org       TEXT  NOT NULL,
    account   TEXT  NOT NULL,
    code_hash BYTEA NOT NULL, -- HMAC-SHA-256 under a key outside the database
    PRIMARY KEY (org, account, code_hash),
    FOREIGN KEY (org, account) REFERENCES local_account (org, id)
);

ALTER TABLE local_account ADD COLUMN ask_again_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE local_browser ADD COLUMN amr TEXT NOT NULL DEFAULT 'pwd';
ALTER TABLE local_request ADD COLUMN amr TEXT NOT NULL DEFAULT '';
ALTER TABLE local_request ADD COLUMN created_at BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE local_request DROP COLUMN created_at;
ALTER TABLE local_request DROP COLUMN amr;
ALTER TABLE local_browser DROP COLUMN amr;
ALTER TABLE local_account DROP COLUMN ask_again_at;
DROP TABLE local_recovery;
DROP TABLE local_totp;
DROP TABLE local_passkey;
