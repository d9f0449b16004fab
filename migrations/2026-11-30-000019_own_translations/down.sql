-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later

-- Sheets of bodies have no place in the table as it was.
CREATE TABLE translations_before (
    framework_sha256 text NOT NULL,
    language text NOT NULL,
    state text NOT NULL,
    texts jsonb NOT NULL,
    imported_at timestamptz NOT NULL,
    PRIMARY KEY (framework_sha256, language)
);
INSERT INTO translations_before (framework_sha256, language, state, texts, imported_at)
SELECT framework_sha256, language, state, texts, imported_at
FROM translations
WHERE organisation = '';
DROP TABLE translations;
ALTER TABLE translations_before RENAME TO translations;
