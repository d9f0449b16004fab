// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The last page of a questionnaire: questions answered in one's own words.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::questionnaire::{field, kicker, open_texts, plain_frame, session, title};
use super::see_other;
use crate::app::responses::OpenQuestionnaire;
use crate::app::{Refusal, secrets};
use crate::domain::field::{FieldProblem, Typed};
use crate::domain::written::asked;
use crate::view::words::words;
use crate::view::written::{WrittenPage, questions};
use crate::web::failure::Failed;
use crate::web::site::Visit;

type Form = web::Form<Vec<(String, String)>>;

fn show(
    visit: &Visit,
    open: &OpenQuestionnaire,
    typed: &Typed,
    problems: &[FieldProblem],
) -> Result<HttpResponse, Failed> {
    let words = words(visit.language);
    let asked = (&*open.place.framework, open.draft.group.as_str());
    let page = WrittenPage {
        kicker: kicker(&open.place),
        questions: questions(asked, &open.place.tongue, typed, (words, problems)),
        action: visit.path("/questionnaire/written"),
        form_token: secrets::form_token(&session(visit)?.token),
        wrong: !problems.is_empty(),
    };
    let prefix = if problems.is_empty() { String::new() } else { format!("{} ", words.say("error-prefix")) };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let heading = format!("{prefix}{} – {}", title(&open.place, "written-title"), open.place.project.name);
    visit.show_as(status, &plain_frame(visit, &open.place, heading), &page)
}

/// Asks the open questions.
pub async fn page(visit: Visit) -> Result<HttpResponse, Failed> {
    let (_, open, texts) = open_texts(&visit).await?;
    if !open.draft.standing.is_fillable() {
        return Ok(see_other(&visit.path("/questionnaire/receipt")));
    }
    // Not every framework asks something, or asks it of everybody.
    if asked(&open.place.framework, &open.draft.group).next().is_none() {
        return Ok(see_other(&visit.path("/questionnaire/review")));
    }
    show(&visit, &open, &Typed(texts), &[])
}

/// Saves what was written and goes on, or back.
pub async fn save(visit: Visit, form: Form) -> Result<HttpResponse, Failed> {
    let session = session(&visit)?;
    visit.check_form(&session, field(&form, "form_token"))?;
    let go = field(&form, "go").map(str::to_owned);
    let typed = Typed(form.iter().filter(|(name, _)| name != "form_token" && name != "go").cloned().collect());
    let (token, sent) = (session.token, typed.clone());
    match visit.write(move |app, db| app.save_texts(db, &token, &sent)).await {
        Ok(()) if go.as_deref() == Some("stay") => Ok(HttpResponse::NoContent().finish()),
        Ok(()) => {
            let (_, open, _) = open_texts(&visit).await?;
            let last = format!("/questionnaire/{}", open.questionnaire.pages.len());
            let back = go.as_deref() == Some("back");
            Ok(see_other(&visit.path(if back { &last } else { "/questionnaire/review" })))
        }
        Err(Refusal::Invalid(problems)) => show(&visit, &open_texts(&visit).await?.1, &typed, &problems),
        Err(refusal) => Err(Failed::keeping(&visit, refusal, &form)),
    }
}
