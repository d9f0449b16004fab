-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later

DROP TABLE superseded_responses;
DROP INDEX drafts_by_receipt;
ALTER TABLE drafts DROP COLUMN standing;
