-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- One text for SQLite and PostgreSQL.

-- stage complete: stored, and what is written on it was keyed in too. receipt_hash: of a form with the code of a personal
-- invitation, until the wave closes, so that what is written on it can be corrected and erased with the answers.
ALTER TABLE paper_forms ADD COLUMN receipt_hash text;
