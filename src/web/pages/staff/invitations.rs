// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How people are asked to a wave: by mail, with printed codes, with a poster, on paper.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use uuid::Uuid;

use super::projects::crumbs;
use super::{Draw, Form, acting, crumb, show_again, show_board, show_form, worded};
use crate::app::invitations::{PersonalCode, Printed};
use crate::app::waves::{Asked, WaveFile};
use crate::app::{App, Refusal};
use crate::domain::field::Typed;
use crate::domain::framework::StakeholderGroup;
use crate::domain::invitation::Setting;
use crate::domain::role::Action;
use crate::domain::text::Language;
use crate::domain::wave::WaveState;
use crate::domain::written::asked;
use crate::export::codes;
use crate::print::{Pdf, PrintError};
use crate::view::BoardPage;
use crate::view::board::{BoardAct, BoardItem, BoardSection};
use crate::view::cards::{self, Invited};
use crate::view::forms::{FieldSpec, FormHead, Kind};
use crate::view::letters::{self, stands};
use crate::view::notice::NoticeView;
use crate::view::paper::{self, Printing};
use crate::view::printing::Asking;
use crate::view::words::words;
use crate::web::Mail;
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// Messages that did not arrive, at most so many on a page.
const MOST_FAILED: i64 = 100;

/// A way to ask people to a wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Mail,
    Reminders,
    Codes,
    Poster,
    Paper,
    Shared,
}

impl Way {
    const ALL: [Self; 6] = [Self::Mail, Self::Reminders, Self::Codes, Self::Poster, Self::Paper, Self::Shared];

    /// The last part of its address, and of the keys of its words.
    const fn code(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Reminders => "reminders",
            Self::Codes => "codes",
            Self::Poster => "poster",
            Self::Paper => "paper",
            Self::Shared => "shared",
        }
    }
}

fn place(id: Uuid) -> String {
    format!("/staff/waves/{}", id.simple())
}

async fn loaded(visit: &Visit, id: Uuid, action: Action) -> Result<WaveFile, Failed> {
    let staff = visit.staff().await?;
    visit.read(move |app, db| app.wave_file(db, &staff, id, action)).await
}

/// Every way to ask people to a wave, and what became of messages.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (file, id) = (loaded(&visit, path.1, Action::Invite).await?, path.1);
    let body = file.wave.organisation_id;
    let outbox = visit.read(move |_, db| Ok(App::failed_invitations(db, body, id, MOST_FAILED)?)).await?;
    let words = words(visit.language);
    let count = |(state, count): &(_, i64)| BoardItem {
        name: stands(words, *state, None),
        detail: count.to_string(),
        ..BoardItem::default()
    };
    let failed = outbox.entries.iter().map(|one| BoardItem {
        name: one.recipient.clone(),
        detail: stands(words, one.state, one.last_problem.as_deref()),
        act: Some(BoardAct {
            action: visit.path(&format!("{}/messages/{}/retrial", place(id), one.id.simple())),
            label: words.say("message-retry"),
            about: one.recipient.clone(),
            ..BoardAct::default()
        }),
        ..BoardItem::default()
    });
    let board = BoardPage {
        kicker: format!("{} · {}", file.project.name, file.wave.code),
        title: words.say("invitations-title"),
        lead: words.say(&format!("invitations-lead-{}", file.wave.collection.code())),
        sections: vec![
            BoardSection {
                title: words.say("invitations-ways"),
                items: ways(&visit, &file),
                ..BoardSection::default()
            },
            BoardSection {
                title: words.say("invitations-messages"),
                text: words.say("invitations-messages-what"),
                items: outbox.counts.iter().map(count).chain(failed).collect(),
                none: words.say("invitations-no-messages"),
                ..BoardSection::default()
            },
        ],
        ..BoardPage::default()
    };
    show_board(&visit, board, way_up(&visit, &file))
}

fn way_up(visit: &Visit, file: &WaveFile) -> Vec<crate::view::Crumb> {
    let mut crumbs = crumbs(visit, &file.project);
    crumbs.push(crumb(visit, &file.wave.code, &place(file.wave.id)));
    crumbs
}

fn ways(visit: &Visit, file: &WaveFile) -> Vec<BoardItem> {
    let words = words(visit.language);
    let mail = visit.site.options.mail == Mail::On && file.wave.state == WaveState::Open;
    let item = |key: &str| BoardItem {
        name: words.say(&format!("way-{key}")),
        detail: words.say(&format!("way-{key}-what")),
        href: visit.path(&format!("{}/{key}", place(file.wave.id))),
        ..BoardItem::default()
    };
    let open = |way: &Way| mail || !matches!(way, Way::Mail | Way::Reminders);
    Way::ALL.into_iter().filter(open).map(|way| item(way.code())).collect()
}

fn draw(visit: &Visit, file: &WaveFile, way: Way) -> Draw {
    let words = words(visit.language);
    let (key, (submit, specs)) = (way.code(), specs(visit, file, way));
    let head = FormHead {
        kicker: format!("{} · {}", file.project.name, file.wave.code),
        title: words.say(&format!("way-{key}")),
        lead: words.say(&format!("way-{key}-what")),
        action: visit.path(&format!("{}/{key}", place(file.wave.id))),
        submit,
        cancel: visit.path(&format!("{}/invitations", place(file.wave.id))),
    };
    let mut crumbs = way_up(visit, file);
    crumbs.push(crumb(visit, &words.say("invitations-title"), &format!("{}/invitations", place(file.wave.id))));
    Draw { head, specs, crumbs }
}

/// The groups that the wave asks, to choose from.
fn groups(visit: &Visit, file: &WaveFile) -> FieldSpec {
    let asked = file.coverage.iter().filter(|row| row.asked == Asked::Something);
    let named = |group: &StakeholderGroup| (group.code.clone(), group.name.get(visit.language).to_owned());
    let choices = asked.filter_map(|row| file.framework.group(&row.group).map(named));
    FieldSpec::new("asked_group", Kind::Choice).choosing(choices.collect())
}

fn specs(visit: &Visit, file: &WaveFile, way: Way) -> (&'static str, Vec<FieldSpec>) {
    match way {
        Way::Mail => ("way-mail-button", Vec::new()),
        Way::Reminders => ("way-reminders-button", Vec::new()),
        Way::Codes => (
            "way-codes-button",
            vec![
                FieldSpec::new("printed", Kind::OneOf).choosing(worded(
                    visit,
                    "printed",
                    &["everybody", "without-mail"],
                )),
                FieldSpec::new("sheets", Kind::OneOf).choosing(worded(visit, "sheets", &["cards", "list"])),
            ],
        ),
        Way::Poster => ("way-poster-button", vec![groups(visit, file)]),
        Way::Paper => (
            "way-paper-button",
            vec![
                groups(visit, file),
                FieldSpec::new("form_number", Kind::Line).optional(),
                FieldSpec::new("return_to", Kind::Line).optional(),
            ],
        ),
        Way::Shared => (
            "way-shared-button",
            vec![
                groups(visit, file),
                FieldSpec::new("setting", Kind::OneOf).choosing(worded(visit, "setting", &["shared", "assisted"])),
            ],
        ),
    }
}

/// Asks how people are to be invited in one way: the last part of the address says which.
pub async fn way_page(
    request: HttpRequest,
    visit: Visit,
    path: web::Path<(String, Uuid)>,
) -> Result<HttpResponse, Failed> {
    let file = loaded(&visit, path.1, Action::Invite).await?;
    let last = request.path().rsplit('/').next().unwrap_or_default();
    let way = Way::ALL.into_iter().find(|way| way.code() == last).ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let draw = draw(&visit, &file, way);
    let typed = Typed::default().with("printed", "everybody").with("sheets", "cards").with("setting", "shared");
    show_form(&visit, draw, &typed)
}

async fn again(visit: &Visit, id: Uuid, way: Way, refusal: Refusal, typed: Typed) -> Result<HttpResponse, Failed> {
    let file = loaded(visit, id, Action::Invite).await?;
    let draw = draw(visit, &file, way);
    show_again(visit, refusal, draw, (typed, 0))
}

/// Invites by mail.
pub async fn mail(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let ((staff, typed), id) = (acting(&visit, sent).await?, path.1);
    let wording = wording(&visit, id, letters::invitation).await?;
    match visit.write(move |app, db| app.mail_invitations(db, &staff, id, &wording)).await {
        Ok(_) => Ok(see_other(&visit.path(&format!("{}/invitations", place(id))))),
        Err(refusal) => again(&visit, id, Way::Mail, refusal, typed).await,
    }
}

/// Reminds by mail.
pub async fn reminders(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let ((staff, typed), id) = (acting(&visit, sent).await?, path.1);
    let wording = wording(&visit, id, letters::reminder).await?;
    match visit.write(move |app, db| app.mail_reminders(db, &staff, id, &wording)).await {
        Ok(()) => Ok(see_other(&visit.path(&format!("{}/invitations", place(id))))),
        Err(refusal) => again(&visit, id, Way::Reminders, refusal, typed).await,
    }
}

/// What a letter of a wave says around each code.
async fn wording(visit: &Visit, id: Uuid, letter: letters::WaveLetter) -> Result<crate::app::outbox::Wording, Failed> {
    let file = loaded(visit, id, Action::Invite).await?;
    let base = visit.site.options.base_url.clone();
    let (language, app) = (visit.language, visit.site.app.clone());
    Ok(std::sync::Arc::new(move |code: &str| letter(&asking(&app, &file, language), &format!("{base}/q/{code}"))))
}

/// Tries a message again that did not arrive.
pub async fn retry(visit: Visit, path: web::Path<(String, Uuid, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, _) = acting(&visit, sent).await?;
    let (_, id, message) = path.into_inner();
    let done = visit.write(move |app, db| app.retry_invitation(db, &staff, id, message)).await;
    done.map_err(|refusal| visit.refuse(refusal))?;
    Ok(see_other(&visit.path(&format!("{}/invitations", place(id)))))
}

/// Makes codes to be printed: as cards, or as a list.
pub async fn codes(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let ((staff, typed), id) = (acting(&visit, sent).await?, path.1);
    let printed = if typed.get("printed") == "without-mail" { Printed::WithoutMail } else { Printed::Everybody };
    let made = visit.write(move |app, db| {
        let file = app.wave_file(db, &staff, id, Action::Invite)?;
        Ok((file, app.print_codes(db, &staff, id, printed)?))
    });
    let (file, codes) = match made.await {
        Ok(made) => made,
        Err(refusal) => return again(&visit, id, Way::Codes, refusal, typed).await,
    };
    if typed.get("sheets") == "list" {
        return Ok(list(&visit, &file, &codes));
    }
    let base = visit.site.options.base_url.clone();
    let name = format!("codici-{}.pdf", file.wave.code);
    let pdf = printed_apart(&visit, file, move |asking| {
        let group = |code: &str| asking.framework.group(code);
        let invited = codes.iter().filter_map(|one| {
            let link = format!("{base}/q/{}", one.code.compact());
            Some(Invited { group: group(&one.person.group)?, code: Some(&one.code), link })
        });
        let address = format!("{}/access", short(&base));
        crate::print::pdf(&cards::cards(asking, &address, &invited.collect::<Vec<_>>())?)
    });
    Ok(pdf_file(&pdf.await?, &name))
}

fn list(visit: &Visit, file: &WaveFile, codes: &[PersonalCode]) -> HttpResponse {
    let base = &visit.site.options.base_url;
    let rows = codes.iter().map(|one| {
        let group = file.framework.group(&one.person.group).map_or("", |group| group.name.get(visit.language));
        let email = one.person.email.clone().unwrap_or_default();
        let link = format!("{base}/q/{}", one.code.compact());
        [group.to_owned(), one.person.name.clone(), email, one.code.to_string(), link]
    });
    let head = ["column-group", "field-name", "field-email", "print-code", "print-address"];
    let head = head.map(|key| words(visit.language).say(key));
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"codici-{}.csv\"", safe(&file.wave.code))))
        .body(codes::csv(&head, rows))
}

/// A poster with a fresh link for a group.
pub async fn poster(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let ((staff, typed), id) = (acting(&visit, sent).await?, path.1);
    let asked = typed.get("asked_group").to_owned();
    let made = visit.write(move |app, db| {
        let file = app.wave_file(db, &staff, id, Action::Invite)?;
        let link = app.issue_group_link_for(db, &staff, id, (&asked, Setting::Own))?;
        Ok((file, link))
    });
    let (file, link) = match made.await {
        Ok(made) => made,
        Err(refusal) => return again(&visit, id, Way::Poster, refusal, typed).await,
    };
    let base = visit.site.options.base_url.clone();
    let name = format!("locandina-{}.pdf", file.wave.code);
    let pdf = printed_apart(&visit, file, move |asking| {
        let whole = format!("{base}/q/{}", link.code.compact());
        let group = asking.framework.group(&link.group);
        crate::print::pdf(&cards::poster(asking, group, &whole, short(&whole))?)
    });
    Ok(pdf_file(&pdf.await?, &name))
}

/// The questionnaire of a group on paper.
pub async fn paper(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let ((_, typed), id) = (acting(&visit, sent).await?, path.1);
    let file = loaded(&visit, id, Action::Invite).await?;
    let (body, wave) = (file.organisation.clone(), file.wave.clone());
    let told = visit.read(move |app, db| app.notice(db, &body, &wave)).await?;
    let told = NoticeView::new(visit.language, &file.organisation, &file.wave, &told).printed();
    let name = format!("questionario-{}-{}.pdf", file.wave.code, safe(typed.get("asked_group")));
    let pdf = printed_apart(&visit, file, move |asking| {
        let group = asking.framework.group(typed.get("asked_group")).ok_or(PrintError::Empty)?;
        let said = |field: &str| Some(typed.get(field).trim()).filter(|text| !text.is_empty());
        let printing = Printing {
            form: said("form_number"),
            return_to: said("return_to"),
            notice: told,
            written: asked(asking.framework, &group.code).collect(),
        };
        crate::print::pdf(&paper::paper(asking, group, &printing)?)
    });
    Ok(pdf_file(&pdf.await?, &name))
}

/// Opens a link for a device that goes round, or for somebody who asks the questions.
pub async fn shared(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let ((staff, typed), id) = (acting(&visit, sent).await?, path.1);
    let setting = if typed.get("setting") == "assisted" { Setting::Assisted } else { Setting::Shared };
    let asked = typed.get("asked_group").to_owned();
    match visit.write(move |app, db| app.issue_group_link_for(db, &staff, id, (&asked, setting))).await {
        Ok(link) => Ok(see_other(&visit.path(&format!("/q/{}", link.code.compact())))),
        Err(refusal) => again(&visit, id, Way::Shared, refusal, typed).await,
    }
}

fn asking<'a>(app: &App, file: &'a WaveFile, language: Language) -> Asking<'a> {
    Asking {
        organisation: &file.organisation.name,
        contact: &file.organisation.contact,
        programme: None,
        project: &file.project.name,
        wave: &file.wave,
        framework: &file.framework,
        language,
        printed_on: app.clock.today(),
    }
}

/// Makes a document on a thread that may block.
async fn printed_apart(
    visit: &Visit,
    file: WaveFile,
    make: impl FnOnce(&Asking<'_>) -> Result<Pdf, PrintError> + Send + 'static,
) -> Result<Pdf, Failed> {
    let language = visit.language;
    let pdf = visit.in_turn(move |app| Ok(make(&asking(app, &file, language)))).await;
    pdf.map_err(|refusal| visit.refuse(refusal))?.map_err(|error| Failed::of_print(visit, &error))
}

/// A PDF to be kept under a name.
pub fn pdf_file(pdf: &Pdf, name: &str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/pdf"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", safe(name))))
        .body(pdf.bytes.clone())
}

/// A name that may stand in the head of a response.
pub fn safe(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '-' }).collect()
}

/// An address as it is typed.
fn short(address: &str) -> &str {
    address.trim_start_matches("https://").trim_start_matches("http://")
}
