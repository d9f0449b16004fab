// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! An indicator of a project's own: its sheet, and the framework version it makes together with a locked core.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::framework::{Family, Framework, Indicator, Item, Level, Model, Pillar};
use super::questionnaire::Questionnaire;
use super::text::Text;

/// Most items of one local indicator.
pub const MOST_ITEMS: usize = 4;
/// Above so many items a questionnaire is long for people who answer for themselves.
pub const MANY_FOR_CITIZENS: usize = 25;
/// Above so many items it is long for organisations too.
pub const MANY_FOR_ORGANISATIONS: usize = 40;
/// What marks a version as a core with local indicators, between the core's version and a number.
const MARK: &str = "-local.";

/// What a sheet says beside what the questionnaire needs, in its order. Words of whoever writes it; any may be empty.
pub const NOTES: [&str; 12] = [
    "period",
    "computation",
    "goalposts",
    "minimum",
    "unit",
    "disaggregations",
    "holder",
    "frequency",
    "limits",
    "links",
    "sensitivity",
    "changes",
];

/// A local indicator of a wave, drafted or frozen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalIndicator {
    /// The body that owns it.
    pub organisation_id: Uuid,
    /// Identity.
    pub id: Uuid,
    /// The wave it is written for.
    pub wave_id: Uuid,
    /// The adopted proposal it comes from; nothing where the coordinator began it.
    pub proposal_id: Option<Uuid>,
    /// Code, unique in the framework and in the project; its items add a letter.
    pub code: String,
    /// Its sheet.
    pub sheet: IndicatorSheet,
    /// Whether it counts in the composite.
    pub composite: InComposite,
    /// How often it was changed.
    pub revision: i32,
}

/// Whether an indicator counts in the composite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InComposite {
    /// It does.
    Yes,
    /// It is asked and shown, with weight 0: it was adopted without consensus.
    No,
}

/// The sheet of an indicator.
///
/// # Source
/// The fields of the metadata sheets of SDG and BES indicators.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IndicatorSheet {
    /// Name.
    pub title: Text,
    /// The question it answers, in plain words.
    pub question: Text,
    /// Code of its family: one of the framework's, or one of [`local_families`].
    pub family: String,
    /// What it means.
    pub definition: Text,
    /// Why it is asked.
    pub rationale: String,
    /// Codes of the groups that proposed it.
    pub proposed_by: Vec<String>,
    /// For which need.
    pub need: String,
    /// What it rests on.
    pub kind: SheetKind,
    /// How items and indicator hang together.
    pub model: Model,
    /// Code of the scale of its items.
    pub scale: String,
    /// Codes of the groups asked; none: all.
    pub groups: Vec<String>,
    /// Its items.
    pub items: Vec<SheetItem>,
    /// Everything else, by the words of [`NOTES`].
    pub notes: BTreeMap<String, String>,
}

/// What an indicator rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SheetKind {
    /// What people say.
    #[default]
    Opinion,
    /// What a body has on record.
    Administrative,
    /// Levels that are described, one of which is chosen.
    Rubric,
    /// What people say, with stories behind it.
    Story,
}

/// An item of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetItem {
    /// The statement.
    pub text: Text,
    /// A high answer means less of the indicator.
    pub reverse: bool,
}

/// Something that somebody said aloud while answering an item on trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PretestNote {
    /// Code of the item.
    pub item: String,
    /// Code of their group.
    pub group: String,
    /// What they said, or what was seen.
    pub note: String,
    /// Who noted it.
    pub noted_by: String,
    /// The day.
    pub noted_on: Date,
}

/// A framework version that a body has beside those of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnFramework {
    /// The body.
    pub organisation_id: Uuid,
    /// SHA-256 of the version.
    pub sha256: String,
    /// SHA-256 of the core that it holds unchanged, where it is known.
    pub core_sha256: Option<String>,
    /// SHA-256 of what the wave asked before it was frozen; nothing where it came from a file.
    pub base_sha256: Option<String>,
    /// The wave it was frozen for; nothing where it came from a file.
    pub wave_id: Option<Uuid>,
    /// Codes of indicators that are asked and stay out of the composite.
    pub outside: Vec<String>,
    /// Who froze it or brought it in.
    pub added_by: String,
    /// The day.
    pub added_on: Date,
}

/// How many items a group is asked, where that is many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Burden {
    /// Code of the group.
    pub group: String,
    /// How many items.
    pub items: usize,
    /// For whom that is many.
    pub many_for: ManyFor,
}

/// For whom a questionnaire is long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ManyFor {
    /// For people who answer for themselves: more than [`MANY_FOR_CITIZENS`] items.
    Citizens,
    /// For organisations too: more than [`MANY_FOR_ORGANISATIONS`].
    Organisations,
}

impl ManyFor {
    /// The end of the key of its words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Citizens => "citizens",
            Self::Organisations => "organisations",
        }
    }
}

impl InComposite {
    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
        }
    }

    /// The word's meaning.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Yes, Self::No].into_iter().find(|one| one.code() == code)
    }
}

impl SheetKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Opinion, Self::Administrative, Self::Rubric, Self::Story];

    /// The word in forms and keys of texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Opinion => "opinion",
            Self::Administrative => "administrative",
            Self::Rubric => "rubric",
            Self::Story => "story",
        }
    }

    /// The kind of this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// The families that local indicators may stand in beside those of the framework: one a pillar.
#[must_use]
pub fn local_families() -> [Family; 3] {
    let family =
        |code: &str, pillar, it: &str, en: &str| Family { code: code.to_owned(), pillar, name: Text::both(it, en) };
    [
        family("LOC-F", Pillar::Facilitators, "Che cosa aiuta, in questo progetto", "What helps, in this project"),
        family("LOC-O", Pillar::Obstacles, "Che cosa ostacola, in questo progetto", "What hinders, in this project"),
        family("LOC-R", Pillar::Results, "Che cosa cambia, in questo progetto", "What changes, in this project"),
    ]
}

/// The family with this code: the framework's, or a local one.
#[must_use]
pub fn family(framework: &Framework, code: &str) -> Option<Family> {
    framework.family(code).cloned().or_else(|| local_families().into_iter().find(|one| one.code == code))
}

/// The code that comes after those taken: `L1`, `L2`, …
#[must_use]
pub fn next_code(core: &Framework, taken: &[String]) -> String {
    let is_free = |code: &String| {
        !taken.contains(code)
            && core.indicator(code).is_none()
            && core.items().all(|(_, item)| !item.code.starts_with(code.as_str()))
    };
    (1..=u16::MAX).map(|number| format!("L{number}")).find(is_free).unwrap_or_default()
}

/// The version of a core with local indicators: the core's own, then the mark, the project and how many there were
/// before. What continues a version with local indicators counts on from the same core.
#[must_use]
pub fn local_version(core: &str, project: Uuid, number: usize) -> String {
    let core = core.split_once(MARK).map_or(core, |(core, _)| core);
    let project: String = project.simple().to_string().chars().skip(20).collect();
    format!("{core}{MARK}{project}.{number}")
}

/// The version of the core inside a version made by [`local_version`].
#[must_use]
pub fn core_version(version: &str) -> Option<&str> {
    version.split_once(MARK).map(|(core, _)| core)
}

/// A framework version: the core as it is, and after it the local families and indicators. Everything of the core keeps
/// its place, so that answers to it line up with answers to the core alone.
#[must_use]
pub fn with_local(core: &Framework, locals: &[LocalIndicator], version: &str) -> Framework {
    let mut made = Framework { version: version.to_owned(), ..core.clone() };
    for own in local_families() {
        let used = locals.iter().any(|local| local.sheet.family == own.code);
        if used && core.family(&own.code).is_none() {
            made.families.push(own);
        }
    }
    made.indicators.extend(locals.iter().filter_map(|local| indicator(core, local)));
    made
}

/// Whether a version holds this core unchanged, with nothing but families and indicators after it.
#[must_use]
pub fn holds_core(core: &Framework, version: &Framework) -> bool {
    let begins_with = |version: &Framework| {
        version.families.starts_with(&core.families) && version.indicators.starts_with(&core.indicators)
    };
    let bare = Framework {
        version: core.version.clone(),
        families: core.families.clone(),
        indicators: core.indicators.clone(),
        ..version.clone()
    };
    begins_with(version) && bare == *core
}

/// The groups that are asked many items, and for whom that would be many: a framework does not say which of its groups
/// are people and which are organisations.
#[must_use]
pub fn burdens(framework: &Framework, wave_type: &str, level: Level) -> Vec<Burden> {
    let burden = |group: &str| {
        let items = Questionnaire::for_group(framework, wave_type, level, group).questions().count();
        let many_for = if items > MANY_FOR_ORGANISATIONS { ManyFor::Organisations } else { ManyFor::Citizens };
        (items > MANY_FOR_CITIZENS).then(|| Burden { group: group.to_owned(), items, many_for })
    };
    framework.groups.iter().filter_map(|group| burden(&group.code)).collect()
}

fn indicator(core: &Framework, local: &LocalIndicator) -> Option<Indicator> {
    let sheet = &local.sheet;
    let family = family(core, &sheet.family)?;
    let item = |(letter, item): (char, &SheetItem)| Item {
        code: format!("{}{letter}", local.code),
        scale: sheet.scale.clone(),
        audience: sheet.groups.clone(),
        level: Level::Core,
        reverse: item.reverse,
        text: item.text.clone(),
    };
    let from = sheet.proposed_by.join(", ");
    Some(Indicator {
        code: local.code.clone(),
        family: family.code,
        pillar: family.pillar,
        name: sheet.title.clone(),
        definition: if sheet.definition == Text::default() { sheet.question.clone() } else { sheet.definition.clone() },
        model: sheet.model,
        waves: Vec::new(),
        trace: Some(if from.is_empty() { "local".to_owned() } else { format!("local: {from}") }),
        evidence: None,
        replaces: Vec::new(),
        items: ('a'..='z').zip(&sheet.items).map(item).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::comparability::{Comparability, continued};
    use super::*;
    use crate::scoring::samples;

    fn local(code: &str, family: &str) -> LocalIndicator {
        let item = |text: &str, reverse| SheetItem { text: Text::both(text, text), reverse };
        LocalIndicator {
            organisation_id: Uuid::nil(),
            id: Uuid::nil(),
            wave_id: Uuid::nil(),
            proposal_id: None,
            code: code.to_owned(),
            sheet: IndicatorSheet {
                title: Text::both("Orari", "Opening hours"),
                question: Text::both("Gli orari vanno bene?", "Do the hours fit?"),
                family: family.to_owned(),
                proposed_by: vec!["BEN".to_owned()],
                scale: "S".to_owned(),
                items: vec![item("Gli orari mi vanno bene.", true), item("Trovo chiuso quando arrivo.", false)],
                ..IndicatorSheet::default()
            },
            composite: InComposite::Yes,
            revision: 1,
        }
    }

    fn core() -> Framework {
        samples::framework(&[1, 2, 3, 4, 5], &[("F1", &[("F1a", false)]), ("R1", &[("R1a", false)])])
    }

    #[test]
    fn the_core_keeps_its_place_and_is_compared_in_full() {
        let core = core();
        let made = with_local(&core, &[local("L1", "LOC-O")], "1.0.0-local.ab.1");
        assert!(holds_core(&core, &made));
        let codes: Vec<&str> = made.items().map(|(_, item)| item.code.as_str()).collect();
        assert_eq!(codes, ["F1a", "R1a", "L1a", "L1b"]);
        assert_eq!(made.indicator("L1").unwrap().pillar, Pillar::Obstacles);
        assert_eq!(made.families.last().unwrap().code, "LOC-O");
        let links = continued(&core, &made);
        let full = |code: &str| links.iter().find(|one| one.indicator == code).unwrap().comparability;
        assert_eq!((full("F1"), full("R1")), (Comparability::Full, Comparability::Full));
        assert!(matches!(full("L1"), Comparability::None(_)), "what is new has no past");
    }

    #[test]
    fn a_core_that_was_touched_is_noticed() {
        let core = core();
        let mut made = with_local(&core, &[local("L1", "LOC-O")], "1.0.0-local.ab.1");
        made.indicators[0].items[0].reverse = true;
        assert!(!holds_core(&core, &made));
        let mut other = with_local(&core, &[], "1.0.0-local.ab.1");
        other.scales.clear();
        assert!(!holds_core(&core, &other));
    }

    #[test]
    fn codes_and_versions_count_on() {
        let project = Uuid::from_u128(0xabc);
        let first = local_version("1.0.0", project, 1);
        assert_eq!(first, "1.0.0-local.000000000abc.1");
        assert_eq!(local_version(&first, project, 2), "1.0.0-local.000000000abc.2");
        assert_eq!((core_version(&first), core_version("1.0.0-draft")), (Some("1.0.0"), None));
        assert_eq!(next_code(&core(), &["L1".to_owned()]), "L2");
    }

    #[test]
    fn many_items_are_told_group_by_group() {
        let found = |count: usize| {
            let codes: Vec<String> = (0..count).map(|number| format!("X{number}")).collect();
            let items: Vec<(&str, bool)> = codes.iter().map(|code| (code.as_str(), false)).collect();
            let framework = samples::framework(&[1, 2], &[("X", &items)]);
            burdens(&framework, "T0", Level::Core)
        };
        assert_eq!(found(25), []);
        assert_eq!(found(26).len(), 4);
        assert!(found(40).iter().all(|one| (one.items, one.many_for) == (40, ManyFor::Citizens)));
        assert!(found(41).iter().all(|one| one.many_for == ManyFor::Organisations));
    }
}
