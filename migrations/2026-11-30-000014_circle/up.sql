-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- One text for SQLite and PostgreSQL.

-- waves.state holds the phase: draft, map, definition, weights, frozen, open, closed, restitution, decisions, concluded.
-- embargo_until: the last day on which only participants see the results. refusal: why they are not given back in public.
UPDATE waves SET state = 'decisions' WHERE state = 'closed' AND published_on IS NOT NULL;
ALTER TABLE waves ADD COLUMN embargo_until text;
ALTER TABLE waves ADD COLUMN refusal text NOT NULL DEFAULT '';

-- Who took part in what, each voice once. participant_key ties to no invitation, person or answer; there are no times.
CREATE TABLE participations (
    organisation_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    activity text NOT NULL,
    participant_key text NOT NULL,
    group_code text NOT NULL,
    PRIMARY KEY (organisation_id, wave_id, activity, participant_key),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);

-- Words that came after their phase was over: kept for whoever facilitates.
CREATE TABLE late_words (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    wave_id uuid NOT NULL,
    activity text NOT NULL,
    group_code text NOT NULL,
    said text NOT NULL,
    came_on text NOT NULL,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);
CREATE INDEX late_words_by_wave ON late_words (organisation_id, wave_id);

-- The voice of one group's seat in the committee on one question of a wave.
CREATE TABLE committee_votes (
    organisation_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    question text NOT NULL,
    group_code text NOT NULL,
    choice text NOT NULL,
    words text NOT NULL,
    actor text NOT NULL,
    cast_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, wave_id, question, group_code),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);

-- A group that gives up proposing, with why: without it or a proposal of theirs an essential group holds the freezing up.
CREATE TABLE renunciations (
    organisation_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    group_code text NOT NULL,
    reason text NOT NULL,
    actor text NOT NULL,
    done_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, wave_id, group_code),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);
