-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later

ALTER TABLE paper_forms DROP COLUMN receipt_hash;
