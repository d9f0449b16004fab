-- SPDX-FileCopyrightText: 2026 The Insieme contributors
-- SPDX-License-Identifier: AGPL-3.0-or-later

DROP TABLE local_sign_in_off;
DROP TABLE begun_sign_ins;
DROP TABLE passkeys;
DROP TABLE identities;
