-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- One text for SQLite and PostgreSQL.

-- A questionnaire on paper while it is keyed in: once, twice (what was keyed in differs), or stored. What was keyed in
-- is emptied when the response is stored; the number stays until the wave closes, so that no form is entered again.
CREATE TABLE paper_forms (
    organisation_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    group_code text NOT NULL,
    number text NOT NULL,
    stage text NOT NULL,
    first_keyed text NOT NULL,
    second_keyed text NOT NULL,
    entered_by text NOT NULL,
    invitation_id uuid,
    respondent_organisation text,
    PRIMARY KEY (organisation_id, wave_id, group_code, number),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);

-- Files of answers that were taken whole: the same file is not taken twice.
CREATE TABLE batches (
    organisation_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    sha256 text NOT NULL,
    responses integer NOT NULL,
    loaded_on text NOT NULL,
    PRIMARY KEY (organisation_id, wave_id, sha256),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);
