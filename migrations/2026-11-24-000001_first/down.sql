-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
DROP TABLE staff_sessions;
DROP TABLE sign_in_links;
DROP TABLE responses;
DROP TABLE draft_sessions;
DROP TABLE drafts;
DROP TABLE invitations;
DROP TABLE roster_entries;
DROP TABLE waves;
DROP TABLE measure_values;
DROP TABLE projects;
DROP TABLE editions;
DROP TABLE programmes;
DROP TABLE framework_versions;
DROP TABLE organisations;
