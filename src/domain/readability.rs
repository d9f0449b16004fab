// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How easily does an Italian sentence read, and does it keep the rules for the wording of items?
//!
//! Neither is a judgement: short fragments score high, and a good sentence may break a rule. They say where to look again.

use super::framework::Framework;

/// Below this an item is read with difficulty by who left school after the *scuola media*.
pub const HARD_BELOW: f64 = 60.0;
/// An item has about so many words at most.
const MOST_WORDS: usize = 17;
/// Words that turn a sentence into its contrary.
const NEGATIONS: [&str; 9] = ["non", "né", "nessun", "nessuno", "nessuna", "niente", "nulla", "neanche", "nemmeno"];
/// Words that leave no room.
const ABSOLUTES: [&str; 2] = ["sempre", "mai"];
/// Words that may join two ideas in one sentence.
const JOINTS: [&str; 6] = ["e", "ed", "o", "oppure", "nonché", "inoltre"];

/// Something about the wording of an item that is worth a second look.
#[derive(Clone, Debug, PartialEq)]
pub enum WordingWarning {
    /// Its Gulpease index is below [`HARD_BELOW`].
    Hard(f64),
    /// It has a word that negates.
    Negation(String),
    /// It says *sempre* or *mai*.
    Absolute(String),
    /// It has a word that may join two ideas.
    TwoIdeas(String),
    /// It has so many words, more than about 17.
    Long(usize),
}

/// The Gulpease index of an Italian text: 0 hard, 100 easy; nothing for a text without words.
///
/// 89 + (300 · sentences − 10 · letters) / words, at most 100. Below 80 it is hard for who has finished primary school,
/// below 60 for the *scuola media*, below 40 for upper secondary school. What stands between two apostrophes is one word.
///
/// # Source
/// Lucisano and Piemontese (1988), "GULPEASE: una formula per la predizione della difficoltà dei testi in lingua italiana",
/// *Scuola e città* 3.
///
/// # Example
/// ```
/// let notice = "Si rende noto che, ai fini della rilevazione del grado di soddisfacimento dell’utenza, la compilazione \
///               del presente questionario costituisce presupposto imprescindibile per l’ottimizzazione dell’erogazione \
///               delle prestazioni.";
/// let index = insieme::domain::readability::gulpease(notice).unwrap();
/// assert!((index - 26.3).abs() < 0.05);
/// ```
#[must_use]
pub fn gulpease(text: &str) -> Option<f64> {
    let words = words(text);
    let letters: usize = words.iter().map(|word| word.chars().filter(|letter| letter.is_alphanumeric()).count()).sum();
    let (sentences, letters, words) = (number(sentences(text).max(1)), number(letters), number(words.len()));
    (words > 0.0).then(|| (89.0 + (300.0 * sentences - 10.0 * letters) / words).min(100.0))
}

/// What is worth a second look in the wording of an Italian item.
#[must_use]
pub fn wording(text: &str) -> Vec<WordingWarning> {
    let words: Vec<String> = words(text).into_iter().map(str::to_lowercase).collect();
    let first = |known: &[&str]| words.iter().find(|word| known.contains(&word.as_str())).cloned();
    let count = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    [
        gulpease(text).filter(|index| *index < HARD_BELOW).map(WordingWarning::Hard),
        first(&NEGATIONS).map(WordingWarning::Negation),
        first(&ABSOLUTES).map(WordingWarning::Absolute),
        first(&JOINTS).map(WordingWarning::TwoIdeas),
        (count > MOST_WORDS).then_some(WordingWarning::Long(count)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// How an item reads in one of its wordings.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemReading<'a> {
    /// Code of the item.
    pub code: &'a str,
    /// The wording: `it`, or the easy-to-read variant.
    pub language: &'a str,
    /// Its words.
    pub text: &'a str,
    /// Gulpease index; nothing where there are no words.
    pub index: Option<f64>,
    /// What is worth a second look.
    pub warnings: Vec<WordingWarning>,
}

/// How the items of a framework version read in Italian, variants of Italian included, in its order.
#[must_use]
pub fn of_framework(framework: &Framework) -> Vec<ItemReading<'_>> {
    let italian = |language: &str| language == "it" || language.starts_with("it-");
    let read =
        |code, language, text| ItemReading { code, language, text, index: gulpease(text), warnings: wording(text) };
    framework
        .items()
        .flat_map(|(_, item)| item.text.iter().map(|(language, text)| (item.code.as_str(), language, text)))
        .filter(|(_, language, _)| italian(language))
        .map(|(code, language, text)| read(code, language, text))
        .collect()
}

/// Words and numbers; an apostrophe inside a word joins it.
fn words(text: &str) -> Vec<&str> {
    let inside = |letter: char| letter.is_alphanumeric() || matches!(letter, '\'' | '’');
    text.split(|letter: char| !inside(letter))
        .map(|word| word.trim_matches(['\'', '’']))
        .filter(|word| !word.is_empty())
        .collect()
}

/// Stretches with a word in them, up to a mark that ends a sentence or a part of one.
fn sentences(text: &str) -> usize {
    let mut count = 0;
    let mut open = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        open |= letter.is_alphanumeric();
        let ends = match letter {
            '.' | '!' | '?' | ':' | ';' => letters.peek().is_none_or(|next| next.is_whitespace()),
            '\n' => true,
            _ => false,
        };
        if ends && open {
            count += 1;
            open = false;
        }
    }
    count + usize::from(open)
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(text: &str) -> f64 {
        gulpease(text).unwrap()
    }

    #[test]
    fn the_index_is_the_one_published() {
        let notice = "Si rende noto che, ai fini della rilevazione del grado di soddisfacimento dell’utenza, la \
                      compilazione del presente questionario costituisce presupposto imprescindibile per \
                      l’ottimizzazione dell’erogazione delle prestazioni.";
        assert!((index(notice) - 26.3).abs() < 0.05, "{}", index(notice));
        // 8 words, 36 letters, 1 sentence: 89 + (300 - 360) / 8.
        assert!((index("Le regole di questo percorso mi sono chiare.") - 81.5).abs() < 1e-9);
        assert!((index("Sì.") - 100.0).abs() < 1e-9, "never more than 100");
    }

    #[test]
    fn either_apostrophe_makes_one_word_and_a_colon_ends_a_part() {
        assert!((index("L'incertezza pesa.") - index("L’incertezza pesa.")).abs() < 1e-9);
        assert_eq!(words("Tra l'uno e l’altro, 3 volte…"), ["Tra", "l'uno", "e", "l’altro", "3", "volte"]);
        assert_eq!(sentences("Uno: due. Tre"), 3);
        assert_eq!(sentences("Alle 10.30 si comincia..."), 1);
        assert_eq!(sentences("…\n\n. ."), 0);
        assert_eq!(gulpease(" … "), None);
    }

    #[test]
    fn each_rule_of_wording_is_noticed_and_a_good_item_passes() {
        assert_eq!(wording("Mi fido degli altri partner del progetto."), []);
        assert_eq!(wording("Non mi fido di loro."), [WordingWarning::Negation("non".to_owned())]);
        assert_eq!(wording("Ci vediamo sempre qui."), [WordingWarning::Absolute("sempre".to_owned())]);
        assert_eq!(wording("Mi fido e parlo."), [WordingWarning::TwoIdeas("e".to_owned())]);
        let long = "a ".repeat(18);
        assert_eq!(wording(&long), [WordingWarning::Long(18)]);
        let hard = "I vertici degli enti pubblici coinvolti sostengono apertamente questo percorso.";
        assert!(matches!(*wording(hard), [WordingWarning::Hard(index)] if (49.0..51.0).contains(&index)));
    }

    #[test]
    fn only_italian_and_its_variants_are_read() {
        let mut framework = crate::scoring::samples::framework(&[1, 2], &[("F", &[("Fa", false)])]);
        for (language, words) in [("it", "Mi fido."), ("it-x-facile", "Mi fido."), ("en", "I do not trust.")] {
            framework.indicators[0].items[0].text.put(language, words);
        }
        let languages: Vec<_> = of_framework(&framework).into_iter().map(|reading| reading.language).collect();
        assert_eq!(languages, ["it", "it-x-facile"]);
    }
}
