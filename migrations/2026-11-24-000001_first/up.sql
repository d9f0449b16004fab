-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- One text for SQLite and PostgreSQL. organisation_id leads every key of a tenant's tables: it is the
-- guard between tenants and what a sharding engine distributes by. Ids come from the program.

CREATE TABLE organisations (
    id uuid NOT NULL PRIMARY KEY,
    name text NOT NULL,
    contact text NOT NULL,
    data text NOT NULL
);

-- Framework versions belong to the installation, not to a tenant. Never changed, never deleted.
CREATE TABLE framework_versions (
    sha256 text NOT NULL PRIMARY KEY,
    framework text NOT NULL,
    version text NOT NULL,
    definition jsonb NOT NULL,
    UNIQUE (framework, version)
);

CREATE TABLE programmes (
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    id uuid NOT NULL,
    name text NOT NULL,
    summary jsonb NOT NULL,
    source text NOT NULL,
    PRIMARY KEY (organisation_id, id)
);

CREATE TABLE editions (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    programme_id uuid NOT NULL,
    name jsonb NOT NULL,
    years text NOT NULL,
    origin text NOT NULL,
    profile jsonb NOT NULL,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, programme_id) REFERENCES programmes (organisation_id, id)
);

CREATE TABLE projects (
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    id uuid NOT NULL,
    edition_id uuid,
    name text NOT NULL,
    territory text NOT NULL,
    lead text NOT NULL,
    summary jsonb NOT NULL,
    source text NOT NULL,
    origin text NOT NULL,
    profile jsonb NOT NULL,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, edition_id) REFERENCES editions (organisation_id, id)
);

CREATE TABLE measure_values (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    project_id uuid NOT NULL,
    measure text NOT NULL,
    label jsonb NOT NULL,
    value double precision,
    unit text NOT NULL,
    definition jsonb NOT NULL,
    period jsonb NOT NULL,
    as_of text,
    source text NOT NULL,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, project_id) REFERENCES projects (organisation_id, id)
);

CREATE TABLE waves (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    project_id uuid NOT NULL,
    code text NOT NULL,
    wave_type text NOT NULL,
    state text NOT NULL,
    framework_sha256 text NOT NULL REFERENCES framework_versions (sha256),
    level text NOT NULL,
    collection text NOT NULL,
    purpose jsonb NOT NULL,
    opens_on text NOT NULL,
    closes_on text NOT NULL,
    published_on text,
    PRIMARY KEY (organisation_id, id),
    UNIQUE (organisation_id, project_id, code),
    FOREIGN KEY (organisation_id, project_id) REFERENCES projects (organisation_id, id)
);

-- Who is listed, group by group: the N of every statement about a wave.
CREATE TABLE roster_entries (
    organisation_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    group_code text NOT NULL,
    listed integer,
    PRIMARY KEY (organisation_id, wave_id, group_code),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);

-- The right to respond. Only the hash of the code is kept. kind: group (a link for everybody in the
-- group) or personal (once; respondent is the pseudonym that joins a person's waves).
CREATE TABLE invitations (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    wave_id uuid NOT NULL,
    group_code text NOT NULL,
    kind text NOT NULL,
    code_hash text NOT NULL,
    respondent text,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);
CREATE UNIQUE INDEX invitations_by_code ON invitations (code_hash);
CREATE INDEX invitations_by_wave ON invitations (organisation_id, wave_id);

-- An answer in the making. Deleted when the wave closes. answers: one letter per item of the framework.
-- receipt is set, once, by submitting.
CREATE TABLE drafts (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    wave_id uuid NOT NULL,
    group_code text NOT NULL,
    invitation_id uuid,
    respondent text,
    resume_hash text NOT NULL,
    answers text NOT NULL,
    receipt text,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);
CREATE UNIQUE INDEX drafts_by_resume_code ON drafts (resume_hash);
CREATE UNIQUE INDEX drafts_by_invitation ON drafts (organisation_id, invitation_id) WHERE invitation_id IS NOT NULL;
CREATE INDEX drafts_by_wave ON drafts (organisation_id, wave_id);

-- A device on which a draft is open.
CREATE TABLE draft_sessions (
    token_hash text NOT NULL PRIMARY KEY,
    organisation_id uuid NOT NULL,
    draft_id uuid NOT NULL,
    FOREIGN KEY (organisation_id, draft_id) REFERENCES drafts (organisation_id, id) ON DELETE CASCADE
);

-- Append-only. Nothing finer than the day, no address, no device.
CREATE TABLE responses (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    wave_id uuid NOT NULL,
    group_code text NOT NULL,
    respondent text,
    respondent_organisation text,
    mode text NOT NULL,
    answers text NOT NULL,
    receipt_hash text NOT NULL,
    submitted_on text NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (organisation_id, id),
    UNIQUE (organisation_id, wave_id, receipt_hash),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);
CREATE INDEX responses_by_wave ON responses (organisation_id, wave_id, group_code);

-- A link that signs staff in once.
CREATE TABLE sign_in_links (
    token_hash text NOT NULL PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);

CREATE TABLE staff_sessions (
    token_hash text NOT NULL PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    expires_at timestamptz NOT NULL
);
