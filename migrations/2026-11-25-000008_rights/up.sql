-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- One text for SQLite and PostgreSQL.

-- standing: open, submitted, correcting (submitted, and being changed), erased (at the respondent's request).
ALTER TABLE drafts ADD COLUMN standing text NOT NULL DEFAULT 'open';
UPDATE drafts SET standing = 'submitted' WHERE receipt IS NOT NULL;
CREATE INDEX drafts_by_receipt ON drafts (receipt) WHERE receipt IS NOT NULL;

-- What a response said before it was corrected. The response itself holds its last revision.
CREATE TABLE superseded_responses (
    organisation_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    receipt_hash text NOT NULL,
    revision integer NOT NULL,
    answers text NOT NULL,
    PRIMARY KEY (organisation_id, wave_id, receipt_hash, revision),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);
