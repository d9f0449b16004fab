// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Insieme: participatory evaluation of collaborative practices.
//!
//! From indicator files to scores compared over time, in twelve steps:
//!
//! 1. [`catalogue::load`] reads indicator files into a [`domain::framework::Framework`], or says every problem at once;
//! 2. [`catalogue::sha256`] gives the version its identity, which every wave stores;
//! 3. [`domain::questionnaire::Questionnaire::for_group`] picks the items a stakeholder group is shown in a wave;
//! 4. [`app::App::start`] opens it with an access code, [`view::questionnaire::QuestionPage`] shows a page of it;
//! 5. [`domain::questionnaire::Page::fill`] takes what was sent, or refuses it whole;
//! 6. [`app::App::submit`] stores the response once and hands out its receipt ([`store::responses::insert`]);
//! 7. [`store::responses::each_of_group`] reads the responses of a closed wave, [`intake::read_answers`] those of a file;
//! 8. [`scoring::score_wave`] scores items, indicators, groups, voices, pillars, on the numbers of [`stats`];
//! 9. [`scoring::disclosure`] decides what a view may show: a withheld number never leaves [`scoring`];
//! 10. [`scoring::change`] compares waves, [`scoring::side_by_side`] projects and editions, like with like;
//! 11. [`view`] tells it in words, with charts drawn from numbers by [`chart`], and [`print`](mod@print) puts it on paper;
//! 12. [`export::score_document`] writes the same numbers as JSON, and [`web`] and [`cli`] serve it all.

pub mod domain;
pub mod stats;

pub mod catalogue;
pub mod identity;
pub mod intake;
pub mod scoring;
pub mod store;

pub mod clock;
pub mod config;

pub mod app;
pub mod mail;

pub mod job;

pub mod chart;
pub mod export;
pub mod filing;
pub mod print;
pub mod view;

pub mod cli;
pub mod web;

/// The examples of the methods, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../docs/methods-examples.md")]
pub struct MethodsExamples;
