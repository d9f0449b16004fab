-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- One text for SQLite and PostgreSQL.

-- Every revision of everything that was decided about a wave; a row is never changed. id: the decision, the same in all its
-- revisions. indicator: empty where the finding is about none. outcome: taken or not_taken. correction: why this revision;
-- empty for the first. actor: who wrote it, as acts are signed.
CREATE TABLE decisions (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    wave_id uuid NOT NULL,
    indicator text NOT NULL,
    finding jsonb NOT NULL,
    outcome text NOT NULL,
    reason jsonb NOT NULL,
    correction text NOT NULL,
    actor text NOT NULL,
    decided_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, id, revision),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);
CREATE INDEX decisions_by_wave ON decisions (organisation_id, wave_id);

-- Every revision of what is to be done because of a decision. group_code: empty where no group does it. expected: what is
-- expected of which indicators, by how many points towards better, by the wave of which type. state: planned, under_way,
-- done or abandoned; state_note: why it is so. link: empty, or an https address.
CREATE TABLE decision_actions (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    decision_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    title jsonb NOT NULL,
    owner text NOT NULL,
    group_code text NOT NULL,
    due_on text NOT NULL,
    resources jsonb NOT NULL,
    expected jsonb NOT NULL,
    state text NOT NULL,
    state_note jsonb NOT NULL,
    evidence jsonb NOT NULL,
    link text NOT NULL,
    correction text NOT NULL,
    actor text NOT NULL,
    written_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, id, revision),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);
CREATE INDEX decision_actions_by_wave ON decision_actions (organisation_id, wave_id);

-- Whether somebody in the space of a later wave saw an action. participant_key ties to no person; one voice each.
CREATE TABLE action_sightings (
    organisation_id uuid NOT NULL,
    action_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    participant_key text NOT NULL,
    group_code text NOT NULL,
    seen text NOT NULL,
    PRIMARY KEY (organisation_id, action_id, wave_id, participant_key),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);
