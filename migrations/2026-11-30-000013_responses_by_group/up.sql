-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- One text for SQLite and PostgreSQL.

-- A group's responses are read one stretch after the other in the order of their keys, without sorting them each time.
DROP INDEX responses_by_wave;
CREATE INDEX responses_by_group ON responses (organisation_id, wave_id, group_code, id);
