// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Values and rules: what the words of the product mean. No input or output, no clock, no chance.

pub mod access_code;
pub mod account;
pub mod agreement;
pub mod answer;
pub mod audit;
pub mod body;
pub mod comparability;
pub mod comparison;
pub mod consistency;
pub mod data_file;
pub mod duration;
pub mod edition_comparison;
pub mod email;
pub mod field;
pub mod flag;
pub mod folding;
pub mod framework;
pub mod gap;
pub mod invitation;
pub mod language_tag;
pub mod measure;
pub mod message;
pub mod nearest;
pub mod notice;
pub mod panel;
pub mod paper;
pub mod place;
pub mod profile;
pub mod programme;
pub mod questionnaire;
pub mod readability;
pub mod released;
pub mod response;
pub mod robustness;
pub mod role;
pub mod score;
pub mod stakeholder;
pub mod text;
pub mod translation;
pub mod wave;
pub mod withheld;
pub mod written;
