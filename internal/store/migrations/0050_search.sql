-- +goose Up
-- Name, e-mail address and so on in lower case of every script; the name comes
-- first, so that it sorts people as well. Empty: to be filled in at the start.
ALTER TABLE person ADD COLUMN search TEXT NOT NULL DEFAULT '';
CREATE INDEX person_search ON person (org, search, id);
CREATE INDEX group_member_of ON group_member (org, member, grp);

-- +goose Down
DROP INDEX group_member_of;
DROP INDEX person_search;
ALTER TABLE person DROP COLUMN search;
