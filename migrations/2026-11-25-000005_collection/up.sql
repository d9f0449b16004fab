-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- One text for SQLite and PostgreSQL.

-- kind of an invitation: group, personal, or slip (once, for one person, with nothing that ties it to an answer: used
-- says only whether it was used). person_id is whom it was made for. setting: own, assisted, shared.
ALTER TABLE invitations ADD COLUMN person_id uuid;
ALTER TABLE invitations ADD COLUMN setting text NOT NULL DEFAULT 'own';
ALTER TABLE invitations ADD COLUMN respondent_organisation text;
ALTER TABLE invitations ADD COLUMN used text NOT NULL DEFAULT 'no';
CREATE UNIQUE INDEX invitations_by_person ON invitations (organisation_id, wave_id, person_id) WHERE person_id IS NOT NULL;

-- Further codes of an invitation: a reminder brings one of its own, and those handed out before go on working.
CREATE TABLE invitation_codes (
    code_hash text NOT NULL PRIMARY KEY,
    organisation_id uuid NOT NULL,
    invitation_id uuid NOT NULL,
    FOREIGN KEY (organisation_id, invitation_id) REFERENCES invitations (organisation_id, id) ON DELETE CASCADE
);
CREATE INDEX invitation_codes_by_invitation ON invitation_codes (organisation_id, invitation_id);

-- entry: open, or slip (an unused code is asked for at the end). reached: the last page that was saved.
ALTER TABLE drafts ADD COLUMN setting text NOT NULL DEFAULT 'own';
ALTER TABLE drafts ADD COLUMN respondent_organisation text;
ALTER TABLE drafts ADD COLUMN entry text NOT NULL DEFAULT 'open';
ALTER TABLE drafts ADD COLUMN reached integer NOT NULL DEFAULT 0;

-- The pseudonym that joins a person's waves in a project; forgotten some time after its last wave has closed.
ALTER TABLE listed_people ADD COLUMN respondent text;
