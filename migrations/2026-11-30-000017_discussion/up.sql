-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- One text for SQLite and PostgreSQL.

-- What was said of the results of a wave: texts in threads, replies of groups, stories. Nothing is deleted: what was
-- replaced is superseded. indicator: empty for the whole wave. group_code and author_key: empty where staff wrote;
-- author: empty where a participant did. state: shown, waiting or hidden. confirmation: seat, supporters or staff; empty
-- while nobody said that a reply is its group's. id says nothing of when it was written.
CREATE TABLE contributions (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    wave_id uuid NOT NULL,
    kind text NOT NULL,
    indicator text NOT NULL,
    prompt text NOT NULL,
    group_code text NOT NULL,
    author_key text NOT NULL,
    author text NOT NULL,
    said text NOT NULL,
    story jsonb,
    state text NOT NULL,
    reason text NOT NULL,
    confirmation text NOT NULL,
    note text NOT NULL,
    standing text NOT NULL,
    place integer NOT NULL,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);
CREATE INDEX contributions_by_wave ON contributions (organisation_id, wave_id, place);

-- Who of a group supports a text as its reply.
CREATE TABLE reply_supports (
    organisation_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    contribution_id uuid NOT NULL,
    author_key text NOT NULL,
    PRIMARY KEY (organisation_id, contribution_id, author_key),
    FOREIGN KEY (organisation_id, contribution_id) REFERENCES contributions (organisation_id, id)
);

-- Every revision of the summary of a wave; a row is never changed.
CREATE TABLE wave_summaries (
    organisation_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    revision integer NOT NULL,
    id uuid NOT NULL,
    said text NOT NULL,
    author text NOT NULL,
    written_on text NOT NULL,
    PRIMARY KEY (organisation_id, wave_id, revision),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);

-- What a participant believes that another group scored highest and lowest: codes of indicators between spaces.
CREATE TABLE guesses (
    organisation_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    about text NOT NULL,
    author_key text NOT NULL,
    group_code text NOT NULL,
    high text NOT NULL,
    low text NOT NULL,
    PRIMARY KEY (organisation_id, wave_id, about, author_key),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);
