// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is said of a proposal: whose it is, how it stands, what its ratings came to. Groups are named, people never.

use super::board::BoardItem;
use super::numbers;
use super::words::{Value, words};
use crate::domain::delphi::{CriterionOutcome, GroupOutcome, Lack, LackPlace, RoundOutcome};
use crate::domain::framework::Framework;
use crate::domain::moderation::{Moderation, Remark};
use crate::domain::proposal::{Consensus, Contribution, Proposal, ProposalAct, ProposalState};
use crate::domain::text::Language;
use crate::domain::withheld::Given;

/// What is said of proposals on a page in one language.
#[derive(Clone, Copy, Debug)]
pub struct ProposalTelling<'a> {
    /// The framework, which names the groups.
    pub framework: &'a Framework,
    /// The language.
    pub language: Language,
}

impl ProposalTelling<'_> {
    /// The name of a group; of none, the coordination.
    #[must_use]
    pub fn group(self, code: &str) -> String {
        if code.is_empty() {
            return words(self.language).say("proposal-of-staff");
        }
        self.framework.group(code).map_or(code, |group| group.name.get(self.language)).to_owned()
    }

    /// The names of the groups that a proposal comes from.
    #[must_use]
    pub fn origin(self, proposal: &Proposal) -> String {
        if proposal.groups.is_empty() {
            return self.group("");
        }
        proposal.groups.iter().map(|code| self.group(code)).collect::<Vec<_>>().join(", ")
    }

    /// How a proposal stands.
    #[must_use]
    pub fn state(self, proposal: &Proposal) -> String {
        let words = words(self.language);
        match (proposal.moderation, proposal.state, proposal.consensus) {
            (Moderation::Waiting, ..) => words.say("proposal-waits"),
            (Moderation::Hidden, ..) => words.say("proposal-hidden"),
            (Moderation::Kept, ProposalState::Adopted, Some(Consensus::Missing)) => {
                words.say("proposal-state-adopted-missing")
            }
            (Moderation::Kept, ProposalState::Rating | ProposalState::Rated, _) => {
                let key = format!("proposal-state-{}", proposal.state.code());
                words.say_with(&key, [("round", usize::try_from(proposal.round).unwrap_or_default().into())])
            }
            (Moderation::Kept, state, _) => words.say(&format!("proposal-state-{}", state.code())),
        }
    }

    /// A proposal in a list.
    #[must_use]
    pub fn item(self, proposal: &Proposal, href: String) -> BoardItem {
        let pillar = words(self.language).say(&format!("proposal-pillar-{}", proposal.said.pillar.code()));
        BoardItem {
            name: proposal.said.title.clone(),
            href,
            detail: format!("{} · {pillar} · {}", proposal.said.question, self.origin(proposal)),
            flag: self.state(proposal),
            good: proposal.moderation == Moderation::Kept && proposal.state != ProposalState::Rejected,
            ..BoardItem::default()
        }
    }

    /// Something said about a proposal.
    #[must_use]
    pub fn contribution(self, said: &Contribution) -> BoardItem {
        let words = words(self.language);
        let flag = match said.moderation {
            Moderation::Kept => String::new(),
            Moderation::Waiting => words.say("proposal-waits"),
            Moderation::Hidden => {
                words.say_with("proposal-hidden-why", [("why", Value::from(said.hidden_why.as_str()))])
            }
        };
        BoardItem {
            name: format!("{}, {}", self.group(&said.group), numbers::day(said.said_on, self.language)),
            detail: said.words.clone(),
            flag,
            ..BoardItem::default()
        }
    }

    /// Something done with a proposal.
    #[must_use]
    pub fn act(self, act: &ProposalAct) -> BoardItem {
        let who = if act.group.is_empty() { act.actor.clone() } else { self.group(&act.group) };
        BoardItem {
            name: words(self.language).say(&format!("proposal-deed-{}", act.deed.code())),
            detail: [who, numbers::day(act.done_on, self.language), act.note.clone()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · "),
            ..BoardItem::default()
        }
    }

    /// What a round came to: how many rated, medians of all and of each group, and what follows.
    #[must_use]
    pub fn round(self, round: &RoundOutcome) -> Vec<BoardItem> {
        let words = words(self.language);
        let all = [("proposal-relevance", round.relevance), ("proposal-clarity", round.clarity)];
        let criterion = |(key, outcome): (&str, CriterionOutcome)| BoardItem {
            name: words.say(key),
            detail: self.criterion(outcome),
            ..BoardItem::default()
        };
        let mut items: Vec<BoardItem> = all.into_iter().map(criterion).collect();
        items.extend(round.groups.iter().map(|group| self.group_item(group)));
        let lacks: Vec<String> = round.verdict.lacks().iter().map(|lack| self.lack(lack)).collect();
        items.push(BoardItem {
            name: words.say(&format!("proposal-verdict-{}", round.verdict.code())),
            detail: lacks.join(" "),
            ..BoardItem::default()
        });
        items
    }

    /// Why words wait to be read by somebody.
    #[must_use]
    pub fn remarks(self, remarks: &[Remark]) -> String {
        let words = words(self.language);
        let told = |remark: &Remark| {
            words.say_with(&format!("proposal-remark-{}", remark.code()), [("about", Value::from(remark.about()))])
        };
        let why: Vec<String> = remarks.iter().map(told).collect();
        words.say_with("proposal-sent-waits", [("why", Value::from(why.join(" ")))])
    }

    fn criterion(self, outcome: CriterionOutcome) -> String {
        let percent = |share: f64| format!("{}%", numbers::quantity((share * 100.0).floor(), self.language));
        let values = [
            ("median", self.point(outcome.median)),
            ("spread", self.point(outcome.spread)),
            ("top", self.given(outcome.top, percent)),
        ];
        let counts = [("given", outcome.given), ("unknown", outcome.not_known)];
        let counts = counts.map(|(name, count)| (name, Value::from(usize::try_from(count).unwrap_or_default())));
        let values = values.into_iter().map(|(name, value)| (name, Value::from(value)));
        words(self.language).say_all("proposal-criterion", values.chain(counts))
    }

    fn group_item(self, group: &GroupOutcome) -> BoardItem {
        let values = [
            ("count", Value::from(usize::try_from(group.rated).unwrap_or_default())),
            ("relevance", Value::from(self.point(group.relevance))),
            ("clarity", Value::from(self.point(group.clarity))),
        ];
        BoardItem {
            name: self.group(&group.group),
            detail: words(self.language).say_with("proposal-group-medians", values),
            ..BoardItem::default()
        }
    }

    fn lack(self, lack: &Lack) -> String {
        let words = words(self.language);
        let what = words.say(&format!("proposal-{}", lack.criterion.code()));
        let group = match &lack.place {
            LackPlace::Group(code) => self.group(code),
            LackPlace::Overall | LackPlace::SmallGroup | LackPlace::Spread => String::new(),
        };
        let key = format!("proposal-lack-{}", lack.place.code());
        words.say_with(&key, [("what", Value::from(what)), ("group", Value::from(group))])
    }

    /// A median or a distance between quartiles: halves and quarters.
    fn point(self, value: Given<f64>) -> String {
        self.given(value, |value| {
            let written = format!("{value:.2}");
            let short = written.trim_end_matches('0').trim_end_matches('.');
            match self.language {
                Language::It => short.replace('.', ","),
                Language::En => short.to_owned(),
            }
        })
    }

    fn given(self, value: Given<f64>, told: impl Fn(f64) -> String) -> String {
        value.map_or_else(|reason| words(self.language).say(&format!("withheld-{}", reason.code())), told)
    }
}
