// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Weights in the participants' space: what is weighed, and one form for each set of things.

use actix_web::{HttpResponse, web};

use super::{Opened, acting, framed, kicker, opened, show_form};
use crate::app::Refusal;
use crate::app::space::Space;
use crate::app::weights::{MySet, MyWeights, Weighed};
use crate::domain::field::Typed;
use crate::domain::profile::ScoreView;
use crate::domain::weights::{Method, Stage, Weighing, WeightSet, field_of, written};
use crate::view::Crumb;
use crate::view::forms::{FieldSpec, FormHead, Kind};
use crate::view::space::Task;
use crate::view::space_weights::{SpaceSet, SpaceWeightsPage};
use crate::view::telling::Telling;
use crate::view::weights::WeightsTelling;
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::pages::staff::{Draw, Form};
use crate::web::site::Visit;

/// Where weights are given.
const PLACE: &str = "/space/weights";

/// The task of the phase of weights.
pub fn task(visit: &Visit, done: bool) -> Task {
    super::task(visit, "weights-task", PLACE, done)
}

fn telling<'a>(visit: &Visit, space: &'a Space) -> WeightsTelling<'a> {
    WeightsTelling { telling: Telling::new(visit.language, ScoreView::Participants), framework: &space.place.framework }
}

async fn loaded(visit: &Visit, space: &Space) -> Result<MyWeights, Failed> {
    let space = space.clone();
    visit.read(move |app, db| app.my_weights(db, &space)).await
}

/// What is weighed, what this voice said, and in the second round how the groups differed.
pub async fn page(visit: Visit) -> Result<HttpResponse, Failed> {
    let opened = opened(&visit).await?;
    let mine = loaded(&visit, &opened.space).await?;
    let telling = telling(&visit, &opened.space);
    let words = words(visit.language);
    let done = visit
        .asked("done")
        .filter(|done| [Weighed::Kept, Weighed::Again, Weighed::Late].iter().any(|one| one.code() == done));
    let page = SpaceWeightsPage {
        kicker: kicker(&opened.space),
        lead: words.say(&lead(&opened, &mine)),
        notice: done.map(|done| words.say(&format!("weights-done-{done}"))).unwrap_or_default(),
        sets: mine.sets.iter().map(|set| space_set(&visit, telling, (&opened, &mine), set)).collect(),
        spread: mine.spread.iter().filter_map(|spread| telling.section(spread, None)).collect(),
    };
    let title = words.say("weights-space-title");
    let here = Crumb { text: title.clone(), href: None };
    visit.show(&framed(&visit, &opened.space, title, vec![here]), &page)
}

/// Key of what the present round is about.
fn lead(opened: &Opened, mine: &MyWeights) -> String {
    let Some(weighing) = &mine.weighing else { return "weights-not-begun".to_owned() };
    if method(opened, weighing) == Method::Pairwise {
        return "weights-by-seat".to_owned();
    }
    match weighing.stage {
        _ if !mine.is_open => "weights-over".to_owned(),
        Stage::First => "weights-first-lead".to_owned(),
        Stage::Second => "weights-second-lead".to_owned(),
        Stage::Frozen => "weights-over".to_owned(),
    }
}

fn method(opened: &Opened, weighing: &Weighing) -> Method {
    weighing.method_of(&opened.space.place.group)
}

fn space_set(
    visit: &Visit,
    telling: WeightsTelling<'_>,
    (opened, mine): (&Opened, &MyWeights),
    set: &MySet,
) -> SpaceSet {
    let asked = mine.weighing.as_ref().filter(|weighing| method(opened, weighing) != Method::Pairwise);
    let round = mine.weighing.as_ref().and_then(|weighing| weighing.stage.round());
    let open = mine.is_open && asked.is_some();
    let said = set.said.as_ref().map(|said| {
        let one = |code: &String| Some(format!("{} {}", telling.thing(set.set, code), written(*said.get(code)?)));
        set.things.iter().filter_map(one).collect::<Vec<_>>().join(" · ")
    });
    SpaceSet {
        title: telling.set(set.set),
        href: if open { visit.path(&format!("{PLACE}/{}", set.set.code())) } else { String::new() },
        said: said.unwrap_or_default(),
        done: set.said.is_some() && round == Some(set.round),
    }
}

/// The form of a set for the method of the group.
fn draw(visit: &Visit, opened: &Opened, weighing: &Weighing, set: &MySet) -> Draw {
    let (words, telling) = (words(visit.language), telling(visit, &opened.space));
    let method = method(opened, weighing);
    let kind = if method == Method::Ranking { Kind::Choice } else { Kind::Amount };
    let ranks = ranks(visit, set.things.len());
    let field = |code: &String| {
        let spec = FieldSpec::new(&field_of(code), kind).labelled(telling.thing(set.set, code));
        if method == Method::Ranking { spec.choosing(ranks.clone()) } else { spec }
    };
    let head = FormHead {
        kicker: kicker(&opened.space),
        title: telling.set(set.set),
        lead: format!(
            "{} {}",
            words.say(&format!(
                "weights-set-{}-what",
                if set.set == WeightSet::Pillars { "pillars" } else { "families" }
            )),
            words.say(&format!("weights-how-{}", method.code()))
        ),
        action: visit.path(&format!("{PLACE}/{}", set.set.code())),
        submit: "weights-send",
        cancel: visit.path(PLACE),
    };
    let crumbs = vec![Crumb { text: words.say("weights-space-title"), href: Some(visit.path(PLACE)) }];
    Draw { head, specs: set.things.iter().map(field).collect(), crumbs }
}

/// Places to choose from, the first for what counts most.
fn ranks(visit: &Visit, things: usize) -> Vec<(String, String)> {
    let words = words(visit.language);
    let rank = |place: usize| {
        let label = match place {
            1 => words.say("weights-rank-first"),
            last if last == things => words.say_with("weights-rank-last", [("place", place.into())]),
            _ => words.say_with("weights-rank-place", [("place", place.into())]),
        };
        (place.to_string(), label)
    };
    std::iter::once((String::new(), words.say("weights-rank-choose"))).chain((1..=things).map(rank)).collect()
}

/// What this voice said last, as its form shows it.
fn filled(set: &MySet) -> Typed {
    let said = set.said.iter().flatten();
    said.fold(Typed::default(), |typed, (code, number)| typed.with(&field_of(code), written(*number)))
}

/// A set that is weighed now, with everything about the weighing.
async fn set(visit: &Visit, opened: &Opened, code: &str) -> Result<(Weighing, MySet), Failed> {
    let mine = loaded(visit, &opened.space).await?;
    let weighing = mine.weighing.filter(|weighing| method(opened, weighing) != Method::Pairwise);
    let found = mine.sets.into_iter().find(|set| set.set.code() == code);
    weighing.zip(found).ok_or_else(|| visit.refuse(Refusal::NotFound))
}

/// Asks for the weights of a set; after the phase it leads back to what there is.
pub async fn set_page(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failed> {
    let opened = opened(&visit).await?;
    let (weighing, set) = set(&visit, &opened, &path.1).await?;
    if weighing.stage == Stage::Frozen {
        return Ok(see_other(&visit.path(PLACE)));
    }
    let typed = filled(&set);
    show_form(&visit, &opened, draw(&visit, &opened, &weighing, &set), (&typed, &[]))
}

/// Takes the weights of a set.
pub async fn weigh(visit: Visit, path: web::Path<(String, String)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (opened, typed) = acting(&visit, sent).await?;
    let kind = WeightSet::from_code(&path.1).ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let (participant, filled) = (opened.space.participant.clone(), typed.clone());
    match visit.write(move |app, db| app.weigh(db, &participant, kind, &filled)).await {
        Ok(weighed) => Ok(see_other(&visit.path(&format!("{PLACE}?done={}", weighed.code())))),
        Err(Refusal::Invalid(problems)) => {
            let (weighing, mine) = set(&visit, &opened, &path.1).await?;
            show_form(&visit, &opened, draw(&visit, &opened, &weighing, &mine), (&typed, &problems))
        }
        Err(refusal @ Refusal::Store(_)) => Err(Failed::keeping(&visit, refusal, &typed.0)),
        Err(refusal) => Err(visit.refuse(refusal)),
    }
}
