// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How is a scoring profile written as the file that `insieme score` reads?

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::profile::Profile;

/// The profile as TOML, with every constant; read again it is the same profile to the last digit.
#[must_use]
pub fn profile_file(profile: &Profile) -> String {
    let mut text = String::new();
    let mut line = |key: &str, value: String| {
        let _ = writeln!(text, "{key} = {value}");
    };
    line("min_answered_share", number(profile.min_answered_share));
    line("min_answered_abs", profile.min_answered_abs.to_string());
    line("k_show", profile.k_show.to_string());
    line("k_calc", profile.k_calc.to_string());
    line("k_dist", profile.k_dist.to_string());
    line("voice", quoted(profile.voice.code()));
    line("unit", quoted(profile.unit.code()));
    line("mid", number(profile.mid));
    let [concern, strength] = profile.bands;
    line("bands", format!("[{}, {}]", number(concern), number(strength)));
    line("alpha_level", number(profile.alpha_level));
    line("agree_min", number(profile.agree_min));
    line("bootstrap_draws", profile.bootstrap_draws.to_string());
    line("permutations", profile.permutations.to_string());
    let essential: Vec<String> = profile.essential_groups.iter().map(|code| quoted(code)).collect();
    line("essential_groups", format!("[{}]", essential.join(", ")));
    let pillars = profile.pillar_weights.iter().map(|(pillar, weight)| (pillar.code().to_owned(), *weight)).collect();
    for (key, weights) in [
        ("group_weights", &profile.group_weights),
        ("indicator_weights", &profile.indicator_weights),
        ("pillar_weights", &pillars),
    ] {
        text.push_str(&table(key, weights));
    }
    text
}

/// A table of weights; nothing where there are none.
fn table(key: &str, weights: &BTreeMap<String, f64>) -> String {
    let mut text = String::new();
    if !weights.is_empty() {
        let _ = writeln!(text, "\n[{key}]");
    }
    for (code, weight) in weights {
        let _ = writeln!(text, "{} = {}", quoted(code), number(*weight));
    }
    text
}

/// A number with all its digits, and a point.
fn number(value: f64) -> String {
    format!("{value:?}")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
