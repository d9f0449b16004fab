-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later

DROP TABLE audit_head;
DROP TABLE audit_entries;
DROP TABLE kept_forms;
DROP TABLE sign_in_failures;
DROP TABLE staff_sessions;
DROP TABLE staff_invitations;
DROP TABLE staff_links;
DROP TABLE grants;
DROP TABLE recovery_codes;
DROP TABLE accounts;
DROP TABLE wave_acts;
DROP TABLE listed_people;
DROP TABLE stakeholders;
DROP TABLE project_groups;
ALTER TABLE waves DROP COLUMN removed_at;
ALTER TABLE waves DROP COLUMN revision;
ALTER TABLE projects DROP COLUMN removed_at;
ALTER TABLE projects DROP COLUMN revision;
ALTER TABLE projects DROP COLUMN visibility;
ALTER TABLE projects DROP COLUMN details;
ALTER TABLE editions DROP COLUMN removed_at;
ALTER TABLE editions DROP COLUMN revision;
ALTER TABLE programmes DROP COLUMN removed_at;
ALTER TABLE programmes DROP COLUMN revision;
ALTER TABLE programmes DROP COLUMN visibility;
ALTER TABLE organisations DROP COLUMN revision;
ALTER TABLE organisations DROP COLUMN details;
CREATE TABLE sign_in_links (
    token_hash text NOT NULL PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE TABLE staff_sessions (
    token_hash text NOT NULL PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    expires_at timestamptz NOT NULL
);
