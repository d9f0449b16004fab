-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later

-- Earlier revisions, parts and what was withdrawn have no place in the table as it was.
DROP INDEX measure_values_by_project;
CREATE TABLE measure_values_before (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    project_id uuid NOT NULL,
    measure text NOT NULL,
    label jsonb NOT NULL,
    value double precision,
    unit text NOT NULL,
    definition jsonb NOT NULL,
    period jsonb NOT NULL,
    as_of text,
    source text NOT NULL,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, project_id) REFERENCES projects (organisation_id, id)
);
INSERT INTO measure_values_before (organisation_id, id, project_id, measure, label, value, unit, definition, period, as_of,
    source)
SELECT organisation_id, id, project_id, measure, label, value, unit, definition, period, as_of, source
FROM measure_values AS one
WHERE state = 'reported' AND revision = (
    SELECT max(revision) FROM measure_values AS other
    WHERE other.organisation_id = one.organisation_id AND other.id = one.id
);
DROP TABLE measure_values;
ALTER TABLE measure_values_before RENAME TO measure_values;
