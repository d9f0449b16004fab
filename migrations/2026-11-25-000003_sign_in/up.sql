-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later
--
-- More ways in for staff: the sign-in service of another body, and passkeys. An account belongs to the installation, and so
-- does what proves it; which ways a body takes is the body's.

-- Whom a service of another body calls by a name, and which account that is here. Never found by an address alone.
CREATE TABLE identities (
    id uuid NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts (id),
    issuer text NOT NULL,
    subject text NOT NULL,
    called text NOT NULL,
    tied_at timestamptz NOT NULL,
    used_at timestamptz,
    UNIQUE (issuer, subject)
);
CREATE INDEX identities_by_account ON identities (account_id);

-- Public keys of devices. Nothing in it opens anything.
CREATE TABLE passkeys (
    id uuid NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts (id),
    name text NOT NULL,
    credential_id text NOT NULL UNIQUE,
    public_key text NOT NULL,
    counter bigint NOT NULL,
    handle text NOT NULL,
    made_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX passkeys_by_account ON passkeys (account_id);

-- What somebody has begun and not finished: gone at the first answer, or after some minutes. Tied to a browser by a cookie
-- of which only the hash is kept.
CREATE TABLE begun_sign_ins (
    token_hash text NOT NULL PRIMARY KEY,
    purpose text NOT NULL,
    provider text NOT NULL,
    account_id uuid REFERENCES accounts (id),
    session_id uuid,
    invitation_hash text,
    language text NOT NULL,
    kept text NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX begun_sign_ins_by_end ON begun_sign_ins (expires_at);

-- Bodies whose people come in through a service only. No row: passwords and passkeys work too.
CREATE TABLE local_sign_in_off (
    organisation_id uuid NOT NULL PRIMARY KEY REFERENCES organisations (id),
    since timestamptz NOT NULL
);
