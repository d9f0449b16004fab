// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How near was a guess? In words that teach the gap and accuse nobody.

use super::board::BoardItem;
use super::discussion::WordsTelling;
use super::numbers::{self, Precision};
use super::words::words;
use crate::domain::guess::{GUESSED, Nearness, Right};
use crate::domain::text::Language;

/// How near a guess was.
#[must_use]
pub fn near(language: Language, right: Right) -> String {
    let words = words(language);
    let counts = [("high", right.high.into()), ("low", right.low.into()), ("of", GUESSED.into())];
    let how = match right.high + right.low {
        0..=1 => "guess-far",
        2..=4 => "guess-midway",
        _ => "guess-near",
    };
    format!("{} {}", words.say_with("guess-right", counts), words.say(how))
}

/// How near groups are to each other on average.
#[must_use]
pub fn nearness_items(told: WordsTelling<'_>, nearness: &[Nearness]) -> Vec<BoardItem> {
    let (words, language) = (told.telling.words(), told.telling.language);
    let mean = |value: f64| numbers::score(value, Precision::Tenths, language);
    let item = |one: &Nearness| {
        let groups = [("group", told.telling.group(told.framework, &one.group).into())];
        let about = ("about", told.telling.group(told.framework, &one.about).into());
        let [group] = groups;
        let values = [("high", mean(one.high).into()), ("low", mean(one.low).into()), ("count", one.guesses.into())];
        BoardItem {
            name: words.say_with("guess-pair", [group, about]),
            detail: words.say_with("guess-mean", values),
            ..BoardItem::default()
        }
    };
    nearness.iter().map(item).collect()
}
