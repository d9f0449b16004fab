-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later

DROP INDEX responses_by_group;
CREATE INDEX responses_by_wave ON responses (organisation_id, wave_id, group_code);
