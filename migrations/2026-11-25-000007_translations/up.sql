-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- One text for SQLite and PostgreSQL.

-- What a questionnaire says in a further language. It stands beside the framework version, whose hash does not change
-- with it. state: draft, revised (by somebody whose language it is), tested (with readers). texts: words by key.
CREATE TABLE translations (
    framework_sha256 text NOT NULL,
    language text NOT NULL,
    state text NOT NULL,
    texts jsonb NOT NULL,
    imported_at timestamptz NOT NULL,
    PRIMARY KEY (framework_sha256, language)
);

-- How many questionnaires with the same items took so many whole minutes, over all waves and bodies. Nothing leads from
-- here to a wave or a response: no id, no day, and a count that is raised apart from the response.
CREATE TABLE questionnaire_minutes (
    framework_sha256 text NOT NULL,
    wave_type text NOT NULL,
    level text NOT NULL,
    group_code text NOT NULL,
    minutes integer NOT NULL,
    responses integer NOT NULL,
    PRIMARY KEY (framework_sha256, wave_type, level, group_code, minutes)
);
