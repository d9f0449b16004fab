-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
DROP TABLE renunciations;
DROP TABLE committee_votes;
DROP TABLE late_words;
DROP TABLE participations;
ALTER TABLE waves DROP COLUMN refusal;
ALTER TABLE waves DROP COLUMN embargo_until;
UPDATE waves SET state = 'draft' WHERE state IN ('map', 'definition', 'weights', 'frozen');
UPDATE waves SET state = 'closed' WHERE state IN ('restitution', 'decisions', 'concluded');
