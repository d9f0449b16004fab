// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What messages say: plain text, in the language of whoever reads.

use super::numbers;
use super::printing::Asking;
use super::questionnaire::collection_keys;
use super::words::{Value, Words, words};
use crate::domain::invitation::Entry;
use crate::domain::message::{Letter, MessageState, Subject};
use crate::domain::role::Role;
use crate::domain::text::Language;

/// Asks somebody to work for a body. `link` lets them in.
#[must_use]
pub fn staff_invitation(language: Language, body: &str, role: Role, link: &str) -> Letter {
    let role = words(language).say(&format!("role-{}", role.code()));
    let said = [("body", Value::from(body)), ("role", role.into()), ("link", link.into())];
    letter(language, "letter-staff-invitation", said)
}

/// A letter of a wave around a link.
pub type WaveLetter = fn(&Asking<'_>, &str) -> Letter;

/// Asks somebody to answer.
#[must_use]
pub fn invitation(asking: &Asking<'_>, link: &str) -> Letter {
    of_wave(asking, "letter-invitation", link)
}

/// Asks somebody again.
#[must_use]
pub fn reminder(asking: &Asking<'_>, link: &str) -> Letter {
    of_wave(asking, "letter-reminder", link)
}

/// Tells somebody that their answers arrived. `code` is the receipt, `address` where codes are typed.
#[must_use]
pub fn receipt(asking: &Asking<'_>, code: &str, address: &str) -> Letter {
    let until = numbers::day(asking.wave.closes_on, asking.language);
    let said = [
        ("body", Value::from(asking.organisation)),
        ("project", asking.project.into()),
        ("until", until.into()),
        ("contact", asking.contact.into()),
        ("code", code.into()),
        ("address", address.into()),
    ];
    letter(asking.language, "letter-receipt", said)
}

fn of_wave(asking: &Asking<'_>, key: &str, link: &str) -> Letter {
    let (language, wave) = (asking.language, asking.wave);
    // Whoever gets a letter gets a code of their own.
    let mode = words(language).say(collection_keys(wave.collection, Entry::Slip).1);
    let until = numbers::day(wave.closes_on, language);
    let said = [
        ("body", Value::from(asking.organisation)),
        ("project", asking.project.into()),
        ("purpose", wave.purpose.get(language).into()),
        ("mode", mode.into()),
        ("until", until.into()),
        ("contact", asking.contact.into()),
        ("link", link.into()),
    ];
    letter(language, key, said)
}

/// Where a message is on its way, with what the mail server said if it was refused.
#[must_use]
pub fn stands(words: &Words, state: MessageState, problem: Option<&str>) -> String {
    let told = words.say(&format!("message-{}", state.code()));
    match (state, problem) {
        (MessageState::Sent, _) | (_, None) => told,
        (_, Some(problem)) => format!("{told} ({problem})"),
    }
}

/// The letter with this key: `KEY-subject` and `KEY-text`.
fn letter<const N: usize>(language: Language, key: &str, said: [(&'static str, Value<'_>); N]) -> Letter {
    let words = words(language);
    let subject = words.say_with(&format!("{key}-subject"), said.clone());
    let text = words.say_with(&format!("{key}-text"), said);
    Letter { subject: Subject::of(&subject), text: format!("{text}\n") }
}

#[cfg(test)]
mod tests {
    use super::super::printing::samples;
    use super::*;
    use crate::domain::wave::Collection;

    #[test]
    fn a_letter_says_who_writes_and_holds_its_link_on_a_line_of_its_own() {
        for language in Language::ALL {
            let letter = staff_invitation(language, "Comune di Esempio", Role::Collector, "https://example.org/a");
            assert!(letter.subject.as_str().contains("Comune di Esempio"));
            assert!(letter.text.lines().any(|line| line == "https://example.org/a"), "{}", letter.text);
            assert!(!letter.text.contains(['⟦', '\u{2068}', '\u{2069}']), "{}", letter.text);
        }
    }

    #[test]
    fn a_receipt_holds_its_code_and_says_until_when_it_is_good() {
        let (shipped, wave) = (samples::framework(), samples::wave(Collection::Confidential));
        for language in Language::ALL {
            let asking = samples::asking(&wave, &shipped, language);
            let text = receipt(&asking, "ABCD-EFGH-JKMN", "https://example.org/it/access").text;
            let until = numbers::day(wave.closes_on, language);
            assert!(text.contains("ABCD-EFGH-JKMN") && text.contains(&until) && !text.contains('⟦'), "{text}");
            assert!(text.lines().any(|line| line == "https://example.org/it/access"), "{text}");
        }
    }

    #[test]
    fn a_letter_of_a_wave_says_until_when_whom_to_call_and_what_is_promised() {
        let shipped = samples::framework();
        for (collection, promise) in [
            (Collection::Anonymous, "una volta sola"),
            (Collection::Confidential, "si cancella alla chiusura"),
            (Collection::Named, "con il proprio nome"),
        ] {
            let wave = samples::wave(collection);
            let asking = samples::asking(&wave, &shipped, Language::It);
            for write in [invitation, reminder] {
                let text = write(&asking, "https://example.org/q/A").text;
                let until = numbers::day(wave.closes_on, Language::It);
                assert!(text.contains(promise) && text.contains(&until) && text.contains(asking.contact), "{text}");
                assert!(text.lines().any(|line| line == "https://example.org/q/A") && !text.contains('⟦'), "{text}");
            }
        }
    }
}
