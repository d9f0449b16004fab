-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later

ALTER TABLE listed_people DROP COLUMN respondent;
ALTER TABLE drafts DROP COLUMN reached;
ALTER TABLE drafts DROP COLUMN entry;
ALTER TABLE drafts DROP COLUMN respondent_organisation;
ALTER TABLE drafts DROP COLUMN setting;
DROP TABLE invitation_codes;
DROP INDEX invitations_by_person;
ALTER TABLE invitations DROP COLUMN used;
ALTER TABLE invitations DROP COLUMN respondent_organisation;
ALTER TABLE invitations DROP COLUMN setting;
ALTER TABLE invitations DROP COLUMN person_id;
