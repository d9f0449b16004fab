-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- One text for SQLite and PostgreSQL.

-- Municipalities by their ISTAT codes, of every list that was imported. Codes of municipalities that no longer exist are
-- not given to others, so they stay: listed_until is the day of the first list that has them no more.
CREATE TABLE municipalities (
    code text NOT NULL PRIMARY KEY,
    name text NOT NULL,
    other_name text,
    province text NOT NULL,
    region_code text NOT NULL,
    region_name text NOT NULL,
    listed_from text NOT NULL,
    listed_until text
);

-- Which lists were imported: valid on which day, from where, and the SHA-256 of the file.
CREATE TABLE place_lists (
    as_of text NOT NULL PRIMARY KEY,
    source text NOT NULL,
    sha256 text NOT NULL,
    imported_at timestamptz NOT NULL
);
