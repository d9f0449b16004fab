// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Insieme: participatory evaluation of collaborative practices.

pub mod app;
pub mod catalogue;
pub mod chart;
pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod export;
pub mod intake;
pub mod scoring;
pub mod stats;
pub mod store;
pub mod view;
pub mod web;
