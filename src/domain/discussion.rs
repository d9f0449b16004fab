// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do those who answered say of their results: what of it is shown, under whose name, and what may nobody take away?

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::moderation::Moderation;

/// From how many texts of a group on it is said of each that it comes from that group.
///
/// # Source
/// `docs/methods.md`, what may be shown: free text is never sorted by group below eight texts.
pub const TAGGED_FROM: usize = 8;
/// Characters of the longest text in a thread.
pub const LONGEST_TEXT: usize = 1000;
/// Characters of the longest reply of a group.
pub const LONGEST_REPLY: usize = 600;
/// Characters of the longest story.
pub const LONGEST_STORY: usize = 3000;
/// Characters of the longest summary.
pub const LONGEST_SUMMARY: usize = 2000;

/// Something that was said of the results of a wave. A later text of the same author takes the place of an earlier one,
/// which is kept; nothing is deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// The body that owns it.
    pub organisation_id: Uuid,
    /// Identity; it says nothing of when it was written.
    pub id: Uuid,
    /// The wave it is about.
    pub wave_id: Uuid,
    /// What it is.
    pub kind: ContributionKind,
    /// Code of the indicator it is about; empty: the whole wave.
    pub indicator: String,
    /// What it answers, in a thread.
    pub prompt: Option<Prompt>,
    /// Code of its author's group; empty where staff wrote it.
    pub group: String,
    /// Key of the participant who wrote it; empty where staff did.
    pub key: String,
    /// Name of the member of staff who wrote it; empty for participants, who have none here.
    pub author: String,
    /// The words.
    pub text: String,
    /// What belongs to a story.
    pub story: Option<Story>,
    /// Whether it may be seen.
    pub moderation: Moderation,
    /// Why it was hidden; empty otherwise.
    pub reason: String,
    /// Who said that it is the group's reply; none while nobody did, and for everything else.
    pub confirmation: Option<Confirmation>,
    /// What was written down with the confirmation.
    pub note: String,
    /// Whether it still stands.
    pub standing: Standing,
    /// Its turn in the wave, from 1.
    pub place: i32,
}

/// What a contribution is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ContributionKind {
    /// A text in the thread of an indicator.
    Thread,
    /// The reply of a group to a result.
    Reply,
    /// A story of change.
    Story,
}

/// What is talked about in the thread of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Prompt {
    /// Why is it so?
    Why,
    /// Do we agree?
    Agree,
    /// What is missing?
    Missing,
}

/// What belongs to a story besides its words.
///
/// # Source
/// Davies & Dart 2005, The Most Significant Change technique.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// What the change is about.
    pub domain: String,
    /// Why it was chosen among others.
    pub why: String,
    /// Who chose it.
    pub panel: String,
    /// How it was verified.
    pub verification: String,
    /// Codes of the indicators it is told beside.
    pub indicators: Vec<String>,
    /// Whether whoever it is about agreed that it is published.
    pub consent: Consent,
}

/// Whether somebody agreed to a publication.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Consent {
    /// They did.
    Given,
    /// They did not, or were not asked.
    #[default]
    Missing,
}

/// Who said that a text is the reply of its group. Any of them is enough, so that none can block it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// Whoever sits in the committee for the group.
    Seat,
    /// Enough people of the group.
    Supporters,
    /// Staff, on behalf of the group, with a note.
    Staff,
}

/// Whether a contribution still stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Current,
    /// A later text took its place.
    Superseded,
}

/// A summary of the results in plain words. A further revision takes its place; it is never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The body that owns it.
    pub organisation_id: Uuid,
    /// Identity of this revision: what the groups take their position on.
    pub id: Uuid,
    /// The wave.
    pub wave_id: Uuid,
    /// Which revision, from 1.
    pub revision: i32,
    /// The words.
    pub text: String,
    /// Who wrote it.
    pub author: String,
    /// The day.
    pub written_on: Date,
}

/// What a group says of the summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupPosition {
    /// Code of the group.
    pub group: String,
    /// What it says.
    pub position: Position,
    /// In its words; they travel with the summary. Empty where it adds none.
    pub words: String,
}

/// Whether a group agrees with the summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Position {
    /// It does.
    Approved,
    /// It does not.
    Dissents,
    /// It leaves it to the others.
    Abstains,
    /// It has a seat and has said nothing yet.
    Silent,
    /// Nobody sits in the committee for it.
    NotAsked,
}

/// A summary with what each group says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryFile {
    /// The last revision.
    pub summary: Summary,
    /// Each group of the wave.
    pub positions: Vec<GroupPosition>,
}

/// Everything that is shown beside the results of a wave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restitution {
    /// The summary, once there is one.
    pub summary: Option<SummaryFile>,
    /// What is shown of threads, replies and stories, by their turn.
    pub shown: Vec<Contribution>,
    /// Codes of the groups whose texts in threads say whose they are.
    pub tagged: BTreeSet<String>,
    /// Replies that their groups were asked to word anew: group and indicator. That there is one is always said.
    pub reworded: Vec<(String, String)>,
}

impl ContributionKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Thread, Self::Reply, Self::Story];

    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Thread => "thread",
            Self::Reply => "reply",
            Self::Story => "story",
        }
    }

    /// The kind stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

impl Prompt {
    /// Every prompt, in the order they are asked.
    pub const ALL: [Self; 3] = [Self::Why, Self::Agree, Self::Missing];

    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Why => "why",
            Self::Agree => "agree",
            Self::Missing => "missing",
        }
    }

    /// The prompt stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

impl Confirmation {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Seat, Self::Supporters, Self::Staff];

    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Seat => "seat",
            Self::Supporters => "supporters",
            Self::Staff => "staff",
        }
    }

    /// The way stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

impl Standing {
    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Superseded => "superseded",
        }
    }

    /// The standing stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Current, Self::Superseded].into_iter().find(|one| one.code() == code)
    }
}

impl Position {
    /// The word of documents and texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Dissents => "dissents",
            Self::Abstains => "abstains",
            Self::Silent => "silent",
            Self::NotAsked => "not_asked",
        }
    }
}

impl Contribution {
    /// Whether it is shown to whoever sees the results: it stands, it was not held back, a reply is its group's and a
    /// story may be published.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        let settled = match self.kind {
            ContributionKind::Thread => true,
            ContributionKind::Reply => self.confirmation.is_some(),
            ContributionKind::Story => self.story.as_ref().is_some_and(|one| one.consent == Consent::Given),
        };
        settled && self.standing == Standing::Current && self.moderation == Moderation::Kept
    }

    /// Whether it is a reply whose group was asked to word it anew.
    fn is_reworded(&self) -> bool {
        let held = match self.moderation {
            Moderation::Kept => false,
            Moderation::Waiting => self.confirmation.is_some(),
            Moderation::Hidden => true,
        };
        held && self.kind == ContributionKind::Reply && self.standing == Standing::Current
    }

    /// Whether it is about an indicator.
    #[must_use]
    pub fn is_about(&self, indicator: &str) -> bool {
        let linked = self.story.as_ref().is_some_and(|story| story.indicators.iter().any(|code| code == indicator));
        linked || self.indicator == indicator
    }
}

impl Restitution {
    /// What is shown of everything that was said. `k_show` is the smallest group that is ever shown.
    #[must_use]
    pub fn new(summary: Option<SummaryFile>, said: Vec<Contribution>, k_show: u32) -> Self {
        let (shown, held): (Vec<Contribution>, Vec<Contribution>) = said.into_iter().partition(Contribution::is_shown);
        let reworded = held.into_iter().filter(Contribution::is_reworded).map(|one| (one.group, one.indicator));
        Self { summary, tagged: tagged(&shown, k_show), reworded: reworded.collect(), shown }
    }

    /// What is shown of one kind.
    pub fn of_kind(&self, kind: ContributionKind) -> impl Iterator<Item = &Contribution> {
        self.shown.iter().filter(move |one| one.kind == kind)
    }

    /// What is shown of one kind about an indicator.
    pub fn about<'a>(&'a self, kind: ContributionKind, indicator: &'a str) -> impl Iterator<Item = &'a Contribution> {
        self.of_kind(kind).filter(move |one| one.is_about(indicator))
    }

    /// The group that a text in a thread is said to be of; none where it is only said to be of a group.
    #[must_use]
    pub fn group_of<'a>(&self, one: &'a Contribution) -> Option<&'a str> {
        self.tagged.contains(&one.group).then_some(one.group.as_str())
    }
}

/// The groups whose texts in threads may say whose they are: of at least [`TAGGED_FROM`] texts, by at least `k_show`
/// people. Never all but one, which would then be known too: the tagged group with the fewest texts joins it.
#[must_use]
pub fn tagged(shown: &[Contribution], k_show: u32) -> BTreeSet<String> {
    let mut texts: BTreeMap<&str, (usize, BTreeSet<&str>)> = BTreeMap::new();
    for one in shown.iter().filter(|one| one.kind == ContributionKind::Thread) {
        let of_group = texts.entry(one.group.as_str()).or_default();
        of_group.0 += 1;
        of_group.1.insert(&one.key);
    }
    let people = usize::try_from(k_show).unwrap_or(usize::MAX);
    let enough = |(count, authors): &(usize, BTreeSet<&str>)| *count >= TAGGED_FROM && authors.len() >= people;
    let mut tagged: Vec<(usize, &str)> =
        texts.iter().filter(|(_, of_group)| enough(of_group)).map(|(group, (count, _))| (*count, *group)).collect();
    tagged.sort_unstable();
    if texts.len() == tagged.len() + 1 && !tagged.is_empty() {
        tagged.remove(0);
    }
    tagged.into_iter().map(|(_, group)| group.to_owned()).collect()
}

/// How many people of a group make a text its reply: `k_show`, or more than half of a group that is smaller; two at least.
#[must_use]
pub fn supporters_needed(k_show: u32, listed: Option<u32>) -> u32 {
    listed.map_or(k_show, |listed| k_show.min(listed / 2 + 1)).max(2)
}

/// The question on which groups take their position on a revision of the summary.
#[must_use]
pub fn summary_question(id: Uuid) -> String {
    format!("summary:{}", id.simple())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A text in a thread, shown.
    pub(crate) fn thread(group: &str, key: &str, text: &str) -> Contribution {
        Contribution {
            organisation_id: Uuid::nil(),
            id: Uuid::nil(),
            wave_id: Uuid::nil(),
            kind: ContributionKind::Thread,
            indicator: "FC1".to_owned(),
            prompt: Some(Prompt::Why),
            group: group.to_owned(),
            key: key.to_owned(),
            author: String::new(),
            text: text.to_owned(),
            story: None,
            moderation: Moderation::Kept,
            reason: String::new(),
            confirmation: None,
            note: String::new(),
            standing: Standing::Current,
            place: 1,
        }
    }

    fn texts(group: &str, texts: usize, people: usize) -> Vec<Contribution> {
        (0..texts).map(|n| thread(group, &format!("{group}{}", n % people), "x")).collect()
    }

    fn tags(groups: &[(&str, usize, usize)]) -> Vec<String> {
        let all: Vec<Contribution> = groups.iter().flat_map(|(group, n, people)| texts(group, *n, *people)).collect();
        tagged(&all, 5).into_iter().collect()
    }

    #[test]
    fn texts_say_whose_they_are_from_eight_on_and_from_enough_people() {
        assert_eq!(tags(&[]), Vec::<String>::new());
        assert_eq!(tags(&[("A", 7, 7)]), Vec::<String>::new());
        assert_eq!(tags(&[("A", 8, 5)]), ["A"]);
        assert_eq!(tags(&[("A", 9, 4)]), Vec::<String>::new(), "nine texts of four people");
        assert_eq!(tags(&[("A", 8, 8), ("B", 9, 9)]), ["A", "B"]);
    }

    #[test]
    fn the_only_group_without_a_tag_is_not_known_by_that() {
        assert_eq!(tags(&[("A", 8, 8), ("B", 9, 9), ("C", 2, 2)]), ["B"]);
        assert_eq!(tags(&[("A", 8, 8), ("C", 2, 2)]), Vec::<String>::new());
        assert_eq!(tags(&[("A", 8, 8), ("B", 1, 1), ("C", 2, 2)]), ["A"]);
    }

    #[test]
    fn a_reply_is_shown_once_it_is_its_groups_and_a_story_with_consent() {
        let said = thread("A", "a", "x");
        assert!(said.is_shown());
        assert!(!Contribution { moderation: Moderation::Waiting, ..said.clone() }.is_shown());
        assert!(!Contribution { standing: Standing::Superseded, ..said.clone() }.is_shown());
        let reply = Contribution { kind: ContributionKind::Reply, prompt: None, ..said.clone() };
        assert!(!reply.is_shown());
        for confirmation in Confirmation::ALL {
            assert!(Contribution { confirmation: Some(confirmation), ..reply.clone() }.is_shown());
        }
        let story = |consent| Contribution {
            kind: ContributionKind::Story,
            story: Some(Story { consent, indicators: vec!["RF1".to_owned()], ..Story::default() }),
            ..said.clone()
        };
        assert!(story(Consent::Given).is_shown() && !story(Consent::Missing).is_shown());
        assert!(story(Consent::Given).is_about("RF1") && !story(Consent::Given).is_about("OB1"));
    }

    #[test]
    fn a_reply_that_is_held_back_leaves_a_trace() {
        let held = |moderation, confirmation| {
            let kind = ContributionKind::Reply;
            let reply = Contribution { kind, moderation, confirmation, ..thread("ETS", "a", "x") };
            Restitution::new(None, vec![reply], 5).reworded
        };
        let trace = [("ETS".to_owned(), "FC1".to_owned())];
        assert_eq!(held(Moderation::Hidden, None), trace);
        assert_eq!(held(Moderation::Waiting, Some(Confirmation::Seat)), trace);
        assert_eq!(held(Moderation::Waiting, None), []);
        assert_eq!(held(Moderation::Kept, None), []);
    }

    #[test]
    fn a_small_group_needs_more_than_half_of_its_people_and_never_only_one() {
        let cases = [(None, 5), (Some(40), 5), (Some(9), 5), (Some(6), 4), (Some(3), 2), (Some(1), 2), (Some(0), 2)];
        for (listed, needed) in cases {
            assert_eq!(supporters_needed(5, listed), needed, "{listed:?}");
        }
    }

    #[test]
    fn every_word_is_read_as_it_is_stored() {
        assert!(ContributionKind::ALL.into_iter().all(|one| ContributionKind::from_code(one.code()) == Some(one)));
        assert!(Prompt::ALL.into_iter().all(|one| Prompt::from_code(one.code()) == Some(one)));
        assert!(Confirmation::ALL.into_iter().all(|one| Confirmation::from_code(one.code()) == Some(one)));
        assert_eq!(Standing::from_code("superseded"), Some(Standing::Superseded));
        assert_eq!((Standing::from_code(""), Prompt::from_code("how")), (None, None));
    }
}
