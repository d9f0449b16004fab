// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What stands on the cards that people are handed, eight on a sheet?

use jiff::civil::date;
use serde::Serialize;

use super::Document;
use super::error::PrintError;
use super::head::{Head, Line};
use super::qr::QrCode;
use crate::domain::text::Language;

/// Cards on A4 sheets, to be cut: what all say, and the cards. Nothing says whom a card is for, except the group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cards {
    /// Title, language, day.
    head: Head,
    /// What is on every card.
    shared: OnEveryCard,
    /// The cards, in the order in which they are printed.
    each: Vec<Card>,
}

/// What is on every card of a wave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OnEveryCard {
    /// Name of the project.
    pub project: String,
    /// Name of the wave.
    pub wave: String,
    /// What to do, in a sentence or two.
    pub sentence: String,
    /// Where to type the code: an address that is short enough to be typed, without the code.
    pub address: Line,
    /// The words before a code.
    pub code_label: String,
    /// Last day.
    pub until: Line,
    /// Whom to call.
    pub contact: Line,
    /// How answers and persons are kept apart, in one sentence.
    pub mode: String,
}

/// One card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Name of the group.
    pub group: String,
    /// The code as it is shown, e.g. `ABCD-EFGH-JKMN`; nothing where the address alone leads to the questionnaire.
    pub code: Option<String>,
    /// The address with the code.
    pub qr: QrCode,
}

/// Cards of one document: 500 sheets.
const MOST: usize = 4_000;

impl Cards {
    /// Cards with what all of them say.
    ///
    /// # Errors
    /// If there is no card, or more than 4000.
    pub fn new(head: Head, shared: OnEveryCard, cards: Vec<Card>) -> Result<Self, PrintError> {
        match cards.len() {
            0 => Err(PrintError::Empty),
            count if count > MOST => Err(PrintError::TooMany { count, most: MOST }),
            _ => Ok(Self { head, shared, each: cards }),
        }
    }
}

impl Document for Cards {
    const TEMPLATE: &'static str = "cards";

    fn head(&self) -> &Head {
        &self.head
    }

    fn samples() -> Result<Vec<Self>, PrintError> {
        let head = Head { title: "Cartoncini".to_owned(), language: Language::It, day: date(2026, 3, 1) };
        let shared = OnEveryCard {
            project: "Orto di quartiere".to_owned(),
            wave: "Ex ante".to_owned(),
            sentence:
                "Il Comune di Esempio chiede la sua opinione. Inquadri il codice QR, o scriva indirizzo e codice."
                    .to_owned(),
            address: Line::new("Indirizzo", "valutazione.esempio.it"),
            code_label: "Il suo codice".to_owned(),
            until: Line::new("Fino al", "31 marzo 2026"),
            contact: Line::new("Per informazioni", "011 000000"),
            mode: "Il questionario è riservato: il codice è solo suo.".to_owned(),
        };
        let card = |code: Option<&str>| {
            let address = format!("https://valutazione.esempio.it/it/q/{}", code.unwrap_or("gruppo").replace('-', ""));
            let qr = QrCode::new(&address, format!("Codice QR: apre {address}"))?;
            Ok(Card { group: "Ente del Terzo settore".to_owned(), code: code.map(str::to_owned), qr })
        };
        let nine = (2..=9).map(|n| card(Some(&format!("ABC{n}-EFGH-JKMN")))).collect::<Result<Vec<_>, _>>()?;
        Ok(vec![Self::new(head.clone(), shared.clone(), nine)?, Self::new(head, shared, vec![card(None)?])?])
    }
}

#[cfg(test)]
impl Cards {
    pub(super) fn with(self, cards: Vec<Card>) -> Result<Self, PrintError> {
        Self::new(self.head, self.shared, cards)
    }

    /// With this in the place of every text that a body chooses.
    pub(super) fn renamed(mut self, name: &str) -> Self {
        let OnEveryCard { project, wave, sentence, address, code_label: _, until, contact, mode } = &mut self.shared;
        for text in [project, wave, sentence, &mut address.text, &mut until.text, &mut contact.text, mode] {
            name.clone_into(text);
        }
        self.each.iter_mut().for_each(|card| name.clone_into(&mut card.group));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_card_and_too_many_are_refused() {
        let Cards { head, shared, each } = Cards::samples().unwrap().remove(0);
        assert_eq!(Cards::new(head.clone(), shared.clone(), Vec::new()), Err(PrintError::Empty));
        let many = each.into_iter().cycle().take(MOST + 1).collect();
        assert_eq!(Cards::new(head, shared, many), Err(PrintError::TooMany { count: MOST + 1, most: MOST }));
    }
}
