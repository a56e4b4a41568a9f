-- +goose Up
-- E-mail domains of organisations: verified by a TXT record, or by the operator's word.
CREATE TABLE domain (
    org          TEXT   NOT NULL REFERENCES organisation (id),
    name         TEXT   NOT NULL, -- ASCII, lower case
    state        TEXT   NOT NULL,
    problem      TEXT   NOT NULL, -- of the last look; empty: none
    found        TEXT   NOT NULL, -- JSON list: what was there instead
    token        TEXT   NOT NULL, -- that the record must have; empty: the operator vouches
    created_at   BIGINT NOT NULL,
    checked_at   BIGINT NOT NULL, -- 0: never
    confirmed_at BIGINT NOT NULL, -- 0: never
    lost_at      BIGINT NOT NULL, -- 0: the record is there, or was never
    next_at      BIGINT NOT NULL, -- 0: nobody looks
    PRIMARY KEY (org, name)
);
CREATE INDEX domain_next ON domain (next_at);

INSERT INTO domain (org, name, state, problem, found, token, created_at, checked_at, confirmed_at, lost_at, next_at)
WITH RECURSIVE split (org, created_at, word, rest) AS (
    SELECT id, created_at, '', verified_domains || ' ' FROM organisation
    UNION ALL
    SELECT org, created_at, CASE WHEN SUBSTR(rest, 1, 1) = ' ' THEN '' ELSE word || SUBSTR(rest, 1, 1) END, SUBSTR(rest, 2) FROM split WHERE rest <> ''
)
SELECT DISTINCT org, word, 'verified', '', '[]', '', created_at, 0, 0, 0, 0 FROM split WHERE word <> '' AND SUBSTR(rest, 1, 1) = ' ';
-- Where two organisations had the same, the first counted.
UPDATE domain SET state = 'failed', problem = 'domain_taken'
WHERE EXISTS (SELECT 1 FROM domain d WHERE d.name = domain.name AND d.org < domain.org);
CREATE UNIQUE INDEX domain_verified ON domain (name) WHERE state IN ('verified', 'warning');
ALTER TABLE organisation DROP COLUMN verified_domains;

-- +goose Down
ALTER TABLE organisation ADD COLUMN verified_domains TEXT NOT NULL DEFAULT '';
UPDATE organisation SET verified_domains = COALESCE((SELECT STRING_AGG(d.name, ' ') FROM domain d WHERE d.org = organisation.id AND d.state IN ('verified', 'warning')), '');
DROP TABLE domain;
