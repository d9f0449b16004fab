// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What was said of the results of a wave, in one list: what waits, what is shown, what was held back.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::projects::crumbs;
use super::{Draw, Form, acting, crumb, link, show_again, show_board, show_form, worded};
use crate::app::Refusal;
use crate::app::results::WaveResult;
use crate::app::words::{GROUNDS, WordsFile};
use crate::domain::discussion::{Contribution, ContributionKind, Restitution};
use crate::domain::field::Typed;
use crate::domain::moderation::Moderation;
use crate::domain::phase::Phase;
use crate::domain::role::Action;
use crate::view::board::{BoardAct, BoardItem, BoardSection};
use crate::view::discussion::WordsTelling;
use crate::view::forms::{FieldSpec, FormHead, FormLink, Kind};
use crate::view::guesses::nearness_items;
use crate::view::telling::Telling;
use crate::view::words::words;
use crate::view::{BoardPage, Crumb};
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::pages::space::replies::story_specs;
use crate::web::site::Visit;

/// One text: language, wave, text.
type OnePath = web::Path<(String, Uuid, Uuid)>;

pub async fn loaded(visit: &Visit, id: Uuid) -> Result<WordsFile, Failed> {
    let staff = visit.staff().await?;
    visit.read(move |app, db| app.words_file(db, &staff, id)).await
}

pub fn place(id: Uuid) -> String {
    format!("/staff/waves/{}/words", id.simple())
}

pub fn found<'a>(visit: &Visit, file: &'a WordsFile) -> Result<&'a WaveResult, Failed> {
    file.found().ok_or_else(|| visit.refuse(Refusal::NotFound))
}

/// Names of groups and indicators of the wave.
pub fn telling<'a>(visit: &Visit, found: &'a WaveResult, restitution: &'a Restitution) -> WordsTelling<'a> {
    let telling = Telling::new(visit.language, found.scores.view);
    WordsTelling { telling, framework: &found.framework, restitution, href: "" }
}

/// The way up to a wave.
pub fn up(visit: &Visit, file: &WordsFile, found: &WaveResult) -> Vec<Crumb> {
    let mut all = crumbs(visit, &file.results.file.project);
    all.push(crumb(visit, &found.wave.code, &format!("/staff/waves/{}", found.wave.id.simple())));
    all
}

pub fn kicker(file: &WordsFile, found: &WaveResult) -> String {
    format!("{} · {}", file.results.file.project.name, found.wave.code)
}

/// Everything that was said: what waits first.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let file = loaded(&visit, path.1).await?;
    let found = found(&visit, &file)?;
    let (words, none) = (words(visit.language), Restitution::default());
    let told = telling(&visit, found, &none);
    let section = |state: Moderation| {
        let said = file.said.iter().filter(|(one, _)| one.moderation == state);
        let key = format!("words-{}", state.code());
        BoardSection {
            title: words.say(&key),
            text: words.say(&format!("{key}-what")),
            items: said.map(|(one, support)| item(&visit, (&file, told), one, *support)).collect(),
            none: words.say("words-none"),
            ..BoardSection::default()
        }
    };
    let mut sections: Vec<BoardSection> = Moderation::ALL.into_iter().map(section).collect();
    let items = nearness_items(told, &file.nearness);
    if !items.is_empty() {
        let (title, text) = (words.say("guess-nearness"), words.say("guess-nearness-what"));
        sections.push(BoardSection { title, text, items, ..BoardSection::default() });
    }
    let page = BoardPage {
        kicker: kicker(&file, found),
        title: words.say("words-title"),
        lead: words.say("words-lead"),
        links: links(&visit, &file, found),
        sections,
        ..BoardPage::default()
    };
    show_board(&visit, page, up(&visit, &file, found))
}

fn links(visit: &Visit, file: &WordsFile, found: &WaveResult) -> Vec<FormLink> {
    let here = format!("/staff/waves/{}", found.wave.id.simple());
    let now = matches!(found.wave.phase, Phase::Closed | Phase::Restitution);
    let all = [
        (now, Action::Moderate, "summary-write", "summary"),
        (now && file.summary.is_some(), Action::CastVote, "summary-position", "summary/position"),
        (true, Action::Moderate, "space-story", "stories/new"),
    ];
    let allowed = all.into_iter().filter(|(now, action, ..)| *now && file.allowed.contains(action));
    let results = link(visit, "wave-results", &format!("/waves/{}", found.wave.id.simple()));
    allowed.map(|(_, _, key, end)| link(visit, key, &format!("{here}/{end}"))).chain([results]).collect()
}

fn item(
    visit: &Visit,
    (file, told): (&WordsFile, WordsTelling<'_>),
    one: &Contribution,
    support: Option<(usize, u32)>,
) -> BoardItem {
    let (words, name) = (words(visit.language), title(visit, told, one));
    let at = format!("{}/{}", place(one.wave_id), one.id.simple());
    let act = |key: &str, noun: &str, note| BoardAct {
        action: visit.path(&format!("{at}/{noun}")),
        label: words.say(key),
        note,
        about: name.clone(),
        ..BoardAct::default()
    };
    let shows = file.moderates(one) && one.moderation != Moderation::Kept;
    let hides = file.moderates(one) && one.moderation != Moderation::Hidden;
    BoardItem {
        detail: detail(visit, one),
        flag: flag(visit, one, support),
        good: one.moderation == Moderation::Kept,
        href: if hides { visit.path(&format!("{at}/hiding")) } else { String::new() },
        act: shows.then(|| act("words-show", "showing", false)),
        more: file.confirms(one).then(|| act("words-confirm", "confirmation", true)),
        name,
    }
}

/// Whose it is, what it is, and about what.
fn title(visit: &Visit, told: WordsTelling<'_>, one: &Contribution) -> String {
    let who = if one.group.is_empty() { one.author.clone() } else { told.telling.group(told.framework, &one.group) };
    let what = match one.kind {
        ContributionKind::Thread => format!("prompt-{}", one.prompt.map_or("why", |prompt| prompt.code())),
        ContributionKind::Reply | ContributionKind::Story => format!("words-{}", one.kind.code()),
    };
    let about = match &one.story {
        Some(story) => story.domain.clone(),
        None => told.about(&one.indicator).text,
    };
    format!("{who} · {} · {about}", words(visit.language).say(&what))
}

fn detail(visit: &Visit, one: &Contribution) -> String {
    let mut said = format!("“{}”", one.text);
    if let Some(story) = &one.story {
        let words = words(visit.language);
        let consent = words.say(match story.consent {
            crate::domain::discussion::Consent::Given => "story-consent-given",
            crate::domain::discussion::Consent::Missing => "story-consent-missing",
        });
        said = format!("{said} {} · {} · {} · {consent}", story.why, story.panel, story.verification);
    }
    if one.reason.is_empty() { said } else { format!("{said} ({})", one.reason) }
}

fn flag(visit: &Visit, one: &Contribution, support: Option<(usize, u32)>) -> String {
    let words = words(visit.language);
    match (support, one.confirmation) {
        (Some((count, needed)), _) => {
            words.say_with("reply-supporters", [("count", count.into()), ("needed", needed.into())])
        }
        (None, Some(how)) => words.say(&format!("reply-by-{}", how.code())),
        (None, None) => String::new(),
    }
}

/// Shows what waited or was held back.
pub async fn show(visit: Visit, path: OnePath, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, _) = acting(&visit, sent).await?;
    let which = (path.1, path.2);
    let done = visit.write(move |app, db| app.show_words(db, &staff, which)).await;
    done.map_err(|refusal| visit.refuse(refusal))?;
    Ok(see_other(&visit.path(&place(path.1))))
}

async fn one_draw(visit: &Visit, (wave, id): (Uuid, Uuid), noun: &'static str) -> Result<(Draw, Contribution), Failed> {
    let file = loaded(visit, wave).await?;
    let found = found(visit, &file)?;
    let one = file.one(id).ok_or_else(|| visit.refuse(Refusal::NotFound))?.clone();
    let (words, none) = (words(visit.language), Restitution::default());
    let mut crumbs = up(visit, &file, found);
    crumbs.push(crumb(visit, &words.say("words-title"), &place(wave)));
    let head = FormHead {
        kicker: kicker(&file, found),
        title: title(visit, telling(visit, found, &none), &one),
        lead: format!("“{}”", one.text),
        action: visit.path(&format!("{}/{}/{noun}", place(wave), id.simple())),
        submit: "save",
        cancel: visit.path(&place(wave)),
    };
    Ok((Draw { head, specs: Vec::new(), crumbs }, one))
}

async fn hiding_draw(visit: &Visit, which: (Uuid, Uuid)) -> Result<Draw, Failed> {
    let (mut draw, one) = one_draw(visit, which, "hiding").await?;
    let words = words(visit.language);
    match one.kind {
        ContributionKind::Reply => {
            draw.head.lead = format!("{} {}", draw.head.lead, words.say("words-reword-lead"));
            draw.head.submit = "words-reword";
            draw.specs = vec![
                FieldSpec::new("reword_ground", Kind::OneOf).choosing(worded(visit, "reword-ground", &GROUNDS)),
                FieldSpec::new("reword_quote", Kind::Line),
            ];
        }
        ContributionKind::Thread | ContributionKind::Story => {
            draw.head.lead = format!("{} {}", draw.head.lead, words.say("words-hide-lead"));
            draw.head.submit = "words-hide";
            draw.specs = vec![FieldSpec::new("hide_reason", Kind::Line)];
        }
    }
    Ok(draw)
}

/// Asks why a text is held back.
pub async fn hiding_page(visit: Visit, path: OnePath) -> Result<HttpResponse, Failed> {
    let draw = hiding_draw(&visit, (path.1, path.2)).await?;
    show_form(&visit, draw, &Typed::default())
}

/// Holds a text back.
pub async fn hide(visit: Visit, path: OnePath, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (which, filled) = ((path.1, path.2), typed.clone());
    match visit.write(move |app, db| app.hide_words(db, &staff, which, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&place(which.0)))),
        Err(refusal) => show_again(&visit, refusal, hiding_draw(&visit, which).await?, (typed, 0)),
    }
}

async fn confirmation_draw(visit: &Visit, which: (Uuid, Uuid)) -> Result<Draw, Failed> {
    let (mut draw, one) = one_draw(visit, which, "confirmation").await?;
    if one.kind != ContributionKind::Reply || one.confirmation.is_some() {
        return Err(visit.refuse(Refusal::NotFound));
    }
    draw.head.lead = format!("{} {}", draw.head.lead, words(visit.language).say("words-confirm-lead"));
    draw.head.submit = "words-confirm";
    draw.specs = vec![FieldSpec::new("note", Kind::Line)];
    Ok(draw)
}

/// Asks how staff know that a text is its group's reply.
pub async fn confirmation_page(visit: Visit, path: OnePath) -> Result<HttpResponse, Failed> {
    let draw = confirmation_draw(&visit, (path.1, path.2)).await?;
    show_form(&visit, draw, &Typed::default())
}

/// Takes the confirmation of a reply.
pub async fn confirm(visit: Visit, path: OnePath, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (which, filled) = ((path.1, path.2), typed.clone());
    match visit.write(move |app, db| app.confirm_reply(db, &staff, which, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&place(which.0)))),
        Err(refusal) => show_again(&visit, refusal, confirmation_draw(&visit, which).await?, (typed, 0)),
    }
}

async fn story_draw(visit: &Visit, id: Uuid) -> Result<Draw, Failed> {
    let file = loaded(visit, id).await?;
    let found = found(visit, &file)?;
    let (words, none) = (words(visit.language), Restitution::default());
    let mut crumbs = up(visit, &file, found);
    crumbs.push(crumb(visit, &words.say("words-title"), &place(id)));
    let head = FormHead {
        kicker: kicker(&file, found),
        title: words.say("space-story"),
        lead: words.say("story-lead"),
        action: visit.path(&format!("/staff/waves/{}/stories/new", id.simple())),
        submit: "story-send",
        cancel: visit.path(&place(id)),
    };
    Ok(Draw { head, specs: story_specs(visit, telling(visit, found, &none), found), crumbs })
}

/// Asks for a story that was told to staff.
pub async fn story_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let draw = story_draw(&visit, path.1).await?;
    show_form(&visit, draw, &Typed::default())
}

/// Takes a story that was told to staff.
pub async fn add_story(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.add_story(db, &staff, id, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&place(id)))),
        Err(refusal) => show_again(&visit, refusal, story_draw(&visit, id).await?, (typed, 0)),
    }
}
