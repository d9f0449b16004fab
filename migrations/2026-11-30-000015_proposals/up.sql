-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- One text for SQLite and PostgreSQL.

-- What is proposed for a wave. Never deleted: state says what became of it, parents what it was merged or split from.
-- origin_groups: codes of the groups it comes from. author_key: the key of whoever wrote it in the participants' space;
-- null where staff did. consensus: reached or missing, once adopted. moderation: shown, waiting or hidden.
CREATE TABLE proposals (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    wave_id uuid NOT NULL,
    title text NOT NULL,
    question text NOT NULL,
    why text NOT NULL,
    wording text NOT NULL,
    pillar text NOT NULL,
    origin_groups jsonb NOT NULL,
    author_key text,
    parents jsonb NOT NULL,
    state text NOT NULL,
    consensus text,
    round integer NOT NULL,
    moderation text NOT NULL,
    hidden_why text NOT NULL,
    proposed_on text NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id) ON DELETE CASCADE
);
CREATE INDEX proposals_by_wave ON proposals (organisation_id, wave_id);

-- What was done with a proposal; rows are only added. actor: a name of staff; group_code: of a participant.
CREATE TABLE proposal_acts (
    organisation_id uuid NOT NULL,
    proposal_id uuid NOT NULL,
    number integer NOT NULL,
    deed text NOT NULL,
    actor text NOT NULL,
    group_code text NOT NULL,
    note text NOT NULL,
    done_on text NOT NULL,
    PRIMARY KEY (organisation_id, proposal_id, number),
    FOREIGN KEY (organisation_id, proposal_id) REFERENCES proposals (organisation_id, id) ON DELETE CASCADE
);

-- What is said about a proposal: by a group, never by a person.
CREATE TABLE proposal_contributions (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    proposal_id uuid NOT NULL,
    group_code text NOT NULL,
    author_key text,
    words text NOT NULL,
    moderation text NOT NULL,
    hidden_why text NOT NULL,
    said_on text NOT NULL,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, proposal_id) REFERENCES proposals (organisation_id, id) ON DELETE CASCADE
);
CREATE INDEX proposal_contributions_by_proposal ON proposal_contributions (organisation_id, proposal_id);

-- One rating a round and participant. Null: they do not know.
CREATE TABLE proposal_ratings (
    organisation_id uuid NOT NULL,
    proposal_id uuid NOT NULL,
    round integer NOT NULL,
    participant_key text NOT NULL,
    group_code text NOT NULL,
    relevance integer,
    clarity integer,
    PRIMARY KEY (organisation_id, proposal_id, round, participant_key),
    FOREIGN KEY (organisation_id, proposal_id) REFERENCES proposals (organisation_id, id) ON DELETE CASCADE
);

-- Indicators of a project's own, written for a wave. composite: yes, or no where they were adopted without consensus.
CREATE TABLE local_indicators (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    wave_id uuid NOT NULL,
    proposal_id uuid,
    code text NOT NULL,
    sheet jsonb NOT NULL,
    composite text NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (organisation_id, id),
    UNIQUE (organisation_id, wave_id, code),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organisation_id, proposal_id) REFERENCES proposals (organisation_id, id) ON DELETE CASCADE
);

-- What people said aloud while they answered an item on trial.
CREATE TABLE pretest_notes (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    indicator_id uuid NOT NULL,
    item_code text NOT NULL,
    group_code text NOT NULL,
    note text NOT NULL,
    noted_by text NOT NULL,
    noted_on text NOT NULL,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, indicator_id) REFERENCES local_indicators (organisation_id, id) ON DELETE CASCADE
);
CREATE INDEX pretest_notes_by_indicator ON pretest_notes (organisation_id, indicator_id);

-- Framework versions that a body has beside those of the program: frozen from local indicators of a wave, or brought in
-- from a file (wave_id and base_sha256 null). core_sha256: the version of the program that it holds unchanged; null where
-- there is none. base_sha256: what the wave asked before. outside: codes of indicators that stay out of the composite.
CREATE TABLE own_frameworks (
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    sha256 text NOT NULL REFERENCES framework_versions (sha256),
    core_sha256 text,
    base_sha256 text,
    wave_id uuid,
    outside jsonb NOT NULL,
    added_by text NOT NULL,
    added_on text NOT NULL,
    PRIMARY KEY (organisation_id, sha256)
);
