// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Talking about the results in the space: threads, replies of the group, stories.

use actix_web::{HttpResponse, web};

use super::replies::HERE as REPLIES;
use super::{Opened, acting, framed, kicker, opened, show_form};
use crate::app::discussion::{Discussion, Earlier, Received, asked};
use crate::app::results::WaveResult;
use crate::app::{Conflict, Refusal};
use crate::domain::discussion::{Contribution, ContributionKind, Prompt};
use crate::domain::field::Typed;
use crate::domain::moderation::Moderation;
use crate::domain::participant::Activity;
use crate::domain::phase::Phase;
use crate::view::board::{BoardItem, BoardSection};
use crate::view::discussion::{ThreadView, WordsTelling};
use crate::view::forms::{FieldSpec, FormHead, Kind};
use crate::view::telling::Telling;
use crate::view::words::words;
use crate::view::{BoardPage, Crumb};
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::pages::staff::{Draw, Form, crumb, link};
use crate::web::site::Visit;

/// Where results are talked about.
pub const HERE: &str = "/space/discussion";

/// What a page says after something was done: ends of the keys of its words.
const SAID: [&str; 9] =
    ["shown", "waiting", "replaced", "replaced-waiting", "supported", "story", "late", "guess", "guess-stays"];

/// The space and what is said in it.
pub async fn loaded(visit: &Visit) -> Result<(Opened, Discussion), Failed> {
    let opened = opened(visit).await?;
    let participant = opened.space.participant.clone();
    let talk = visit.read(move |app, db| app.discussion(db, &participant)).await?;
    Ok((opened, talk))
}

/// The wave that is talked about.
pub fn found<'a>(visit: &Visit, talk: &'a Discussion) -> Result<&'a WaveResult, Failed> {
    talk.found().ok_or_else(|| visit.refuse(Refusal::NotFound))
}

/// Says what was said of a wave, as participants read it.
pub fn telling<'a>(visit: &Visit, talk: &'a Discussion, found: &'a WaveResult) -> WordsTelling<'a> {
    let telling = Telling::new(visit.language, found.scores.view);
    WordsTelling { telling, framework: &found.framework, restitution: &talk.restitution, href: "" }
}

/// Shows a page of the space; `up` are the steps between the space and the page.
pub fn show(visit: &Visit, opened: &Opened, page: BoardPage, mut up: Vec<Crumb>) -> Result<HttpResponse, Failed> {
    let page = BoardPage { kicker: kicker(&opened.space), form_token: opened.form_token(), ..page };
    up.push(Crumb { text: page.title.clone(), href: None });
    visit.show(&framed(visit, &opened.space, page.title.clone(), up), &page)
}

/// What was just done, or that the time for it is over.
pub fn notice(visit: &Visit, opened: &Opened) -> String {
    let asked = visit.asked("said").unwrap_or_default();
    let said = SAID.iter().find(|one| **one == asked).map(|one| format!("said-{one}"));
    let over = (opened.space.place.wave.phase != Phase::Restitution).then(|| "discussion-over".to_owned());
    said.or(over).map(|key| words(visit.language).say(&key)).unwrap_or_default()
}

/// Every indicator to talk about, and what of one's own is not shown.
pub async fn page(visit: Visit) -> Result<HttpResponse, Failed> {
    let (opened, talk) = loaded(&visit).await?;
    let found = found(&visit, &talk)?;
    let words = words(visit.language);
    let results = format!("/waves/{}", found.wave.id.simple());
    let told = telling(&visit, &talk, found);
    let mut sections = vec![BoardSection {
        title: words.say("discussion-indicators"),
        items: asked(found).map(|code| indicator_item(&visit, &talk, told, code)).collect(),
        ..BoardSection::default()
    }];
    sections.extend(unseen(&visit, &talk, told));
    let page = BoardPage {
        title: words.say("space-discuss"),
        lead: words.say("discussion-lead"),
        notice: notice(&visit, &opened),
        links: vec![
            link(&visit, "space-results", &results),
            link(&visit, "space-guess", super::guesses::HERE),
            link(&visit, "space-replies", REPLIES),
            link(&visit, "space-story", "/space/stories/new"),
            link(&visit, "space-placemat", &format!("{results}/placemat.pdf")),
        ],
        sections,
        ..BoardPage::default()
    };
    show(&visit, &opened, page, Vec::new())
}

fn indicator_item(visit: &Visit, talk: &Discussion, told: WordsTelling<'_>, code: &str) -> BoardItem {
    let words = words(visit.language);
    let count = talk.restitution.about(ContributionKind::Thread, code).count();
    let wrote = talk.own.iter().any(|one| one.kind == ContributionKind::Thread && one.indicator == code);
    BoardItem {
        name: told.about(code).text,
        href: visit.path(&format!("{HERE}/{code}")),
        detail: words.say_with("discussion-count", [("count", count.into())]),
        flag: if wrote { words.say("discussion-wrote") } else { String::new() },
        good: true,
        ..BoardItem::default()
    }
}

/// What the participant wrote that is not shown, with why.
fn unseen(visit: &Visit, talk: &Discussion, told: WordsTelling<'_>) -> Option<BoardSection> {
    let words = words(visit.language);
    let item = |one: &Contribution| BoardItem {
        name: told.about(&one.indicator).text,
        detail: format!("“{}” {}", one.text, held(visit, one)),
        flag: words.say(&format!("unseen-{}", one.moderation.code())),
        ..BoardItem::default()
    };
    let items: Vec<BoardItem> = talk.own.iter().filter(|one| one.moderation != Moderation::Kept).map(item).collect();
    let (title, text) = (words.say("discussion-unseen"), words.say("discussion-unseen-what"));
    (!items.is_empty()).then(|| BoardSection { title, text, items, ..BoardSection::default() })
}

/// Why a text was held back.
pub fn held(visit: &Visit, one: &Contribution) -> String {
    if one.reason.is_empty() {
        return String::new();
    }
    words(visit.language).say_with("unseen-reason", [("reason", one.reason.as_str().into())])
}

/// The thread of an indicator.
pub async fn thread(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failed> {
    let (opened, talk) = loaded(&visit).await?;
    let found = found(&visit, &talk)?;
    let code = known(&visit, found, &path.1)?;
    let (words, told) = (words(visit.language), telling(&visit, &talk, found));
    let section = |thread: ThreadView| BoardSection {
        title: thread.prompt,
        items: thread
            .texts
            .into_iter()
            .map(|one| BoardItem { name: one.tag, detail: one.text, ..BoardItem::default() })
            .collect(),
        ..BoardSection::default()
    };
    let mut sections: Vec<BoardSection> = told.threads(code).into_iter().map(section).collect();
    if sections.is_empty() {
        sections.push(BoardSection { none: words.say("thread-none"), ..BoardSection::default() });
    }
    let results = format!("/waves/{}/indicators/{code}", found.wave.id.simple());
    let write = link(&visit, "thread-write", &format!("{HERE}/{code}/words"));
    let page = BoardPage {
        title: told.about(code).text,
        lead: words.say("discussion-what"),
        notice: notice(&visit, &opened),
        links: vec![write, link(&visit, "thread-results", &results)],
        sections,
        ..BoardPage::default()
    };
    show(&visit, &opened, page, vec![crumb(&visit, &words.say("space-discuss"), HERE)])
}

/// The code of an indicator that was asked.
fn known<'a>(visit: &Visit, found: &'a WaveResult, code: &str) -> Result<&'a str, Failed> {
    asked(found).find(|one| *one == code).ok_or_else(|| visit.refuse(Refusal::NotFound))
}

fn thread_draw(visit: &Visit, talk: &Discussion, code: &str) -> Result<(Draw, Typed), Failed> {
    let found = found(visit, talk)?;
    let code = known(visit, found, code)?;
    let (words, name) = (words(visit.language), telling(visit, talk, found).about(code).text);
    let place = format!("{HERE}/{code}");
    let head = FormHead {
        kicker: name.clone(),
        title: format!("{}: {name}", words.say("thread-write")),
        lead: words.say("thread-write-lead"),
        action: visit.path(&format!("{place}/words")),
        submit: "thread-send",
        cancel: visit.path(&place),
    };
    let spec = |prompt: Prompt| {
        FieldSpec::new(prompt.code(), Kind::Lines).optional().labelled(words.say(&format!("prompt-{}", prompt.code())))
    };
    let specs = Prompt::ALL.map(spec).into();
    let own = talk.own.iter().filter(|one| one.kind == ContributionKind::Thread && one.indicator == code);
    let typed = own.fold(Typed::default(), |typed, one| typed.with(one.prompt.map_or("", Prompt::code), &one.text));
    let crumbs = vec![crumb(visit, &words.say("space-discuss"), HERE), crumb(visit, &name, &place)];
    Ok((Draw { head, specs, crumbs }, typed))
}

/// Asks what somebody says of an indicator.
pub async fn words_page(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failed> {
    let (opened, talk) = loaded(&visit).await?;
    let (draw, typed) = thread_draw(&visit, &talk, &path.1)?;
    show_form(&visit, &opened, draw, (&typed, &[]))
}

/// Takes what somebody says of an indicator.
pub async fn say(visit: Visit, path: web::Path<(String, String)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (opened, typed) = acting(&visit, sent).await?;
    let (participant, filled, code) = (opened.space.participant.clone(), typed.clone(), path.1.clone());
    match visit.write(move |app, db| app.discuss(db, &participant, (&code, &filled))).await {
        Ok(received) => Ok(done(&visit, &format!("{HERE}/{}", path.1), said(received))),
        Err(Refusal::Invalid(problems)) => {
            let (_, talk) = loaded(&visit).await?;
            let (draw, _) = thread_draw(&visit, &talk, &path.1)?;
            show_form(&visit, &opened, draw, (&typed, &problems))
        }
        Err(refusal) => too_late(&visit, &opened, refusal, typed).await,
    }
}

/// The end of the key of the words for what became of a text.
pub const fn said(received: Received) -> &'static str {
    match (received.earlier, received.moderation) {
        (Earlier::None, Moderation::Kept) => "shown",
        (Earlier::None, Moderation::Waiting | Moderation::Hidden) => "waiting",
        (Earlier::Replaced, Moderation::Kept) => "replaced",
        (Earlier::Replaced, Moderation::Waiting | Moderation::Hidden) => "replaced-waiting",
    }
}

/// Goes on to a page that says what became of it.
pub fn done(visit: &Visit, place: &str, said: &str) -> HttpResponse {
    see_other(&visit.path(&format!("{place}?said={said}")))
}

/// What came after the discussion was over is kept for whoever facilitates, and told; anything else is refused.
pub async fn too_late(visit: &Visit, opened: &Opened, refusal: Refusal, typed: Typed) -> Result<HttpResponse, Failed> {
    if !matches!(refusal, Refusal::Conflict(Conflict::OtherPhase { .. })) {
        return Err(visit.refuse(refusal));
    }
    let said: Vec<String> = typed.0.into_iter().map(|(_, text)| text).filter(|text| !text.trim().is_empty()).collect();
    let (participant, said) = (opened.space.participant.clone(), said.join("\n"));
    let kept = visit.write(move |app, db| app.keep_late(db, &participant, Activity::Restitution, &said)).await;
    kept.map_err(|refusal| visit.refuse(refusal))?;
    Ok(done(visit, HERE, "late"))
}
