// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How do numbers leave the program? Everything is written to any `io::Write`.

pub mod audit;
pub mod score_document;
pub mod score_table;
