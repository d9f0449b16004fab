// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Proposals in the participants' space: what was proposed, a word of one's own, and one's rating.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Opened, acting, framed, kicker, opened, show_form, task};
use crate::app::Refusal;
use crate::app::proposing::{NOT_KNOWN, ProposalSeen, Rated, Sent};
use crate::app::space::Space;
use crate::domain::delphi::{Criterion, HIGHEST, Rating};
use crate::domain::field::Typed;
use crate::domain::moderation::Moderation;
use crate::domain::participant::Activity;
use crate::domain::phase::Phase;
use crate::domain::proposal::{Proposal, ProposalState};
use crate::view::board::{BoardItem, BoardSection, Fact};
use crate::view::forms::{FieldSpec, FormHead, FormLink, Kind};
use crate::view::proposals::ProposalTelling;
use crate::view::space::Task;
use crate::view::words::words;
use crate::view::{BoardPage, Crumb};
use crate::web::failure::Failed;
use crate::web::pages::staff::proposals::said_specs;
use crate::web::pages::staff::{Draw, Form, link};
use crate::web::site::Visit;

/// A proposal of the space: language, proposal.
type ProposalPath = web::Path<(String, Uuid)>;

const BOARD: &str = "/space/proposals";

fn place(id: Uuid) -> String {
    format!("{BOARD}/{}", id.simple())
}

fn telling<'a>(visit: &Visit, space: &'a Space) -> ProposalTelling<'a> {
    ProposalTelling { framework: &space.place.framework, language: visit.language }
}

/// What can be done about proposals while indicators are being defined.
pub fn tasks(visit: &Visit, opened: &Opened) -> Vec<Task> {
    let done = |activity| opened.space.done.contains(&activity);
    vec![
        task(visit, "space-propose", &format!("{BOARD}/new"), done(Activity::Proposals)),
        task(visit, "space-proposals", BOARD, done(Activity::Ratings)),
    ]
}

/// What was proposed.
pub async fn page(visit: Visit) -> Result<HttpResponse, Failed> {
    let opened = opened(&visit).await?;
    let page = list(&visit, &opened, String::new()).await?;
    show_board(&visit, &opened, page, Vec::new())
}

async fn list(visit: &Visit, opened: &Opened, notice: String) -> Result<BoardPage, Failed> {
    let space = opened.space.clone();
    let found = visit.read(move |app, db| app.proposing(db, &space)).await?;
    let (words, telling) = (words(visit.language), telling(visit, &opened.space));
    let item = |one: &Proposal| {
        let item = telling.item(one, visit.path(&place(one.id)));
        let rated = found.rated.contains(&one.id);
        if rated { BoardItem { flag: words.say("proposal-rated"), ..item } } else { item }
    };
    let section = |key: &str, keep: &dyn Fn(&Proposal) -> bool| BoardSection {
        title: words.say(key),
        items: found.proposals.iter().filter(|one| keep(one)).map(item).collect(),
        ..BoardSection::default()
    };
    let own = |one: &Proposal| one.moderation != Moderation::Kept;
    let mut sections = vec![
        section("space-own-waiting", &own),
        section("space-to-rate", &|one| !own(one) && one.state == ProposalState::Rating),
        section("space-to-discuss", &|one| !own(one) && one.state.is_open() && one.state != ProposalState::Rating),
        section("space-decided", &|one| !own(one) && !one.state.is_open()),
    ];
    sections.retain(|one| !one.items.is_empty());
    if sections.is_empty() {
        sections.push(BoardSection { none: words.say("space-proposals-none"), ..BoardSection::default() });
    }
    let is_open = opened.space.place.wave.phase == Phase::Definition;
    Ok(BoardPage {
        kicker: kicker(&opened.space),
        title: words.say("space-proposals"),
        lead: words.say(if is_open { "space-proposals-lead" } else { "proposals-lead-over" }),
        notice,
        links: is_open.then(|| link(visit, "space-propose", &format!("{BOARD}/new"))).into_iter().collect(),
        sections,
        ..BoardPage::default()
    })
}

fn show_board(visit: &Visit, opened: &Opened, page: BoardPage, mut crumbs: Vec<Crumb>) -> Result<HttpResponse, Failed> {
    let page = BoardPage { form_token: opened.form_token(), ..page };
    crumbs.push(Crumb { text: page.title.clone(), href: None });
    visit.show(&framed(visit, &opened.space, page.title.clone(), crumbs), &page)
}

fn to_list(visit: &Visit) -> Vec<Crumb> {
    vec![Crumb { text: words(visit.language).say("space-proposals"), href: Some(visit.path(BOARD)) }]
}

fn draw(visit: &Visit, space: &Space, (key, title, at): (&'static str, String, String), specs: Vec<FieldSpec>) -> Draw {
    let act = words(visit.language).say(key);
    let title = if act == title { title } else { format!("{act}: {title}") };
    let head = FormHead {
        kicker: kicker(space),
        title,
        lead: words(visit.language).say(&format!("{key}-form-lead")),
        action: visit.path(&at),
        submit: "proposals-send",
        cancel: visit.path(BOARD),
    };
    Draw { head, specs, crumbs: to_list(visit) }
}

fn new_draw(visit: &Visit, space: &Space) -> Draw {
    let title = words(visit.language).say("space-propose");
    draw(visit, space, ("space-propose", title, format!("{BOARD}/new")), said_specs(visit))
}

/// Asks for a proposal.
pub async fn new_page(visit: Visit) -> Result<HttpResponse, Failed> {
    let opened = opened(&visit).await?;
    show_form(&visit, &opened, new_draw(&visit, &opened.space), (&Typed::default(), &[]))
}

/// Makes a proposal.
pub async fn propose(visit: Visit, form: Form) -> Result<HttpResponse, Failed> {
    let (opened, typed) = acting(&visit, form).await?;
    let (space, filled) = (opened.space.clone(), typed.clone());
    match visit.write(move |app, db| app.propose(db, &space, &filled)).await {
        Ok(sent) => {
            let notice = sent_words(&visit, &opened.space, &sent);
            let page = list(&visit, &opened, notice).await?;
            show_board(&visit, &opened, page, Vec::new())
        }
        Err(refusal) => again(&visit, &opened, refusal, (new_draw(&visit, &opened.space), typed)),
    }
}

/// Shows a form again with what was typed, where something in it cannot be taken.
fn again(
    visit: &Visit,
    opened: &Opened,
    refusal: Refusal,
    (draw, typed): (Draw, Typed),
) -> Result<HttpResponse, Failed> {
    match refusal {
        Refusal::Invalid(problems) => show_form(visit, opened, draw, (&typed, &problems)),
        other => Err(Failed::keeping(visit, other, &typed.0)),
    }
}

fn sent_words(visit: &Visit, space: &Space, sent: &Sent) -> String {
    let words = words(visit.language);
    match sent {
        Sent::Shown => words.say("proposal-sent"),
        Sent::Waits(remarks) => telling(visit, space).remarks(remarks),
        Sent::Late => words.say("proposal-late"),
    }
}

/// One proposal.
pub async fn one(visit: Visit, path: ProposalPath) -> Result<HttpResponse, Failed> {
    let opened = opened(&visit).await?;
    show_one(&visit, &opened, path.1, String::new()).await
}

async fn show_one(visit: &Visit, opened: &Opened, id: Uuid, notice: String) -> Result<HttpResponse, Failed> {
    let seen = loaded(visit, opened, id).await?;
    let (words, telling) = (words(visit.language), telling(visit, &opened.space));
    let proposal = &seen.proposal;
    let is_open = opened.space.place.wave.phase == Phase::Definition;
    let fact = |key: &str, value: String| Fact { name: words.say(key), value };
    let facts = [
        fact("proposal-fact-state", telling.state(proposal)),
        fact("proposal-fact-groups", telling.origin(proposal)),
        fact("field-proposal_why", proposal.said.why.clone()),
        fact("field-proposal_wording", proposal.said.wording.clone()),
        fact("proposal-fact-note", if proposal.state.is_open() { String::new() } else { seen.last_note.clone() }),
        fact("proposal-fact-hidden", proposal.hidden_why.clone()),
    ];
    let at = place(id);
    let rate = (is_open && proposal.state == ProposalState::Rating).then_some(("space-rate", "rating"));
    let speak = (is_open && proposal.state.is_open()).then_some(("space-speak", "contribution"));
    let links: Vec<FormLink> =
        rate.into_iter().chain(speak).map(|(key, end)| link(visit, key, &format!("{at}/{end}"))).collect();
    let page = BoardPage {
        kicker: kicker(&opened.space),
        title: proposal.said.title.clone(),
        lead: proposal.said.question.clone(),
        notice,
        facts: facts.into_iter().filter(|fact| !fact.value.is_empty()).collect(),
        links,
        sections: sections(visit, opened, &seen),
        ..BoardPage::default()
    };
    show_board(visit, opened, page, to_list(visit))
}

async fn loaded(visit: &Visit, opened: &Opened, id: Uuid) -> Result<ProposalSeen, Failed> {
    let space = opened.space.clone();
    visit.read(move |app, db| app.proposal_seen(db, &space, id)).await
}

fn sections(visit: &Visit, opened: &Opened, seen: &ProposalSeen) -> Vec<BoardSection> {
    let (words, telling) = (words(visit.language), telling(visit, &opened.space));
    let mut sections = Vec::new();
    if !seen.kin.is_empty() {
        let items = seen.kin.iter().map(|one| telling.item(one, visit.path(&place(one.id)))).collect();
        sections.push(BoardSection { title: words.say("proposal-kin"), items, ..BoardSection::default() });
    }
    for round in &seen.rounds {
        let count = |number: u32| usize::try_from(number).unwrap_or_default();
        let values = [("round", count(round.number).into()), ("count", count(round.rated).into())];
        let title = words.say_with("proposal-round", values);
        sections.push(BoardSection { title, items: telling.round(round), ..BoardSection::default() });
    }
    sections.push(BoardSection {
        title: words.say("proposal-thread"),
        items: seen.contributions.iter().map(|said| telling.contribution(said)).collect(),
        none: words.say("proposal-no-words"),
        ..BoardSection::default()
    });
    sections
}

fn words_draw(visit: &Visit, space: &Space, proposal: &Proposal) -> Draw {
    let at = format!("{}/contribution", place(proposal.id));
    let specs = vec![FieldSpec::new("contribution", Kind::Lines)];
    draw(visit, space, ("space-speak", proposal.said.title.clone(), at), specs)
}

/// Asks for a word about a proposal.
pub async fn words_page(visit: Visit, path: ProposalPath) -> Result<HttpResponse, Failed> {
    let opened = opened(&visit).await?;
    let seen = loaded(&visit, &opened, path.1).await?;
    let draw = words_draw(&visit, &opened.space, &seen.proposal);
    show_form(&visit, &opened, draw, (&Typed::default(), &[]))
}

/// Says something about a proposal.
pub async fn speak(visit: Visit, path: ProposalPath, form: Form) -> Result<HttpResponse, Failed> {
    let (opened, typed) = acting(&visit, form).await?;
    let (space, filled, id) = (opened.space.clone(), typed.clone(), path.1);
    match visit.write(move |app, db| app.contribute(db, &space, id, &filled)).await {
        Ok(sent) => {
            let notice = sent_words(&visit, &opened.space, &sent);
            show_one(&visit, &opened, id, notice).await
        }
        Err(refusal) => {
            let seen = loaded(&visit, &opened, id).await?;
            let draw = words_draw(&visit, &opened.space, &seen.proposal);
            again(&visit, &opened, refusal, (draw, typed))
        }
    }
}

fn rating_draw(visit: &Visit, space: &Space, proposal: &Proposal) -> Draw {
    let words = words(visit.language);
    let points = |criterion: Criterion| {
        let label = |point: u8| words.say(&format!("rating-{}-{point}", criterion.code()));
        let known = (1..=HIGHEST).map(|point| (point.to_string(), label(point)));
        known.chain([(NOT_KNOWN.to_owned(), words.say("rating-not-known"))]).collect()
    };
    let spec = |criterion: Criterion| FieldSpec::new(criterion.code(), Kind::OneOf).choosing(points(criterion));
    let at = format!("{}/rating?round={}", place(proposal.id), proposal.round);
    draw(visit, space, ("space-rate", proposal.said.title.clone(), at), Criterion::ALL.map(spec).into())
}

fn rated_before(own: Option<&Rating>) -> Typed {
    let Some(own) = own else { return Typed::default() };
    let said = |point: Option<u8>| point.map_or_else(|| NOT_KNOWN.to_owned(), |point| point.to_string());
    Typed::default().with("relevance", said(own.relevance)).with("clarity", said(own.clarity))
}

/// Asks for a rating.
pub async fn rating_page(visit: Visit, path: ProposalPath) -> Result<HttpResponse, Failed> {
    let opened = opened(&visit).await?;
    let seen = loaded(&visit, &opened, path.1).await?;
    let draw = rating_draw(&visit, &opened.space, &seen.proposal);
    show_form(&visit, &opened, draw, (&rated_before(seen.own.as_ref()), &[]))
}

/// Rates a proposal.
pub async fn rate(visit: Visit, path: ProposalPath, form: Form) -> Result<HttpResponse, Failed> {
    let (opened, typed) = acting(&visit, form).await?;
    let round = visit.asked("round").unwrap_or_default();
    let (space, filled, id) = (opened.space.clone(), typed.clone().with("round", round), path.1);
    match visit.write(move |app, db| app.rate(db, &space, id, &filled)).await {
        Ok(rated) => {
            let key = match rated {
                Rated::First => "rating-taken",
                Rated::Instead => "rating-instead",
                Rated::Late => "rating-late",
            };
            show_one(&visit, &opened, id, words(visit.language).say(key)).await
        }
        Err(refusal) => {
            let seen = loaded(&visit, &opened, id).await?;
            let draw = rating_draw(&visit, &opened.space, &seen.proposal);
            again(&visit, &opened, refusal, (draw, typed))
        }
    }
}
