// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Values and rules: what the words of the product mean. No input or output, no clock, no chance.

pub mod access_code;
pub mod agreement;
pub mod answer;
pub mod comparability;
pub mod comparison;
pub mod consistency;
pub mod edition_comparison;
pub mod flag;
pub mod framework;
pub mod gap;
pub mod invitation;
pub mod measure;
pub mod message;
pub mod panel;
pub mod profile;
pub mod programme;
pub mod questionnaire;
pub mod response;
pub mod robustness;
pub mod score;
pub mod text;
pub mod wave;
pub mod withheld;
