-- +goose Up
CREATE TABLE api_token (
    id          TEXT   PRIMARY KEY,
    org         TEXT   NOT NULL REFERENCES organisation (id),
    person      TEXT   NOT NULL REFERENCES person (id),
    hash        BYTEA  NOT NULL UNIQUE, -- SHA-256 of the secret
    name        TEXT   NOT NULL,
    permissions TEXT   NOT NULL, -- separated by spaces
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    used_at     BIGINT NOT NULL, -- 0: never
    UNIQUE (org, name)
);
CREATE INDEX api_token_person ON api_token (org, person);

-- +goose Down
DROP TABLE api_token;
