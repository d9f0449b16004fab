-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- One text for SQLite and PostgreSQL.

-- What a questionnaire says in a further language, for whom. organisation: the body whose questionnaires say it, as 32
-- hexadecimal digits; empty for the installation's, which counts for every body that has none of its own.
CREATE TABLE translations_by_body (
    organisation text NOT NULL,
    framework_sha256 text NOT NULL,
    language text NOT NULL,
    state text NOT NULL,
    texts jsonb NOT NULL,
    imported_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, framework_sha256, language)
);
INSERT INTO translations_by_body (organisation, framework_sha256, language, state, texts, imported_at)
SELECT '', framework_sha256, language, state, texts, imported_at
FROM translations;
DROP TABLE translations;
ALTER TABLE translations_by_body RENAME TO translations;
