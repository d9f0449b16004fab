// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The proposals of a wave, as staff see them: a list by state, and each with everything done and said.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use uuid::Uuid;

use super::projects::crumbs as project_crumbs;
use super::{Draw, Form, acting, crumb, link, show_again, show_board, show_form, worded};
use crate::app::proposals::{ProposalFile, ProposalsFile};
use crate::domain::committee::Outcome;
use crate::domain::field::Typed;
use crate::domain::framework::Pillar;
use crate::domain::moderation::Moderation;
use crate::domain::proposal::{Contribution, Deed, GroupShare, Proposal, ProposalState, share_of};
use crate::domain::role::Action;
use crate::view::board::{BoardItem, BoardSection, Fact, Search, SearchState};
use crate::view::forms::{FieldSpec, FormHead, FormLink, Kind};
use crate::view::proposals::ProposalTelling;
use crate::view::words::words;
use crate::view::{BoardPage, Crumb};
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// A proposal of a wave: language, wave, proposal.
pub type ProposalPath = web::Path<(String, Uuid, Uuid)>;

/// What is looked for in the list.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    words: String,
    #[serde(default)]
    state: String,
}

/// Where the proposals of a wave are in the workspace.
pub fn board(wave: Uuid) -> String {
    format!("/staff/waves/{}/proposals", wave.simple())
}

/// Where one of them is.
pub fn place(wave: Uuid, proposal: Uuid) -> String {
    format!("{}/{}", board(wave), proposal.simple())
}

/// The way back up to the wave.
pub fn crumbs(visit: &Visit, file: &ProposalsFile) -> Vec<Crumb> {
    let mut all = project_crumbs(visit, &file.project);
    all.push(crumb(visit, &file.wave.code, &format!("/staff/waves/{}", file.wave.id.simple())));
    all
}

/// Project and wave.
pub fn kicker(file: &ProposalsFile) -> String {
    format!("{} · {}", file.project.name, file.wave.code)
}

/// How proposals are told on a page.
pub fn telling<'a>(visit: &Visit, file: &'a ProposalsFile) -> ProposalTelling<'a> {
    ProposalTelling { framework: &file.framework, language: visit.language }
}

async fn loaded(visit: &Visit, wave: Uuid) -> Result<ProposalsFile, Failed> {
    let staff = visit.staff().await?;
    visit.read(move |app, db| app.proposals_file(db, &staff, wave)).await
}

/// One proposal with everything around it.
pub async fn loaded_one(visit: &Visit, which: (Uuid, Uuid)) -> Result<(ProposalsFile, ProposalFile), Failed> {
    let staff = visit.staff().await?;
    visit.read(move |app, db| app.proposal_file(db, &staff, which)).await
}

/// The proposals of a wave.
pub async fn page(
    visit: Visit,
    path: web::Path<(String, Uuid)>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Failed> {
    let file = loaded(&visit, path.1).await?;
    let words = words(visit.language);
    let telling = telling(&visit, &file);
    let found: Vec<&Proposal> = file.proposals.iter().filter(|one| fits(one, &wanted)).collect();
    let item = |one: &&Proposal| telling.item(one, visit.path(&place(file.wave.id, one.id)));
    let list = BoardSection {
        items: found.iter().map(item).collect(),
        none: words.say("proposals-none"),
        ..BoardSection::default()
    };
    let may_edit = file.is_defining() && file.allowed.contains(&Action::EditProject);
    let new = may_edit.then(|| link(&visit, "proposals-new", &format!("{}/new", board(file.wave.id))));
    let local = link(&visit, "local-indicators", &super::local_indicators::board(file.wave.id));
    let page = BoardPage {
        kicker: kicker(&file),
        title: words.say("proposals-title"),
        lead: words.say(if file.is_defining() { "proposals-lead" } else { "proposals-lead-over" }),
        search: Some(search(&visit, &file, &wanted, found.len())),
        links: new.into_iter().chain([local]).collect(),
        sections: vec![list, shares(&visit, &file)],
        ..BoardPage::default()
    };
    let crumbs = crumbs(&visit, &file);
    show_board(&visit, page, crumbs)
}

fn fits(proposal: &Proposal, wanted: &Wanted) -> bool {
    let said = &proposal.said;
    let text = format!("{} {} {}", said.title, said.question, said.why).to_lowercase();
    let is_found = wanted.words.to_lowercase().split_whitespace().all(|word| text.contains(word));
    let waits = wanted.state == "waiting" && proposal.moderation == Moderation::Waiting;
    is_found && (waits || wanted.state.is_empty() || wanted.state == proposal.state.code())
}

fn search(visit: &Visit, file: &ProposalsFile, wanted: &Wanted, found: usize) -> Search {
    let words = words(visit.language);
    let states = ["", "waiting"].into_iter().chain(ProposalState::ALL.map(ProposalState::code));
    let state = |code: &str| SearchState {
        value: code.to_owned(),
        label: words.say(&format!("proposal-filter-{}", if code.is_empty() { "all" } else { code })),
        chosen: code == wanted.state,
    };
    Search {
        action: visit.path(&board(file.wave.id)),
        label: words.say("proposals-search"),
        state_label: words.say("proposals-search-state"),
        words: wanted.words.clone(),
        states: states.map(state).collect(),
        found: words.say_with("proposals-found", [("count", found.into())]),
    }
}

/// What became of the proposals of each group.
fn shares(visit: &Visit, file: &ProposalsFile) -> BoardSection {
    let words = words(visit.language);
    let item = |(code, share): (&str, GroupShare)| BoardItem {
        name: telling(visit, file).group(code),
        detail: words.say_with(
            "proposals-share",
            [("made", count(share.made).into()), ("adopted", count(share.adopted).into())],
        ),
        ..BoardItem::default()
    };
    let groups =
        file.framework.groups.iter().map(|group| (group.code.as_str(), share_of(&file.proposals, &group.code)));
    BoardSection {
        title: words.say("proposals-shares"),
        items: groups.filter(|(_, share)| *share != GroupShare::default()).map(item).collect(),
        none: words.say("proposals-shares-none"),
        ..BoardSection::default()
    }
}

fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or_default()
}

/// The fields of a proposal; `specs` of staff also ask whose it is.
pub fn said_specs(visit: &Visit) -> Vec<FieldSpec> {
    let pillars = [Pillar::Obstacles, Pillar::Facilitators, Pillar::Results].map(Pillar::code);
    vec![
        FieldSpec::new("proposal_pillar", Kind::OneOf).choosing(worded(visit, "proposal-pillar", &pillars)),
        FieldSpec::new("proposal_title", Kind::Line),
        FieldSpec::new("proposal_question", Kind::Line),
        FieldSpec::new("proposal_why", Kind::Lines),
        FieldSpec::new("proposal_wording", Kind::Line).optional(),
    ]
}

/// What a proposal says, as its form shows it.
pub fn filled(proposal: &Proposal) -> Typed {
    Typed::default()
        .with("proposal_pillar", proposal.said.pillar.code())
        .with("proposal_title", &proposal.said.title)
        .with("proposal_question", &proposal.said.question)
        .with("proposal_why", &proposal.said.why)
        .with("proposal_wording", &proposal.said.wording)
}

async fn new_draw(visit: &Visit, wave: Uuid) -> Result<Draw, Failed> {
    let file = loaded(visit, wave).await?;
    let words = words(visit.language);
    let groups = file.framework.groups.iter();
    let groups = groups.map(|group| (group.code.clone(), group.name.get(visit.language).to_owned())).collect();
    let mut specs = said_specs(visit);
    specs.push(FieldSpec::new("origin", Kind::AnyOf).optional().choosing(groups));
    let head = FormHead {
        kicker: kicker(&file),
        title: words.say("proposals-new"),
        lead: words.say("proposals-new-lead"),
        action: visit.path(&format!("{}/new", board(wave))),
        submit: "proposals-send",
        cancel: visit.path(&board(wave)),
    };
    let mut crumbs = crumbs(visit, &file);
    crumbs.push(crumb(visit, &words.say("proposals-title"), &board(wave)));
    Ok(Draw { head, specs, crumbs })
}

/// Asks for a proposal.
pub async fn new_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let draw = new_draw(&visit, path.1).await?;
    show_form(&visit, draw, &Typed::default())
}

/// Makes a proposal.
pub async fn add(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (wave, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.propose_as_staff(db, &staff, wave, &filled)).await {
        Ok(id) => Ok(see_other(&visit.path(&place(wave, id)))),
        Err(refusal) => {
            let draw = new_draw(&visit, wave).await?;
            show_again(&visit, refusal, draw, (typed, 0))
        }
    }
}

/// One proposal.
pub async fn one(visit: Visit, path: ProposalPath) -> Result<HttpResponse, Failed> {
    let (file, one) = loaded_one(&visit, (path.1, path.2)).await?;
    let (words, telling) = (words(visit.language), telling(&visit, &file));
    let proposal = &one.proposal;
    let fact = |key: &str, value: String| Fact { name: words.say(key), value };
    let facts = vec![
        fact("proposal-fact-state", telling.state(proposal)),
        fact("proposal-fact-groups", telling.origin(proposal)),
        fact("proposal-fact-pillar", words.say(&format!("proposal-pillar-{}", proposal.said.pillar.code()))),
        fact("field-proposal_why", proposal.said.why.clone()),
        fact("field-proposal_wording", proposal.said.wording.clone()),
    ];
    let page = BoardPage {
        kicker: kicker(&file),
        title: proposal.said.title.clone(),
        lead: proposal.said.question.clone(),
        facts: facts.into_iter().filter(|fact| !fact.value.is_empty()).collect(),
        links: deeds(&visit, &file, &one),
        sections: sections(&visit, &file, &one),
        ..BoardPage::default()
    };
    let mut crumbs = crumbs(&visit, &file);
    crumbs.push(crumb(&visit, &words.say("proposals-title"), &board(file.wave.id)));
    show_board(&visit, page, crumbs)
}

/// What can be done with it now by whoever asks.
fn deeds(visit: &Visit, file: &ProposalsFile, one: &ProposalFile) -> Vec<FormLink> {
    let at = place(file.wave.id, one.proposal.id);
    let mut links = Vec::new();
    if file.is_defining() && file.allowed.contains(&Action::EditProject) {
        let link = |deed: Deed| link(visit, &format!("proposal-do-{}", deed.code()), &format!("{at}/{}", deed.code()));
        links.extend(one.proposal.deeds().into_iter().map(link));
        links.push(super::link(visit, "proposal-do-contribution", &format!("{at}/contribution")));
    }
    if file.allowed.contains(&Action::CastVote) && one.proposal.state.is_open() {
        links.push(super::link(visit, "proposal-do-vote", &format!("{at}/vote")));
    }
    if file.allowed.contains(&Action::Moderate) {
        links.push(super::link(visit, "proposal-do-moderation", &format!("{at}/moderation/proposal")));
    }
    links
}

fn sections(visit: &Visit, file: &ProposalsFile, one: &ProposalFile) -> Vec<BoardSection> {
    let (words, telling) = (words(visit.language), telling(visit, file));
    let section =
        |key: &str, items: Vec<BoardItem>| BoardSection { title: words.say(key), items, ..BoardSection::default() };
    let at = |proposal: &Proposal| visit.path(&place(file.wave.id, proposal.id));
    let kin = |all: Vec<&Proposal>| all.into_iter().map(|one| telling.item(one, at(one))).collect::<Vec<_>>();
    let mut sections = vec![section("proposal-parents", kin(file.parents(&one.proposal)))];
    sections.push(section("proposal-children", kin(file.children(&one.proposal))));
    for round in &one.rounds {
        let title = words
            .say_with("proposal-round", [("round", count(round.number).into()), ("count", count(round.rated).into())]);
        sections.push(BoardSection { title, items: telling.round(round), ..BoardSection::default() });
    }
    if let Some(rated) = one.rated_now {
        let text = words.say_with("proposal-rated-now", [("count", rated.into())]);
        sections.push(BoardSection { title: words.say("proposal-round-open"), text, ..BoardSection::default() });
    }
    sections.retain(|one| !one.items.is_empty() || !one.text.is_empty());
    sections.extend(committee(visit, file, one));
    let said = one.contributions.iter().map(|said| contribution(visit, file, said)).collect();
    sections.push(BoardSection { none: words.say("proposal-no-words"), ..section("proposal-thread", said) });
    sections.push(section("proposal-acts", one.acts.iter().map(|act| telling.act(act)).collect()));
    sections
}

/// What the committee says, where it has been asked or has to be.
fn committee(visit: &Visit, file: &ProposalsFile, one: &ProposalFile) -> Option<BoardSection> {
    let words = words(visit.language);
    let telling = telling(visit, file);
    let text = match &one.committee {
        Outcome::NotSeated => return None,
        Outcome::NoQuorum { missing } => {
            let groups: Vec<String> = missing.iter().map(|code| telling.group(code)).collect();
            words.say_with("outcome-no-quorum", [("groups", groups.join(", ").into())])
        }
        Outcome::Agreed { .. } => words.say("outcome-agreed"),
        Outcome::Refused { .. } => words.say("outcome-refused"),
    };
    Some(BoardSection { title: words.say("circle-committee"), text, ..BoardSection::default() })
}

fn contribution(visit: &Visit, file: &ProposalsFile, said: &Contribution) -> BoardItem {
    let item = telling(visit, file).contribution(said);
    if !file.allowed.contains(&Action::Moderate) {
        return item;
    }
    let at = format!("{}/moderation/{}", place(file.wave.id, said.proposal_id), said.id.simple());
    BoardItem { href: visit.path(&at), ..item }
}
