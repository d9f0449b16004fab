-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- One text for SQLite and PostgreSQL.

-- Every revision of every number that a project reports; a row is never changed. id: the figure, the same in all its
-- revisions. parts: null where the number is not split. first_day and last_day: null where the period is only words.
-- standing: actual or target. state: reported or withdrawn. reason: why this revision; empty for the first.
CREATE TABLE measure_revisions (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    project_id uuid NOT NULL,
    measure text NOT NULL,
    label jsonb NOT NULL,
    value double precision,
    parts jsonb,
    unit text NOT NULL,
    definition jsonb NOT NULL,
    period jsonb NOT NULL,
    first_day text,
    last_day text,
    as_of text,
    source text NOT NULL,
    standing text NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    reported_at timestamptz,
    PRIMARY KEY (organisation_id, id, revision),
    FOREIGN KEY (organisation_id, project_id) REFERENCES projects (organisation_id, id)
);
INSERT INTO measure_revisions (organisation_id, id, revision, project_id, measure, label, value, unit, definition, period,
    as_of, source, standing, state, reason)
SELECT organisation_id, id, 1, project_id, measure, label, value, unit, definition, period, as_of, source,
    CASE WHEN measure = 'N02' THEN 'target' ELSE 'actual' END, 'reported', ''
FROM measure_values;
DROP TABLE measure_values;
ALTER TABLE measure_revisions RENAME TO measure_values;
CREATE INDEX measure_values_by_project ON measure_values (organisation_id, project_id);
