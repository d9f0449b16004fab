// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What the groups of the demonstration propose for the wave that is being defined. All of it is invented.

use std::collections::BTreeMap;

use jiff::ToSpan;
use serde::Deserialize;
use uuid::Uuid;

use super::ACCOUNTS;
use crate::app::planning::saved;
use crate::app::{App, Refusal};
use crate::domain::delphi::Rating;
use crate::domain::framework::{Framework, Pillar};
use crate::domain::local_indicator::{InComposite, IndicatorSheet, LocalIndicator, PretestNote, SheetItem, next_code};
use crate::domain::moderation::Moderation;
use crate::domain::phase::Phase;
use crate::domain::proposal::{Consensus, Contribution, Deed, Proposal, ProposalAct, ProposalState, Said};
use crate::domain::text::Text;
use crate::domain::wave::Wave;
use crate::store::{self, Db};

/// Days between two things that were done, up to today.
const PACE: i64 = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    proposal: Vec<ProposalContent>,
    local: Vec<LocalContent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProposalContent {
    key: String,
    pillar: Pillar,
    title: String,
    question: String,
    why: String,
    #[serde(default)]
    wording: String,
    groups: Vec<String>,
    #[serde(default)]
    parents: Vec<String>,
    state: String,
    consensus: Option<String>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    said: Vec<SaidContent>,
    #[serde(default)]
    round: Vec<RoundContent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SaidContent {
    group: String,
    words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoundContent {
    rating: Vec<RatingContent>,
}

/// What the voices of a group said, each in its place; 0 is "don't know".
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RatingContent {
    group: String,
    relevance: Vec<u8>,
    clarity: Vec<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LocalContent {
    from: String,
    family: String,
    title: Text,
    question: Text,
    definition: Text,
    need: String,
    items: Vec<Text>,
    notes: BTreeMap<String, String>,
    pretest: Vec<PretestContent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PretestContent {
    item: usize,
    group: String,
    note: String,
}

/// Fills the first wave of a body whose indicators are being defined, where there is one.
pub(super) fn load(app: &App, db: &mut Db, organisation: Uuid) -> Result<(), Refusal> {
    let Ok(content) = toml::from_str::<Content>(include_str!("proposals.toml")) else { return Err(Refusal::NotFound) };
    for project in store::projects::of_organisation(db, organisation)? {
        let waves = store::waves::of_project(db, &project)?;
        if let Some(wave) = waves.into_iter().find(|wave| wave.phase == Phase::Definition) {
            return fill(app, db, &wave, &content);
        }
    }
    Ok(())
}

fn fill(app: &App, db: &mut Db, wave: &Wave, content: &Content) -> Result<(), Refusal> {
    let mut known: BTreeMap<&str, Proposal> = BTreeMap::new();
    for one in &content.proposal {
        let proposal = proposal(app, wave, one, &known).ok_or(Refusal::NotFound)?;
        store::proposals::insert(db, &proposal)?;
        acts(db, &proposal, &one.note)?;
        for said in &one.said {
            store::proposals::insert_contribution(db, wave.organisation_id, &contribution(&proposal, said))?;
        }
        for (number, round) in (1..).zip(&one.round) {
            rate(db, &Proposal { round: number, ..proposal.clone() }, round)?;
        }
        known.insert(&one.key, proposal);
    }
    let framework = app.framework_of(db, wave)?;
    for one in &content.local {
        let proposal = known.get(one.from.as_str()).ok_or(Refusal::NotFound)?;
        local(app, db, (wave, &framework, proposal), one)?;
    }
    Ok(())
}

fn proposal(app: &App, wave: &Wave, one: &ProposalContent, known: &BTreeMap<&str, Proposal>) -> Option<Proposal> {
    let parents = one.parents.iter().map(|key| known.get(key.as_str()).map(|parent| parent.id));
    Some(Proposal {
        organisation_id: wave.organisation_id,
        id: Uuid::now_v7(),
        wave_id: wave.id,
        said: Said {
            title: one.title.clone(),
            question: one.question.clone(),
            why: one.why.clone(),
            wording: one.wording.clone(),
            pillar: one.pillar,
        },
        groups: one.groups.clone(),
        author: None,
        parents: parents.collect::<Option<_>>()?,
        state: ProposalState::from_code(&one.state)?,
        consensus: one.consensus.as_deref().and_then(Consensus::from_code),
        round: u32::try_from(one.round.len()).unwrap_or_default(),
        moderation: Moderation::Kept,
        hidden_why: String::new(),
        proposed_on: app.clock.today().saturating_sub((4 * PACE).days()),
        revision: 1,
    })
}

/// The acts that brought a proposal where it stands: made, discussed, rated, decided; the last one with its note.
fn acts(db: &mut Db, proposal: &Proposal, note: &str) -> Result<(), Refusal> {
    let deeds: &[Deed] = match proposal.state {
        ProposalState::Proposed => &[],
        ProposalState::Discussion => &[Deed::Discussion],
        ProposalState::Rating => &[Deed::Discussion, Deed::Round],
        ProposalState::Rated => &[Deed::Discussion, Deed::Round, Deed::RoundEnd],
        ProposalState::Adopted => &[Deed::Round, Deed::RoundEnd, Deed::Adoption],
        ProposalState::Rejected => &[Deed::Rejection],
        ProposalState::Merged => &[Deed::Merge],
        ProposalState::Split => &[Deed::Split],
    };
    let [(coordinator, _), _] = ACCOUNTS;
    let made = proposal.parents.is_empty();
    let group = if made { proposal.groups.first().cloned().unwrap_or_default() } else { String::new() };
    let actor = if made { String::new() } else { coordinator.to_owned() };
    let first = ProposalAct {
        proposal_id: proposal.id,
        number: 1,
        deed: Deed::Proposal,
        actor,
        group,
        note: String::new(),
        done_on: proposal.proposed_on,
    };
    saved(store::proposals::insert_act(db, proposal.organisation_id, &first)?)?;
    for (number, deed) in (2..).zip(deeds) {
        let is_last = deeds.last() == Some(deed);
        let act = ProposalAct {
            number,
            deed: *deed,
            actor: coordinator.to_owned(),
            group: String::new(),
            note: if is_last { note.to_owned() } else { String::new() },
            done_on: proposal.proposed_on.saturating_add((i64::from(number - 1) * PACE).days()),
            ..first.clone()
        };
        saved(store::proposals::insert_act(db, proposal.organisation_id, &act)?)?;
        let moved = Proposal { revision: number - 1, ..proposal.clone() };
        saved(store::proposals::update(db, &moved)?)?;
    }
    Ok(())
}

fn contribution(proposal: &Proposal, said: &SaidContent) -> Contribution {
    Contribution {
        id: Uuid::now_v7(),
        proposal_id: proposal.id,
        group: said.group.clone(),
        author: None,
        words: said.words.clone(),
        moderation: Moderation::Kept,
        hidden_why: String::new(),
        said_on: proposal.proposed_on.saturating_add(PACE.days()),
    }
}

fn rate(db: &mut Db, proposal: &Proposal, round: &RoundContent) -> Result<(), Refusal> {
    let point = |point: u8| (point > 0).then_some(point);
    for one in &round.rating {
        for (place, (relevance, clarity)) in one.relevance.iter().zip(&one.clarity).enumerate() {
            let (relevance, clarity) = (point(*relevance), point(*clarity));
            let rating = Rating { group: one.group.clone(), relevance, clarity };
            store::ratings::put(db, proposal, &format!("invented:{}:{place}", one.group), &rating)?;
        }
    }
    Ok(())
}

fn local(
    app: &App,
    db: &mut Db,
    (wave, framework, proposal): (&Wave, &Framework, &Proposal),
    one: &LocalContent,
) -> Result<(), Refusal> {
    let local = LocalIndicator {
        organisation_id: wave.organisation_id,
        id: Uuid::now_v7(),
        wave_id: wave.id,
        proposal_id: Some(proposal.id),
        code: next_code(framework, &[]),
        sheet: IndicatorSheet {
            title: one.title.clone(),
            question: one.question.clone(),
            family: one.family.clone(),
            definition: one.definition.clone(),
            proposed_by: proposal.groups.clone(),
            need: one.need.clone(),
            scale: framework.scales.first().map(|scale| scale.code.clone()).unwrap_or_default(),
            items: one.items.iter().map(|text| SheetItem { text: text.clone(), reverse: false }).collect(),
            notes: one.notes.clone(),
            ..IndicatorSheet::default()
        },
        composite: InComposite::Yes,
        revision: 1,
    };
    store::local_indicators::insert(db, &local)?;
    let [(coordinator, _), _] = ACCOUNTS;
    for (letter, said) in
        one.pretest.iter().filter_map(|said| Some((('a'..='z').nth(said.item.checked_sub(1)?)?, said)))
    {
        let note = PretestNote {
            item: format!("{}{letter}", local.code),
            group: said.group.clone(),
            note: said.note.clone(),
            noted_by: coordinator.to_owned(),
            noted_on: app.clock.today(),
        };
        store::local_indicators::insert_note(db, &local, Uuid::now_v7(), &note)?;
    }
    Ok(())
}
