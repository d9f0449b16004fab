-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later

DROP TABLE action_sightings;
DROP INDEX decision_actions_by_wave;
DROP TABLE decision_actions;
DROP INDEX decisions_by_wave;
DROP TABLE decisions;
