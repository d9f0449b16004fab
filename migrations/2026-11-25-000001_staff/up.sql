-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- Staff: accounts with their proofs of identity, grants, set-up in the browser, and an audit chain.
-- Accounts belong to the installation; what they may do is granted by each organisation.

ALTER TABLE organisations ADD COLUMN details jsonb NOT NULL DEFAULT '{}';
ALTER TABLE organisations ADD COLUMN revision integer NOT NULL DEFAULT 1;

ALTER TABLE programmes ADD COLUMN visibility text NOT NULL DEFAULT 'public';
ALTER TABLE programmes ADD COLUMN revision integer NOT NULL DEFAULT 1;
ALTER TABLE programmes ADD COLUMN removed_at timestamptz;

ALTER TABLE editions ADD COLUMN revision integer NOT NULL DEFAULT 1;
ALTER TABLE editions ADD COLUMN removed_at timestamptz;

ALTER TABLE projects ADD COLUMN details jsonb NOT NULL DEFAULT '{}';
ALTER TABLE projects ADD COLUMN visibility text NOT NULL DEFAULT 'public';
ALTER TABLE projects ADD COLUMN revision integer NOT NULL DEFAULT 1;
ALTER TABLE projects ADD COLUMN removed_at timestamptz;

ALTER TABLE waves ADD COLUMN revision integer NOT NULL DEFAULT 1;
ALTER TABLE waves ADD COLUMN removed_at timestamptz;

-- Who takes part, group by group: how many are listed where no list of people is kept, and how they are reached.
CREATE TABLE project_groups (
    organisation_id uuid NOT NULL,
    project_id uuid NOT NULL,
    group_code text NOT NULL,
    listed integer,
    reached_by text NOT NULL,
    PRIMARY KEY (organisation_id, project_id, group_code),
    FOREIGN KEY (organisation_id, project_id) REFERENCES projects (organisation_id, id)
);

-- The stakeholder map: involved, or missing and said to be missing.
CREATE TABLE stakeholders (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    project_id uuid NOT NULL,
    group_code text NOT NULL,
    name text NOT NULL,
    presence text NOT NULL,
    interest text NOT NULL,
    influence text NOT NULL,
    reached_by text NOT NULL,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, project_id) REFERENCES projects (organisation_id, id)
);
CREATE INDEX stakeholders_by_project ON stakeholders (organisation_id, project_id);

-- The roster as a list of people; a wave counts it when it opens.
CREATE TABLE listed_people (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    project_id uuid NOT NULL,
    group_code text NOT NULL,
    name text NOT NULL,
    email text,
    body text,
    sort_key text NOT NULL,
    listed_at timestamptz NOT NULL,
    removed_at timestamptz,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, project_id) REFERENCES projects (organisation_id, id)
);
CREATE INDEX listed_people_by_project ON listed_people (organisation_id, project_id, group_code, sort_key);

-- Signed acts that moved a wave on.
CREATE TABLE wave_acts (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    wave_id uuid NOT NULL,
    act text NOT NULL,
    actor text NOT NULL,
    note text NOT NULL,
    done_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);
CREATE INDEX wave_acts_by_wave ON wave_acts (organisation_id, wave_id);

CREATE TABLE accounts (
    id uuid NOT NULL PRIMARY KEY,
    email text NOT NULL,
    email_folded text NOT NULL UNIQUE,
    name text NOT NULL,
    language text NOT NULL,
    state text NOT NULL,
    operator text NOT NULL,
    password_hash text,
    totp_secret text,
    totp_step bigint,
    created_at timestamptz NOT NULL
);

CREATE TABLE recovery_codes (
    account_id uuid NOT NULL REFERENCES accounts (id),
    code_hash text NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (account_id, code_hash)
);

-- What an account may do: a role for everything a body has, for one programme, or for one project.
CREATE TABLE grants (
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    id uuid NOT NULL,
    account_id uuid NOT NULL REFERENCES accounts (id),
    role text NOT NULL,
    scope text NOT NULL,
    scope_id uuid NOT NULL,
    group_code text NOT NULL,
    body text NOT NULL,
    granted_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, id),
    UNIQUE (organisation_id, account_id, role, scope_id, group_code)
);
CREATE INDEX grants_by_account ON grants (account_id);

-- Single-use links of staff. Only the hash is kept. For setting up, signing in, or taking up an invitation.
DROP TABLE sign_in_links;
CREATE TABLE staff_links (
    token_hash text NOT NULL PRIMARY KEY,
    purpose text NOT NULL,
    account_id uuid REFERENCES accounts (id),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);

CREATE TABLE staff_invitations (
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    id uuid NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    scope text NOT NULL,
    scope_id uuid NOT NULL,
    group_code text NOT NULL,
    body text NOT NULL,
    token_hash text NOT NULL UNIQUE,
    expires_at timestamptz NOT NULL,
    answered_at timestamptz,
    PRIMARY KEY (organisation_id, id)
);

DROP TABLE staff_sessions;
CREATE TABLE staff_sessions (
    id uuid NOT NULL PRIMARY KEY,
    token_hash text NOT NULL UNIQUE,
    account_id uuid NOT NULL REFERENCES accounts (id),
    proof text NOT NULL,
    device text NOT NULL,
    started_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    waiting text
);
CREATE INDEX staff_sessions_by_account ON staff_sessions (account_id);

-- Failed sign-ins, counted for an hour. The subject is a hash: an address that is no account leaves no name.
CREATE TABLE sign_in_failures (
    id uuid NOT NULL PRIMARY KEY,
    subject text NOT NULL,
    failed_at timestamptz NOT NULL
);
CREATE INDEX sign_in_failures_by_subject ON sign_in_failures (subject, failed_at);

-- A form that was sent after its session had ended: handed back after signing in again.
CREATE TABLE kept_forms (
    token_hash text NOT NULL PRIMARY KEY,
    address text NOT NULL,
    fields jsonb NOT NULL,
    expires_at timestamptz NOT NULL
);

-- Append-only; each entry holds the hash of the one before.
CREATE TABLE audit_entries (
    number bigint NOT NULL PRIMARY KEY,
    recorded_at timestamptz NOT NULL,
    organisation text NOT NULL,
    actor text NOT NULL,
    act text NOT NULL,
    subject text NOT NULL,
    note text NOT NULL,
    previous_hash text NOT NULL,
    hash text NOT NULL
);
CREATE INDEX audit_entries_by_organisation ON audit_entries (organisation, number);

-- The last link of the chain: writers queue here.
CREATE TABLE audit_head (
    id integer NOT NULL PRIMARY KEY,
    number bigint NOT NULL,
    hash text NOT NULL
);
INSERT INTO audit_head (id, number, hash) VALUES (1, 0, '');
