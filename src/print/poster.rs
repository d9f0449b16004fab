// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What stands on a poster that many people pass?

use jiff::civil::date;
use serde::Serialize;

use super::Document;
use super::error::PrintError;
use super::head::{Head, Line, Said};
use super::qr::QrCode;
use crate::domain::text::Language;

/// One A4 sheet with a link that many may use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Poster {
    /// Title, language, day.
    pub head: Head,
    /// Who asks: the body, and the programme if any.
    pub kicker: String,
    /// Name of the project.
    pub title: String,
    /// Name of the wave, and of the group if the link is a group's.
    pub subtitle: String,
    /// Why, in a sentence or two.
    pub purpose: Said,
    /// What to do.
    pub sentence: String,
    /// The link.
    pub qr: QrCode,
    /// The link as it is typed.
    pub address: Line,
    /// How long it takes, until when, whom to call.
    pub facts: Vec<Line>,
    /// How answers and persons are kept apart, in one sentence.
    pub mode: String,
}

impl Document for Poster {
    const TEMPLATE: &'static str = "poster";

    fn head(&self) -> &Head {
        &self.head
    }

    fn samples() -> Result<Vec<Self>, PrintError> {
        let poster = |purpose: Said, title: &str| {
            let address = "https://valutazione.esempio.it/it/q/ABCDEFGHJKMN";
            Ok(Self {
                head: Head { title: "Manifesto".to_owned(), language: Language::It, day: date(2026, 3, 1) },
                kicker: "Comune di Esempio · Equilibri".to_owned(),
                title: title.to_owned(),
                subtitle: "Ex ante · Ente del Terzo settore".to_owned(),
                purpose,
                sentence: "Inquadri il codice QR con il telefono.".to_owned(),
                qr: QrCode::new(address, format!("Codice QR: apre {address}"))?,
                address: Line::new("Oppure scriva l'indirizzo", "valutazione.esempio.it/q/ABCDEFGHJKMN"),
                facts: vec![
                    Line::new("Quanto dura", "Circa 6 minuti"),
                    Line::new("Fino a quando", "31 marzo 2026"),
                    Line::new("Per informazioni", "011 000000"),
                ],
                mode: "Il questionario è anonimo.".to_owned(),
            })
        };
        let english = Said { text: "To do better.".to_owned(), lang: Some("en".to_owned()) };
        Ok(vec![
            poster("Per capire che cosa funziona e che cosa no.".into(), "Orto di quartiere")?,
            poster(english, &"Un nome che non finisce mai ".repeat(11))?,
        ])
    }
}
