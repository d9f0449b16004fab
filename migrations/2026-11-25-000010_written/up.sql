-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- One text for SQLite and PostgreSQL.

-- What somebody writes in their own words, while the questionnaire is being filled in.
CREATE TABLE draft_texts (
    organisation_id uuid NOT NULL,
    draft_id uuid NOT NULL,
    question text NOT NULL,
    said text NOT NULL,
    PRIMARY KEY (organisation_id, draft_id, question),
    FOREIGN KEY (organisation_id, draft_id) REFERENCES drafts (organisation_id, id) ON DELETE CASCADE
);

-- What was written and submitted. state: waiting, kept (may be shown), hidden. receipt_hash: whose it is, in confidential
-- and named waves until they close, so that it can be corrected and erased; never in anonymous ones.
CREATE TABLE written_answers (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    wave_id uuid NOT NULL,
    group_code text NOT NULL,
    question text NOT NULL,
    said text NOT NULL,
    state text NOT NULL,
    receipt_hash text,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);
CREATE INDEX written_answers_by_wave ON written_answers (organisation_id, wave_id);
