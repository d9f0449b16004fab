// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Replies of groups and stories in the space.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::discussion::{HERE as TALK, done, found, held, loaded, notice, said, show, telling, too_late};
use super::{acting, show_form};
use crate::app::Refusal;
use crate::app::discussion::{Discussion, ProposedReply, Supported, WHOLE, asked};
use crate::app::results::WaveResult;
use crate::domain::field::Typed;
use crate::domain::moderation::Moderation;
use crate::view::BoardPage;
use crate::view::board::{BoardAct, BoardItem, BoardSection};
use crate::view::discussion::{ReplyView, WordsTelling};
use crate::view::forms::{FieldSpec, FormHead, Kind};
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::staff::{Draw, Form, crumb, link};
use crate::web::site::Visit;

/// Where the replies of a group are.
pub const HERE: &str = "/space/replies";

/// The replies of the participant's group: those that stand, and texts that may become one.
pub async fn page(visit: Visit) -> Result<HttpResponse, Failed> {
    let (opened, talk) = loaded(&visit).await?;
    let found = found(&visit, &talk)?;
    let (words, told) = (words(visit.language), telling(&visit, &talk, found));
    let standing = told.replies(None);
    let item = |one: ReplyView| BoardItem {
        name: format!("{} · {}", one.group, one.about.text),
        detail: one.paragraphs.join(" "),
        flag: one.confirmed,
        good: true,
        ..BoardItem::default()
    };
    let reworded = standing.reworded.into_iter().map(|text| BoardItem { name: text, ..BoardItem::default() });
    let section = |key: &str, items: Vec<BoardItem>| BoardSection {
        title: words.say(key),
        text: words.say(&format!("{key}-what")),
        none: words.say(&format!("{key}-none")),
        items,
        ..BoardSection::default()
    };
    let page = BoardPage {
        title: words.say("space-replies"),
        lead: words.say("replies-lead"),
        notice: notice(&visit, &opened),
        links: vec![link(&visit, "reply-new", &format!("{HERE}/new"))],
        sections: vec![
            section("replies-proposed", talk.proposed.iter().map(|one| proposed_item(&visit, told, one)).collect()),
            section("replies-standing", standing.replies.into_iter().map(item).chain(reworded).collect()),
        ],
        ..BoardPage::default()
    };
    show(&visit, &opened, page, vec![crumb(&visit, &words.say("space-discuss"), TALK)])
}

fn proposed_item(visit: &Visit, told: WordsTelling<'_>, one: &ProposedReply) -> BoardItem {
    let words = words(visit.language);
    let counts = [("count", one.supporters.into()), ("needed", one.needed.into())];
    let about = told.about(&one.reply.indicator).text;
    let act = BoardAct {
        action: visit.path(&format!("{HERE}/{}/support", one.reply.id.simple())),
        label: words.say("reply-support"),
        about: about.clone(),
        ..BoardAct::default()
    };
    let open = one.supported == Supported::No && one.reply.moderation == Moderation::Kept;
    BoardItem {
        name: about,
        detail: format!("“{}” {}", one.reply.text, held(visit, &one.reply)),
        flag: words.say_with("reply-supporters", counts),
        act: open.then_some(act),
        ..BoardItem::default()
    }
}

fn reply_draw(visit: &Visit, talk: &Discussion) -> Result<Draw, Failed> {
    let found = found(visit, talk)?;
    let (words, told) = (words(visit.language), telling(visit, talk, found));
    let whole = (WHOLE.to_owned(), words.say("reply-about-whole"));
    let choices = asked(found).map(|code| (code.to_owned(), told.about(code).text));
    let head = FormHead {
        kicker: words.say("space-replies"),
        title: words.say("reply-new"),
        lead: words.say("reply-new-lead"),
        action: visit.path(&format!("{HERE}/new")),
        submit: "reply-send",
        cancel: visit.path(HERE),
    };
    let specs = vec![
        FieldSpec::new("reply_about", Kind::Choice).choosing(std::iter::once(whole).chain(choices).collect()),
        FieldSpec::new("reply_text", Kind::Lines),
    ];
    let crumbs = vec![crumb(visit, &words.say("space-discuss"), TALK), crumb(visit, &words.say("space-replies"), HERE)];
    Ok(Draw { head, specs, crumbs })
}

/// Asks for a text that may become the group's reply.
pub async fn reply_page(visit: Visit) -> Result<HttpResponse, Failed> {
    let (opened, talk) = loaded(&visit).await?;
    show_form(&visit, &opened, reply_draw(&visit, &talk)?, (&Typed::default(), &[]))
}

/// Takes a text that may become the group's reply.
pub async fn reply(visit: Visit, sent: Form) -> Result<HttpResponse, Failed> {
    let (opened, typed) = acting(&visit, sent).await?;
    let (participant, filled) = (opened.space.participant.clone(), typed.clone());
    match visit.write(move |app, db| app.propose_reply(db, &participant, &filled)).await {
        Ok(received) => Ok(done(&visit, HERE, said(received))),
        Err(Refusal::Invalid(problems)) => {
            let (_, talk) = loaded(&visit).await?;
            show_form(&visit, &opened, reply_draw(&visit, &talk)?, (&typed, &problems))
        }
        Err(refusal) => too_late(&visit, &opened, refusal, typed).await,
    }
}

/// Takes the support of a participant for a text of their group.
pub async fn support(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (opened, typed) = acting(&visit, sent).await?;
    let (participant, id) = (opened.space.participant.clone(), path.1);
    match visit.write(move |app, db| app.support_reply(db, &participant, id)).await {
        Ok(()) => Ok(done(&visit, HERE, "supported")),
        Err(refusal) => too_late(&visit, &opened, refusal, typed).await,
    }
}

/// The fields of a story.
pub fn story_specs(visit: &Visit, told: WordsTelling<'_>, found: &WaveResult) -> Vec<FieldSpec> {
    let words = words(visit.language);
    let indicators = asked(found).map(|code| (code.to_owned(), told.about(code).text)).collect();
    let consent = vec![("given".to_owned(), words.say("story-consent-given"))];
    vec![
        FieldSpec::new("story_domain", Kind::Line),
        FieldSpec::new("story_text", Kind::Lines),
        FieldSpec::new("story_why", Kind::Lines),
        FieldSpec::new("story_panel", Kind::Line),
        FieldSpec::new("story_verification", Kind::Line).optional(),
        FieldSpec::new("story_indicators", Kind::AnyOf).optional().choosing(indicators),
        FieldSpec::new("story_consent", Kind::AnyOf).optional().choosing(consent),
    ]
}

fn story_draw(visit: &Visit, talk: &Discussion) -> Result<Draw, Failed> {
    let found = found(visit, talk)?;
    let words = words(visit.language);
    let head = FormHead {
        kicker: words.say("space-discuss"),
        title: words.say("space-story"),
        lead: words.say("story-lead"),
        action: visit.path("/space/stories/new"),
        submit: "story-send",
        cancel: visit.path(TALK),
    };
    let specs = story_specs(visit, telling(visit, talk, found), found);
    Ok(Draw { head, specs, crumbs: vec![crumb(visit, &words.say("space-discuss"), TALK)] })
}

/// Asks for a story.
pub async fn story_page(visit: Visit) -> Result<HttpResponse, Failed> {
    let (opened, talk) = loaded(&visit).await?;
    show_form(&visit, &opened, story_draw(&visit, &talk)?, (&Typed::default(), &[]))
}

/// Takes a story.
pub async fn story(visit: Visit, sent: Form) -> Result<HttpResponse, Failed> {
    let (opened, typed) = acting(&visit, sent).await?;
    let (participant, filled) = (opened.space.participant.clone(), typed.clone());
    match visit.write(move |app, db| app.tell_story(db, &participant, &filled)).await {
        Ok(()) => Ok(done(&visit, TALK, "story")),
        Err(Refusal::Invalid(problems)) => {
            let (_, talk) = loaded(&visit).await?;
            show_form(&visit, &opened, story_draw(&visit, &talk)?, (&typed, &problems))
        }
        Err(refusal) => too_late(&visit, &opened, refusal, typed).await,
    }
}
