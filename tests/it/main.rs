// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Does the whole behave as promised? One binary, one module a matter.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod answering;
mod architecture;
mod catalogue;
mod circle;
mod collecting;
mod coverage;
mod decisions;
mod discussion;
mod elsewhere;
mod files;
mod goalposts;
mod hostile;
mod languages;
mod mail;
mod measures;
mod number_cards;
mod oidc;
mod open_data;
mod outbox;
mod paper;
mod participation;
mod passkeys;
mod proposals;
mod reference;
mod reports;
mod resets;
mod results;
mod retention;
mod rights;
mod service;
mod staff;
mod templates;
mod tenants;
mod translations;
mod weights;
mod written;
