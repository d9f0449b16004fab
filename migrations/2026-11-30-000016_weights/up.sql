-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- One text for SQLite and PostgreSQL.

-- How a wave is weighed. stage: first, second or frozen. sets: codes of what is weighed. methods: that of each group.
CREATE TABLE weighings (
    organisation_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    stage text NOT NULL,
    sets jsonb NOT NULL,
    methods jsonb NOT NULL,
    PRIMARY KEY (organisation_id, wave_id),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);

-- What one voice said about one set in one round; said again, it takes the place of what was said before. voice_key ties to
-- no person. Gone once the wave opens.
CREATE TABLE weight_votes (
    organisation_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    set_code text NOT NULL,
    round integer NOT NULL,
    voice_key text NOT NULL,
    group_code text NOT NULL,
    method text NOT NULL,
    weighed jsonb NOT NULL,
    PRIMARY KEY (organisation_id, wave_id, set_code, round, voice_key),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);

-- Weights that were frozen. A row is never changed; until the wave opens a later version may take its place.
CREATE TABLE frozen_weights (
    organisation_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    version integer NOT NULL,
    content jsonb NOT NULL,
    actor text NOT NULL,
    note text NOT NULL,
    frozen_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, wave_id, version),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);

-- How participatory one voice found a wave: 1 to 5, null for "I do not know".
CREATE TABLE participation_sheets (
    organisation_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    voice_key text NOT NULL,
    group_code text NOT NULL,
    control_mark integer,
    range_mark integer,
    depth_mark integer,
    PRIMARY KEY (organisation_id, wave_id, voice_key),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);
