-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later

DROP TABLE participation_sheets;
DROP TABLE frozen_weights;
DROP TABLE weight_votes;
DROP TABLE weighings;
