-- +goose Up
-- People are searched without accents: the program fills this in anew.
UPDATE person SET search = '' WHERE name <> '';

-- +goose Down
UPDATE person SET search = '' WHERE name <> '';
