-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- One text for SQLite and PostgreSQL.

-- What people are told about their data before they answer a wave. A change is a further version; none is ever changed.
CREATE TABLE notices (
    organisation_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    version integer NOT NULL,
    template text NOT NULL,
    officer text NOT NULL,
    recipients text NOT NULL,
    further text NOT NULL,
    since text NOT NULL,
    PRIMARY KEY (organisation_id, wave_id, version),
    FOREIGN KEY (organisation_id, wave_id) REFERENCES waves (organisation_id, id)
);
