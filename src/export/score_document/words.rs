// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What groups say of the results of a wave: `summary` and `replies`, where there are any.

use serde::Serialize;

use crate::domain::discussion::{ContributionKind, Restitution, SummaryFile};

#[derive(Default, Serialize)]
pub struct WordsEntry<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<SummaryEntry<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    replies: Vec<ReplyEntry<'a>>,
}

#[derive(Serialize)]
struct SummaryEntry<'a> {
    text: &'a str,
    revision: i32,
    written_on: String,
    positions: Vec<PositionEntry<'a>>,
}

#[derive(Serialize)]
struct PositionEntry<'a> {
    group: &'a str,
    position: &'static str,
    words: &'a str,
}

/// A reply; `indicator` is `null` where it is to all results, `text` where its group was asked to word it anew.
#[derive(Serialize)]
struct ReplyEntry<'a> {
    group: &'a str,
    indicator: Option<&'a str>,
    text: Option<&'a str>,
}

impl<'a> WordsEntry<'a> {
    pub fn new(restitution: &'a Restitution) -> Self {
        let about = |code: &'a str| Some(code).filter(|code| !code.is_empty());
        let replies = restitution.of_kind(ContributionKind::Reply).map(|one| ReplyEntry {
            group: &one.group,
            indicator: about(&one.indicator),
            text: Some(&one.text),
        });
        let reworded = restitution.reworded.iter().map(|(group, indicator)| ReplyEntry {
            group,
            indicator: about(indicator),
            text: None,
        });
        Self {
            summary: restitution.summary.as_ref().map(SummaryEntry::new),
            replies: replies.chain(reworded).collect(),
        }
    }
}

impl<'a> SummaryEntry<'a> {
    fn new(file: &'a SummaryFile) -> Self {
        let position = |one: &'a crate::domain::discussion::GroupPosition| PositionEntry {
            group: &one.group,
            position: one.position.code(),
            words: &one.words,
        };
        Self {
            text: &file.summary.text,
            revision: file.summary.revision,
            written_on: file.summary.written_on.to_string(),
            positions: file.positions.iter().map(position).collect(),
        }
    }
}
