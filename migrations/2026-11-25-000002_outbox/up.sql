-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- One text for SQLite and PostgreSQL.

-- Messages on their way, added in the transaction of whatever they tell about. state: waiting, sending, sent, failed,
-- given_up. about is the id of the thing it is about, such as a wave, or nil. organisation_id refers to nothing: messages of the installation itself have the nil uuid. message_id is
-- the left side of the Message-ID; the same one again adds nothing. body holds secrets, such as links of invitations,
-- and is emptied once the message is sent or given up.
CREATE TABLE outbox (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    purpose text NOT NULL,
    about uuid NOT NULL,
    recipient text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    message_id text NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    next_attempt_at timestamptz NOT NULL,
    lease_until timestamptz,
    last_problem text,
    created_at timestamptz NOT NULL,
    sent_at timestamptz,
    PRIMARY KEY (organisation_id, id),
    UNIQUE (organisation_id, message_id)
);
CREATE INDEX outbox_by_turn ON outbox (state, next_attempt_at);
CREATE INDEX outbox_by_thing ON outbox (organisation_id, about, created_at);
