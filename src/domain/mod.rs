// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Values and rules: what the words of the product mean. No input or output, no clock, no chance.

pub mod access_code;
pub mod answer;
pub mod comparison;
pub mod framework;
pub mod invitation;
pub mod measure;
pub mod profile;
pub mod programme;
pub mod questionnaire;
pub mod response;
pub mod score;
pub mod text;
pub mod wave;
