-- +goose Up
-- Groups that somebody's provider said they were in at their last sign-in.
CREATE TABLE person_claim_group (
    org    TEXT NOT NULL REFERENCES organisation (id),
    person TEXT NOT NULL REFERENCES person (id),
    name   TEXT NOT NULL,
    PRIMARY KEY (org, person, name)
);
CREATE INDEX person_claim_group_name ON person_claim_group (org, name);

-- +goose Down
DROP TABLE person_claim_group;
