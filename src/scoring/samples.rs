// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Small frameworks and waves for tests.

use crate::domain::framework::{Family, Framework, Indicator, Item, Level, Model, Pillar, Scale, StakeholderGroup};
use crate::domain::response::{Response, Responses};
use crate::domain::text::Text;

/// An indicator code with the codes of its items and whether each is reversed.
pub type Sketch<'a> = (&'a str, &'a [(&'a str, bool)]);

/// A framework with groups `PUB`, `TS`, `PRIV` and `CIV` on one scale. Indicators starting with `O` are obstacles,
/// with `R` results, all others facilitators.
pub fn framework(points: &[u8], indicators: &[Sketch<'_>]) -> Framework {
    let group = |code: &str| StakeholderGroup { code: code.to_owned(), name: Text::default() };
    Framework {
        id: "sample".to_owned(),
        version: "1.0.0".to_owned(),
        groups: ["PUB", "TS", "PRIV", "CIV"].map(group).into(),
        scales: vec![Scale { code: "S".to_owned(), points: points.to_vec(), prompt: None, labels: Vec::new() }],
        families: Pillar::ALL
            .map(|pillar| Family { code: pillar.code().to_owned(), pillar, name: Text::default() })
            .into(),
        indicators: indicators.iter().map(indicator).collect(),
        ..Framework::default()
    }
}

fn indicator((code, items): &Sketch<'_>) -> Indicator {
    let pillar = match code.chars().next() {
        Some('O') => Pillar::Obstacles,
        Some('R') => Pillar::Results,
        _ => Pillar::Facilitators,
    };
    Indicator {
        code: (*code).to_owned(),
        family: pillar.code().to_owned(),
        pillar,
        name: Text::default(),
        definition: Text::default(),
        model: Model::Reflective,
        waves: Vec::new(),
        trace: None,
        evidence: None,
        replaces: Vec::new(),
        items: items.iter().map(item).collect(),
    }
}

fn item((code, reverse): &(&str, bool)) -> Item {
    Item {
        code: (*code).to_owned(),
        scale: "S".to_owned(),
        audience: Vec::new(),
        level: Level::Core,
        reverse: *reverse,
        text: Text::default(),
    }
}

/// A wave of rows `(group, answers)`; respondents are called `0`, `1` … in order.
pub fn wave(framework: &Framework, name: &str, rows: &[(usize, &str)]) -> Responses {
    let mut responses = Responses::new(framework, name);
    for (number, (group, answers)) in rows.iter().enumerate() {
        let respondent = number.to_string();
        let row = Response {
            group: *group,
            answers: answers.as_bytes(),
            respondent: Some(&respondent),
            ..Response::default()
        };
        responses.push(row).unwrap();
    }
    responses
}
