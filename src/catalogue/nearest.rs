// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is said to whoever wrote an unknown word?

pub(super) use crate::domain::nearest::nearest;

/// A remedy: the nearest candidate if there is one, otherwise all of them.
pub(super) fn suggestion<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str> + Clone) -> String {
    nearest(word, candidates.clone()).map_or_else(
        || format!("use one of {}", candidates.into_iter().collect::<Vec<_>>().join(", ")),
        |candidate| format!("did you mean “{candidate}”?"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_names_all_words_where_none_is_near() {
        assert_eq!(suggestion("obstacle", ["facilitators", "obstacles"]), "did you mean “obstacles”?");
        assert_eq!(suggestion("help", ["facilitators", "obstacles"]), "use one of facilitators, obstacles");
    }
}
