-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later

DROP TABLE own_frameworks;
DROP TABLE pretest_notes;
DROP TABLE local_indicators;
DROP TABLE proposal_ratings;
DROP TABLE proposal_contributions;
DROP TABLE proposal_acts;
DROP TABLE proposals;
