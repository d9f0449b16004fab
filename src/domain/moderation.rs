// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! May what somebody wrote be shown at once, or should somebody read it first?

mod names;

use super::folding::folded;

/// Whether something in somebody's own words may be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Moderation {
    /// Nobody has decided yet.
    #[default]
    Waiting,
    /// It may.
    Kept,
    /// It may not: it says who somebody is, or hurts.
    Hidden,
}

impl Moderation {
    /// Every state, in the order in which they are looked at.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Kept, Self::Hidden];

    /// The word stored, and the end of the keys of its words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Kept => "kept",
            Self::Hidden => "hidden",
        }
    }

    /// The state stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// What becomes of words about which these remarks were made: shown at once only where there is none.
    #[must_use]
    pub const fn after(remarks: &[Remark]) -> Self {
        if remarks.is_empty() { Self::Kept } else { Self::Waiting }
    }
}

/// Why somebody should read words before they are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Somebody who is listed, or works here, is named.
    Listed(String),
    /// It looks like a person's name.
    Name(String),
    /// An e-mail address.
    Address(String),
    /// A telephone number.
    Number(String),
    /// A word that hurts.
    Insult(String),
}

impl Remark {
    /// The end of the keys of its words.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Listed(_) => "listed",
            Self::Name(_) => "name",
            Self::Address(_) => "address",
            Self::Number(_) => "number",
            Self::Insult(_) => "insult",
        }
    }

    /// The words it is about.
    #[must_use]
    pub fn about(&self) -> &str {
        match self {
            Self::Listed(about)
            | Self::Name(about)
            | Self::Address(about)
            | Self::Number(about)
            | Self::Insult(about) => about,
        }
    }
}

/// What speaks against showing words at once. It errs on the side of letting somebody read: nothing is refused by it.
///
/// `listed` holds full names of people known to the project. A full name counts wherever its first two words stand side
/// by side in either order; other people are found by a title before a capital letter, or by a common first name before one.
#[must_use]
pub fn remarks(text: &str, listed: &[String]) -> Vec<Remark> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain: Vec<String> = words.iter().map(|word| bare(word)).collect();
    let mut found: Vec<Remark> =
        listed.iter().filter(|name| is_named(&plain, name)).cloned().map(Remark::Listed).collect();
    for (place, word) in words.iter().enumerate() {
        let next = words.get(place + 1).copied().unwrap_or_default();
        found.extend(remark(word, next, plain.get(place).map_or("", String::as_str)));
    }
    found.extend(number(text).map(Remark::Number));
    found.dedup();
    found
}

fn remark(word: &str, next: &str, plain: &str) -> Option<Remark> {
    let trimmed = word.trim_matches(|one: char| !one.is_alphanumeric());
    if word.contains('@') && word.split('@').nth(1).is_some_and(|end| end.contains('.')) {
        return Some(Remark::Address(trimmed.to_owned()));
    }
    if names::INSULTS.iter().any(|insult| plain == *insult || is_inflected(plain, insult)) {
        return Some(Remark::Insult(trimmed.to_owned()));
    }
    let follows = next.trim_matches(|one: char| !one.is_alphanumeric());
    let is_capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let is_surname =
        is_capital(follows) && follows.chars().count() > 1 && !word.ends_with(['.', ',', ';', ':', '!', '?']);
    let is_titled = names::TITLES.contains(&plain) && is_capital(follows);
    let is_person = is_capital(trimmed) && names::FIRST_NAMES.contains(&plain) && is_surname;
    (is_titled || is_person).then(|| Remark::Name(format!("{trimmed} {follows}")))
}

/// A word without marks, accents and capitals.
fn bare(word: &str) -> String {
    folded(word.trim_matches(|one: char| !one.is_alphanumeric())).replace(' ', "")
}

/// Whether a word is an insult in another gender or number: the ending differs, the rest does not.
fn is_inflected(word: &str, insult: &str) -> bool {
    let stem = |text: &str| text.char_indices().next_back().map(|(at, _)| at).unwrap_or_default();
    let (word_stem, insult_stem) = (word.get(..stem(word)), insult.get(..stem(insult)));
    insult.len() > 5 && word_stem == insult_stem && word.ends_with(['a', 'e', 'i', 'o', 's'])
}

fn is_named(words: &[String], name: &str) -> bool {
    let parts: Vec<String> = name.split_whitespace().map(bare).filter(|part| part.chars().count() > 1).collect();
    let [first, second, ..] = parts.as_slice() else { return false };
    words.windows(2).any(|pair| matches!(pair, [a, b] if (a == first && b == second) || (a == second && b == first)))
}

/// A run of eight digits or more, with what people put between them. Years and amounts are shorter.
fn number(text: &str) -> Option<String> {
    let mut run = String::new();
    let mut longest = String::new();
    for one in text.chars().chain(['\n']) {
        if one.is_ascii_digit()
            || (!run.is_empty() && matches!(one, ' ' | '-' | '.' | '/'))
            || (run.is_empty() && one == '+')
        {
            run.push(one);
        } else {
            if digits(&run) > digits(&longest) {
                longest.clone_from(&run);
            }
            run.clear();
        }
    }
    (digits(&longest) >= 8).then(|| longest.trim_end_matches([' ', '-', '.', '/']).to_owned())
}

fn digits(run: &str) -> usize {
    run.chars().filter(char::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<&'static str> {
        let listed = ["Ada Bianchi".to_owned(), "D'Angelo Rosa".to_owned()];
        remarks(text, &listed).iter().map(Remark::code).collect()
    }

    #[test]
    fn ordinary_words_are_shown_at_once() {
        let said =
            "Gli incontri sono fissati tardi: chi lavora non riesce a venire. Nel 2025 eravamo 120, nel 2026 solo 80.";
        assert_eq!(codes(said), [""; 0]);
        assert_eq!(codes("Il Comune di Santa Maria risponde tardi. Servono Fondi."), [""; 0]);
        assert_eq!(codes(""), [""; 0]);
        assert_eq!(Moderation::after(&[]), Moderation::Kept);
    }

    #[test]
    fn whoever_is_listed_is_found_in_either_order_and_without_accents() {
        assert_eq!(codes("bianchi ada non ascolta"), ["listed"]);
        assert_eq!(
            remarks("Rosa D'Angelo decide da sola", &["D'Angelo Rosa".to_owned()]).first().map(Remark::code),
            Some("listed")
        );
        assert_eq!(codes("Ada ha detto Bianchi"), [""; 0]);
    }

    #[test]
    fn titles_and_common_first_names_before_a_capital_look_like_people() {
        assert_eq!(codes("la dott.ssa Verdi non risponde"), ["name"]);
        assert_eq!(codes("Il signor Neri arriva tardi"), ["name"]);
        assert_eq!(codes("parlate con Giulia Ferri"), ["name"]);
        assert_eq!(codes("Grazie a Giulia. Continuiamo così"), [""; 0]);
    }

    #[test]
    fn addresses_telephone_numbers_and_insults_wait() {
        assert_eq!(codes("scrivete a ada@esempio.it"), ["address"]);
        assert_eq!(codes("chiamate il 011 555-1234"), ["number"]);
        assert_eq!(codes("sono degli idioti"), ["insult"]);
        assert_eq!(Moderation::after(&remarks("idiota", &[])), Moderation::Waiting);
    }

    #[test]
    fn a_state_is_known_by_its_word() {
        assert!(Moderation::ALL.into_iter().all(|one| Moderation::from_code(one.code()) == Some(one)));
    }
}
