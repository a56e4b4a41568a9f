-- +goose Up
ALTER TABLE sign_in_pending ADD COLUMN mfa BOOLEAN NOT NULL DEFAULT FALSE; -- several factors were asked for
ALTER TABLE sign_in ADD COLUMN strong_acr BOOLEAN NOT NULL DEFAULT FALSE; -- the provider's acr stands for several factors

-- +goose Down
ALTER TABLE sign_in DROP COLUMN strong_acr;
ALTER TABLE sign_in_pending DROP COLUMN mfa;
