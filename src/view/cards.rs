// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do cards and posters say, which hand out the addresses of a wave?

use super::printing::Asking;
use super::words::Value;
use crate::domain::access_code::AccessCode;
use crate::domain::framework::StakeholderGroup;
use crate::print::{Card, Cards, Line, OnEveryCard, Poster, PrintError, Said};

/// What one card leads to. Nobody's name is asked for, so none can be printed.
#[derive(Clone, Debug)]
pub struct Invited<'a> {
    /// The group of whoever is handed the card.
    pub group: &'a StakeholderGroup,
    /// The code of one person; nothing for a link that a whole group uses.
    pub code: Option<&'a AccessCode>,
    /// The whole address behind the picture, with the code.
    pub link: String,
}

/// Cards of a wave, eight on a sheet. `address` is where a code can be typed, e.g. `valutazione.esempio.it`, or the
/// whole link where the cards have no code.
///
/// # Errors
/// If there is no card or there are too many, or an address is too long for its picture.
pub fn cards(asking: &Asking<'_>, address: &str, invited: &[Invited<'_>]) -> Result<Cards, PrintError> {
    let words = asking.words();
    let with_codes = invited.iter().any(|one| one.code.is_some());
    let sentence = if with_codes { "print-card-sentence" } else { "print-card-sentence-link" };
    let shared = OnEveryCard {
        project: asking.project.to_owned(),
        wave: asking.wave_name().to_owned(),
        sentence: words.say_with(sentence, [("organisation", Value::from(asking.organisation))]),
        address: Line::new(words.say("print-address"), address),
        code_label: words.say("print-code"),
        until: asking.until(),
        contact: asking.contact(),
        mode: asking.mode(),
    };
    let card = |one: &Invited<'_>| {
        let group = words.say_with("print-card-group", [("group", Value::from(one.group.name.get(asking.language)))]);
        Ok(Card { group, code: one.code.map(ToString::to_string), qr: asking.qr(&one.link)? })
    };
    let cards = invited.iter().map(card).collect::<Result<Vec<_>, PrintError>>()?;
    Cards::new(asking.head(title(asking, "print-cards-title")), shared, cards)
}

/// A poster with the link of a group, or with one that everybody may use. `address` is the link as it is typed, without
/// `https://`.
///
/// # Errors
/// If the link is too long for its picture.
pub fn poster(
    asking: &Asking<'_>,
    group: Option<&StakeholderGroup>,
    link: &str,
    address: &str,
) -> Result<Poster, PrintError> {
    let words = asking.words();
    let named = group.map(|group| group.name.get(asking.language));
    let subtitle = [Some(asking.wave_name()), named].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    Ok(Poster {
        head: asking.head(title(asking, "print-poster-title")),
        kicker: asking.kicker(),
        title: asking.project.to_owned(),
        subtitle,
        purpose: Said::new(asking.wave.purpose.shown(asking.language), asking.language),
        sentence: words.say("print-poster-sentence"),
        qr: asking.qr(link)?,
        address: Line::new(words.say("print-poster-address"), address),
        facts: vec![asking.duration(group), asking.until(), asking.contact()],
        mode: asking.mode(),
    })
}

fn title(asking: &Asking<'_>, key: &str) -> String {
    let values = [("project", Value::from(asking.project)), ("wave", Value::from(asking.wave_name()))];
    asking.words().say_with(key, values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Language;
    use crate::domain::wave::Collection;
    use crate::view::printing::samples;

    #[test]
    fn a_card_says_its_code_its_group_and_what_is_promised() {
        let (wave, framework) = (samples::wave(Collection::Confidential), samples::framework());
        let code = AccessCode::from_random(&[7; 11]).unwrap();
        let link = format!("https://valutazione.esempio.it/it/q/{}", code.compact());
        let invited = Invited { group: &framework.groups[0], code: Some(&code), link };
        for (language, group, mode) in
            [(Language::It, "Ente pubblico", "riservato"), (Language::En, "Public body", "confidential")]
        {
            let asking = samples::asking(&wave, &framework, language);
            let cards = cards(&asking, "valutazione.esempio.it", std::slice::from_ref(&invited)).unwrap();
            let said = format!("{cards:?}");
            assert!(said.contains(&code.to_string()) && said.contains(group) && said.contains(mode), "{said}");
            assert!(!said.contains('⟦'), "{said}");
        }
        let asking = samples::asking(&wave, &framework, Language::It);
        assert_eq!(cards(&asking, "valutazione.esempio.it", &[]), Err(PrintError::Empty));
    }

    #[test]
    fn a_poster_for_everybody_promises_the_longest_duration() {
        let (wave, framework) = (samples::wave(Collection::Anonymous), samples::framework());
        let asking = samples::asking(&wave, &framework, Language::It);
        let link = "https://valutazione.esempio.it/it/q/ABCDEFGHJKMN";
        let minutes =
            |group| poster(&asking, group, link, "valutazione.esempio.it/q/ABC").unwrap().facts[0].text.clone();
        let most = framework.groups.iter().map(|group| asking.questionnaire(&group.code).questions().count()).max();
        assert!(minutes(None).contains(&super::super::questionnaire::minutes(most.unwrap()).to_string()));
        let said = format!("{:?}", poster(&asking, framework.groups.first(), link, "a").unwrap());
        assert!(said.contains("Ente pubblico") && !said.contains('⟦'), "{said}");
    }
}
