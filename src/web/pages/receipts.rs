// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Apart from the questions: what is told about the data, the receipt, and what a respondent may do with the answers while the wave is open.

use actix_web::{HttpResponse, web};

use super::questionnaire::{field, in_fours, kicker, open, plain_frame, session, title};
use super::see_other;
use super::tongues::Choice;
use crate::app::outbox::Wording;
use crate::app::responses::OpenQuestionnaire;
use crate::app::{App, Refusal, secrets};
use crate::domain::access_code::AccessCode;
use crate::domain::invitation::{Setting, Standing};
use crate::store::Db;
use crate::view::letters;
use crate::view::notice::{NoticePage, NoticeView};
use crate::view::numbers;
use crate::view::printing::Asking;
use crate::view::receipts::{AnswersPage, ErasurePage, ReceiptPage, Rights, receipt_key};
use crate::web::Mail;
use crate::web::cookies::Cookie;
use crate::web::failure::Failed;
use crate::web::site::Visit;

type Form = web::Form<Vec<(String, String)>>;

const RECEIPT: &str = "/questionnaire/receipt";

/// Thanks, and proof that the answers are stored.
pub async fn receipt(visit: Visit) -> Result<HttpResponse, Failed> {
    let (session, open) = open(&visit).await?;
    let Some(code) = open.draft.receipt.as_deref().and_then(|code| AccessCode::parse(code).ok()) else {
        return Ok(see_other(&visit.path("/questionnaire/review")));
    };
    let erased = open.draft.standing == Standing::Erased;
    let page = ReceiptPage {
        code: in_fours(&code),
        project: open.place.project.name.clone(),
        closes_on: numbers::day_for(open.place.wave.closes_on, &open.place.tongue),
        results: visit.path(&format!("/projects/{}", open.place.project.id.simple())),
        collection_key: receipt_key(open.place.wave.collection),
        next_person: (open.draft.setting != Setting::Own).then(|| visit.path("/questionnaire/next-person")),
        form_token: secrets::form_token(&session.token),
        rights: if erased { None } else { rights(&visit, &open) },
        erased,
    };
    let heading = if erased { "receipt-erased-title" } else { "receipt-title" };
    visit.show(&plain_frame(&visit, &open.place, title(&open.place, heading)), &page)
}

/// What can be done with the answers; on a device that goes round nothing, so that nobody reads another's. Who answered
/// there has the same rights on a phone, with the receipt code.
fn rights(visit: &Visit, open: &OpenQuestionnaire) -> Option<Rights> {
    let wave = &open.place.wave;
    let goes_round = open.draft.setting != Setting::Own && visit.session(Cookie::Entry).is_some();
    (!goes_round && visit.site.app.check_rights(open).is_ok()).then(|| Rights {
        answers: visit.path("/questionnaire/answers"),
        correction: visit.path("/questionnaire/correction"),
        erasure: visit.path("/questionnaire/erasure"),
        correcting: open.draft.standing == Standing::Correcting,
        until: numbers::day_for(wave.closes_on, &open.place.tongue),
    })
}

/// What is told about the data.
pub async fn notice(visit: Visit) -> Result<HttpResponse, Failed> {
    let (_, open) = open(&visit).await?;
    let (body, wave) = (open.place.organisation.clone(), open.place.wave.clone());
    let told = visit.read(move |app, db| app.notice(db, &body, &wave)).await?;
    let page = NoticePage {
        kicker: kicker(&open.place),
        notice: NoticeView::on(&open.place.tongue, &open.place.organisation, &open.place.wave, &told),
        back: visit.path("/questionnaire/1"),
    };
    visit.show(&plain_frame(&visit, &open.place, title(&open.place, "notice-title")), &page)
}

/// The answers that count.
pub async fn answers(visit: Visit) -> Result<HttpResponse, Failed> {
    let token = session(&visit)?.token;
    let (base, chosen) = (visit.language, Choice::of(&visit).language);
    let read = visit.read(move |app, db| {
        let (open, answers) = app.submitted_answers(db, &token)?;
        Ok((App::questionnaire_in(db, open, (base, chosen.as_ref()))?, answers))
    });
    let (open, answers) = read.await?;
    let mut page = AnswersPage::new(&open.questionnaire, &answers, &open.place.tongue);
    page.kicker = kicker(&open.place);
    visit.show(&plain_frame(&visit, &open.place, title(&open.place, "answers-title")), &page)
}

/// Opens the answers again.
pub async fn correct(visit: Visit, form: Form) -> Result<HttpResponse, Failed> {
    act(&visit, &form, App::begin_correction).await?;
    Ok(see_other(&visit.path("/questionnaire/1")))
}

/// Asks once more before the answers are erased.
pub async fn erasure_page(visit: Visit) -> Result<HttpResponse, Failed> {
    let (session, open) = open(&visit).await?;
    if rights(&visit, &open).is_none() || open.draft.receipt.is_none() {
        return Ok(see_other(&visit.path(RECEIPT)));
    }
    let page = ErasurePage {
        kicker: kicker(&open.place),
        action: visit.path("/questionnaire/erasure"),
        back: visit.path(RECEIPT),
        form_token: secrets::form_token(&session.token),
    };
    visit.show(&plain_frame(&visit, &open.place, title(&open.place, "erasure-title")), &page)
}

/// Erases the answers.
pub async fn erase(visit: Visit, form: Form) -> Result<HttpResponse, Failed> {
    act(&visit, &form, App::erase_response).await?;
    Ok(see_other(&visit.path(RECEIPT)))
}

async fn act(
    visit: &Visit,
    form: &Form,
    act: impl FnOnce(&App, &mut Db, &str) -> Result<(), Refusal> + Send + 'static,
) -> Result<(), Failed> {
    let session = session(visit)?;
    visit.check_form(&session, field(form, "form_token"))?;
    let token = session.token;
    let done = visit.write(move |app, db| act(app, db, &token)).await;
    done.map_err(|refusal| visit.refuse(refusal))
}

/// What the receipt says by mail, where messages are sent.
pub(super) async fn receipt_letter(visit: &Visit) -> Result<Option<Wording>, Failed> {
    if visit.site.options.mail == Mail::Off {
        return Ok(None);
    }
    let (_, open) = open(visit).await?;
    let address = format!("{}/{}/access", visit.site.options.base_url, visit.language.code());
    let (language, today) = (visit.language, visit.site.app.clock.today());
    Ok(Some(std::sync::Arc::new(move |code: &str| {
        let place = &open.place;
        let asking = Asking {
            organisation: &place.organisation.name,
            contact: &place.organisation.contact,
            programme: None,
            project: &place.project.name,
            wave: &place.wave,
            framework: &place.framework,
            language,
            printed_on: today,
        };
        letters::receipt(&asking, code, &address)
    })))
}
