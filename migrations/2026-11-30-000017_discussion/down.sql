-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later

DROP TABLE guesses;
DROP TABLE wave_summaries;
DROP TABLE reply_supports;
DROP INDEX contributions_by_wave;
DROP TABLE contributions;
