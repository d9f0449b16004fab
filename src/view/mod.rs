// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does a page show? A struct per page with samples; the only module that names handlebars.

pub mod beside;
pub mod board;
pub mod cards;
pub mod change;
pub mod coverage;
pub mod decision_telling;
pub mod decisions;
pub mod discussion;
pub mod edition_change;
pub mod entry;
pub mod errors;
pub mod files;
pub mod forms;
mod frame;
pub mod frameworks;
pub mod gaps;
pub mod glance;
pub mod goalposts;
pub mod guesses;
pub mod home;
pub mod indicator_change;
pub mod indicator_telling;
pub mod indicators;
pub mod information;
pub mod letters;
pub mod measures;
pub mod notice;
pub mod number_cards;
pub mod numbers;
pub mod paper;
pub mod participation;
pub mod passkeys;
pub mod printing;
pub mod programmes;
pub mod projects;
pub mod proposals;
pub mod questionnaire;
pub mod receipts;
mod render;
pub mod report;
pub mod sentences;
pub mod sheets;
pub mod space;
pub mod space_weights;
pub mod spread;
pub mod staff;
pub mod submission;
pub mod telling;
pub mod translations;
pub mod wave_telling;
pub mod waves;
pub mod weights;
pub mod words;
pub mod written;

pub use board::BoardPage;
pub use frame::{Address, CoverageLine, Crumb, Frame, LanguageLink};
pub use render::{Page, RenderError, render};
