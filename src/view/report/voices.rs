// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does a report give what groups say: the summary, replies to results, stories? No kind of report leaves a reply out.

use super::super::discussion::{PositionRow, ReplyView, StoryView, WordsTelling};
use super::told::Told;
use super::{Block, Section};
use crate::print::Line;

impl Told<'_> {
    fn said(&self) -> WordsTelling<'_> {
        let source = self.source;
        let (telling, framework) = (source.telling, source.framework);
        WordsTelling { telling, framework, restitution: source.restitution, href: "" }
    }

    /// The summary with what each group says of it; no section where there is none.
    pub(super) fn agreed(&self) -> Option<Section> {
        let summary = self.said().summary()?;
        let mut blocks: Vec<Block> = summary.paragraphs.into_iter().map(Block::text).collect();
        blocks.push(Block::text(summary.told));
        let position = |row: PositionRow| match row.words.as_str() {
            "" => format!("{}: {}", row.group, row.says),
            words => format!("{}: {}. “{words}”", row.group, row.says),
        };
        blocks.push(Block::points(summary.positions.into_iter().map(position)));
        Some(Section { anchor: "agreed".to_owned(), title: self.say("summary-title"), blocks })
    }

    /// What groups reply; no section where none does.
    pub(super) fn replied(&self) -> Option<Section> {
        let found = self.said().replies(None).filled()?;
        let mut blocks = vec![Block::text(self.say("replies-what"))];
        blocks.extend(found.replies.into_iter().flat_map(reply));
        if !found.reworded.is_empty() {
            blocks.push(Block::points(found.reworded));
        }
        Some(Section { anchor: "replies".to_owned(), title: self.say("replies-title"), blocks })
    }

    /// The stories; no section where there is none.
    pub(super) fn stories(&self) -> Option<Section> {
        let found = self.said().stories(None);
        if found.is_empty() {
            return None;
        }
        let mut blocks = vec![Block::text(self.say("stories-what"))];
        blocks.extend(found.into_iter().flat_map(|one| self.story(one)));
        Some(Section { anchor: "stories".to_owned(), title: self.say("stories-title"), blocks })
    }

    fn story(&self, one: StoryView) -> Vec<Block> {
        let mut blocks = vec![Block::Heading(one.domain)];
        blocks.extend(one.paragraphs.into_iter().map(Block::text));
        let indicators: Vec<String> = one.indicators.into_iter().map(|link| link.text).collect();
        let facts = [
            ("story-why", one.why),
            ("story-panel", one.panel),
            ("story-verification", one.verification),
            ("story-indicators", indicators.join(", ")),
        ];
        let facts = facts.into_iter().filter(|(_, text)| !text.is_empty());
        blocks.push(Block::Facts(facts.map(|(key, text)| Line::new(self.say(key), text)).collect()));
        blocks
    }
}

fn reply(one: ReplyView) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(format!("{} · {}", one.group, one.about.text))];
    blocks.extend(one.paragraphs.into_iter().map(Block::text));
    blocks.push(Block::text(one.confirmed));
    blocks
}
