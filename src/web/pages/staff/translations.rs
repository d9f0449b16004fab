// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Further languages of a body's questionnaires: which there are, a sheet that is tried before it counts, and its removal.

use actix_multipart::MultipartError;
use actix_multipart::form::bytes::Bytes;
use actix_multipart::form::text::Text as Part;
use actix_multipart::form::{MultipartForm, MultipartFormConfig};
use actix_web::error::{InternalError, PayloadError};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::batches::problem_words;
use super::organisations::place as body_place;
use super::{Draw, Form, acting, crumb, form_page, framed, link, show_again, show_board, show_form, worded};
use crate::app::Refusal;
use crate::app::own_translations::{HandedSheet, LanguagesFile, ReadSheet, SheetFaults};
use crate::domain::field::Typed;
use crate::domain::translation::{Translatable, Translation, TranslationState, Whose, translatables};
use crate::export::translation::csv;
use crate::view::board::{BoardAct, BoardItem, BoardSection, Fact};
use crate::view::errors::Field;
use crate::view::forms::{FieldSpec, FormError, FormHead, FormLink, Kind};
use crate::view::translations::{named, shares, whose_key};
use crate::view::words::{Value, words};
use crate::view::{BoardPage, Crumb, sentences};
use crate::web::failure::{Failed, too_large, unreadable};
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// Faults, and texts left empty, that are told one by one.
const TOLD: usize = 30;
/// What is taken into memory; a sheet that is larger than it may be gets its own sentence.
const PARTS_BYTES: usize = 5 * 1024 * 1024;

/// A translation sheet as it arrives.
#[derive(Debug, MultipartForm)]
pub struct SheetForm {
    form_token: Part<String>,
    translation_language: Option<Part<String>>,
    translation_state: Option<Part<String>>,
    #[multipart(limit = "4MiB")]
    translation_sheet: Option<Bytes>,
}

/// Body and SHA-256 of the framework version.
type At = web::Path<(String, Uuid, String)>;
/// The same with the tag of a language.
type AtLanguage = web::Path<(String, Uuid, String, String)>;

/// How the parts of the form are taken.
pub fn parts() -> MultipartFormConfig {
    MultipartFormConfig::default().total_limit(PARTS_BYTES).memory_limit(PARTS_BYTES).error_handler(|error, request| {
        let response = match error {
            MultipartError::Payload(PayloadError::Overflow) => too_large(request),
            _ => unreadable(request),
        };
        InternalError::from_response(error, response).into()
    })
}

/// Where the languages of a version are.
pub fn place(body: Uuid, sha256: &str) -> String {
    format!("{}/frameworks/{sha256}/languages", body_place(body))
}

fn here(file: &LanguagesFile) -> String {
    place(file.body.id, &file.version.sha256)
}

/// Body, name and version of the framework.
fn kicker(visit: &Visit, file: &LanguagesFile) -> String {
    let framework = &file.version.framework;
    format!("{} · {} {}", file.body.name, framework.title.get(visit.language), framework.version)
}

async fn loaded(visit: &Visit, body: Uuid, sha256: &str) -> Result<LanguagesFile, Failed> {
    let (staff, sha256) = (visit.staff().await?, sha256.to_owned());
    visit.read(move |app, db| app.languages_of_body(db, &staff, (body, &sha256))).await
}

/// Everything there is to translate: of the version, and of the pages.
fn texts(file: &LanguagesFile) -> Vec<Translatable> {
    translatables(&file.version.framework).into_iter().chain(sentences::translatables()).collect()
}

/// How much there is in the framework and in the pages, in one sentence.
fn told_shares(visit: &Visit, translation: &Translation, texts: &[Translatable]) -> String {
    let [texts, sentences] = shares(translation, texts, visit.language);
    let values = [("texts", Value::from(texts)), ("sentences", Value::from(sentences))];
    words(visit.language).say_with("translations-shares", values)
}

fn crumbs(visit: &Visit, file: &LanguagesFile, further: bool) -> Vec<Crumb> {
    let words = words(visit.language);
    let board = format!("{}/frameworks", body_place(file.body.id));
    let mut all = vec![
        crumb(visit, &file.body.name, &body_place(file.body.id)),
        crumb(visit, &words.say("frameworks-own-title"), &board),
    ];
    if further {
        all.push(crumb(visit, &words.say("translations-title"), &here(file)));
    }
    all
}

/// The languages of a version, as they count for a body.
pub async fn page(visit: Visit, path: At) -> Result<HttpResponse, Failed> {
    let file = loaded(&visit, path.1, &path.2).await?;
    let (words, texts) = (words(visit.language), texts(&file));
    let one = |(whose, translation): &(Option<Whose>, Translation)| {
        language_section(&visit, &file, (*whose, translation), &texts)
    };
    let mut sections: Vec<BoardSection> = file.languages.iter().map(one).collect();
    if sections.is_empty() {
        sections.push(BoardSection { none: words.say("translations-none"), ..BoardSection::default() });
    }
    let board = BoardPage {
        kicker: kicker(&visit, &file),
        title: words.say("translations-title"),
        lead: words.say("translations-lead"),
        links: vec![link(&visit, "translations-add", &format!("{}/new", here(&file)))],
        sections,
        ..BoardPage::default()
    };
    show_board(&visit, board, crumbs(&visit, &file, false))
}

fn language_section(
    visit: &Visit,
    file: &LanguagesFile,
    (whose, translation): (Option<Whose>, &Translation),
    texts: &[Translatable],
) -> BoardSection {
    let words = words(visit.language);
    let (name, tag) = (named(translation), translation.language.code());
    let lead = |key: &str, end: &str| FormLink {
        text: words.say_with(key, [("language", Value::from(name.clone()))]),
        href: visit.path(&format!("{}/{tag}/{end}", here(file))),
    };
    let mut links = vec![lead("translations-sheet", "sheet")];
    if file.own(tag).is_some() {
        links.push(lead("translations-remove-named", "removal"));
    }
    let item = BoardItem {
        name: words.say(whose_key(whose)),
        detail: told_shares(visit, translation, texts),
        flag: words.say(&format!("translation-{}", translation.state.code())),
        good: translation.state != TranslationState::Draft,
        ..BoardItem::default()
    };
    BoardSection { title: name, items: vec![item], links, ..BoardSection::default() }
}

/// The sheet of a language, with the words that count for the body.
pub async fn sheet(visit: Visit, path: AtLanguage) -> Result<HttpResponse, Failed> {
    let (_, body, sha256, tag) = path.into_inner();
    let file = loaded(&visit, body, &sha256).await?;
    let found = file.languages.iter().find(|(_, one)| one.language.code() == tag);
    let (_, translation) = found.ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let framework = &file.version.framework;
    let name = format!("{}-{}-{}.csv", framework.id, framework.version, translation.language);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(csv(&texts(&file), translation)))
}

fn draw(visit: &Visit, file: &LanguagesFile) -> Draw {
    let words = words(visit.language);
    let head = FormHead {
        kicker: kicker(visit, file),
        title: words.say("translations-add"),
        lead: words.say("translations-add-lead"),
        action: visit.path(&format!("{}/trial", here(file))),
        submit: "translations-try",
        cancel: visit.path(&here(file)),
    };
    let states = worded(visit, "translation", &TranslationState::ALL.map(TranslationState::code));
    let specs = vec![
        FieldSpec::new("translation_sheet", Kind::File),
        FieldSpec::new("translation_language", Kind::Line),
        FieldSpec::new("translation_state", Kind::OneOf).choosing(states),
    ];
    Draw { head, specs, crumbs: crumbs(visit, file, true) }
}

/// Asks for a sheet.
pub async fn new_page(visit: Visit, path: At) -> Result<HttpResponse, Failed> {
    let file = loaded(&visit, path.1, &path.2).await?;
    let typed = Typed::default().with("translation_state", TranslationState::Draft.code());
    let (mut page, crumbs) = form_page(&visit, draw(&visit, &file), &typed, &[]);
    let framework = &file.version.framework;
    let blank = format!("/frameworks/{}/{}#languages", framework.id, framework.version);
    page.links = vec![link(&visit, "translations-blank", &blank)];
    let title = format!("{} – {}", page.title, page.kicker);
    visit.show(&framed(&visit, title, page.title.clone(), crumbs), &page)
}

fn handed(bytes: Vec<u8>, typed: &Typed) -> HandedSheet {
    HandedSheet {
        bytes,
        language: typed.get("translation_language").to_owned(),
        state: typed.get("translation_state").to_owned(),
        sentences: sentences::translatables(),
        is_sentence: sentences::is_well_formed,
    }
}

/// Reads a sheet and shows what it has, and what is wrong with it; nothing is kept.
pub async fn trial(visit: Visit, path: At, sent: MultipartForm<SheetForm>) -> Result<HttpResponse, Failed> {
    let sent = sent.into_inner();
    let token = vec![("form_token".to_owned(), sent.form_token.into_inner())];
    let (staff, _) = acting(&visit, web::Form(token)).await?;
    let said = |part: Option<Part<String>>| part.map(Part::into_inner).unwrap_or_default();
    let typed = Typed::default()
        .with("translation_language", said(sent.translation_language))
        .with("translation_state", said(sent.translation_state));
    let bytes = sent.translation_sheet.map(|file| file.data.to_vec()).unwrap_or_default();
    let (_, body, sha256) = path.into_inner();
    let handed = handed(bytes, &typed);
    let (file, read) = visit.read(move |app, db| app.try_sheet(db, &staff, (body, &sha256), &handed)).await?;
    match read {
        Ok(read) => show_good(&visit, &file, &read),
        Err(faults) => show_faults(&visit, &file, &faults, &typed),
    }
}

fn show_faults(
    visit: &Visit,
    file: &LanguagesFile,
    faults: &SheetFaults,
    typed: &Typed,
) -> Result<HttpResponse, Failed> {
    let (mut page, crumbs) = form_page(visit, draw(visit, file), typed, &faults.fields);
    let told_one = |problem| problem_words(visit, problem, faults.file.row(problem));
    let told = faults.file.errors.iter().take(TOLD).map(told_one);
    page.errors.extend(told.map(|text| FormError { id: "translation_sheet".to_owned(), text }));
    let title = format!("{} {} – {}", words(visit.language).say("error-prefix"), page.title, page.kicker);
    visit.show_as(StatusCode::UNPROCESSABLE_ENTITY, &framed(visit, title, page.title.clone(), crumbs), &page)
}

fn show_good(visit: &Visit, file: &LanguagesFile, read: &ReadSheet) -> Result<HttpResponse, Failed> {
    let words = words(visit.language);
    let field = |name: &str, value: &str| Field { name: name.to_owned(), value: value.to_owned() };
    let confirm = BoardAct {
        action: visit.path(&format!("{}/new", here(file))),
        label: words.say("translations-confirm"),
        what: confirm_words(visit, file),
        hidden: vec![
            field("translation_sheet", &read.text),
            field("translation_language", read.translation.language.code()),
            field("translation_state", read.translation.state.code()),
        ],
        ..BoardAct::default()
    };
    let again = FormLink { text: words.say("translations-back"), href: visit.path(&format!("{}/new", here(file))) };
    let page = BoardPage {
        kicker: kicker(visit, file),
        title: words.say("translations-trial-title"),
        lead: words.say("translations-trial-lead"),
        facts: facts(visit, read),
        sections: vec![
            BoardSection { acts: vec![confirm], links: vec![again], ..BoardSection::default() },
            empty_section(visit, read),
        ],
        ..BoardPage::default()
    };
    show_board(visit, page, crumbs(visit, file, true))
}

/// Which open waves a change would reach; nothing where there are none.
fn open_words(visit: &Visit, file: &LanguagesFile) -> Option<String> {
    let waves = &file.open_waves;
    let values = || [("count", Value::from(waves.len())), ("waves", Value::from(waves.join(", ")))];
    (!waves.is_empty()).then(|| words(visit.language).say_with("translations-open", values()))
}

fn confirm_words(visit: &Visit, file: &LanguagesFile) -> String {
    let words = words(visit.language);
    let open = open_words(visit, file).map(|open| format!("{open} {} ", words.say("translations-trial-open")));
    open.unwrap_or_default() + &words.say("translations-signed")
}

fn facts(visit: &Visit, read: &ReadSheet) -> Vec<Fact> {
    let words = words(visit.language);
    let [texts, sentences] = shares(&read.translation, &read.texts, visit.language);
    let (whose, before) = &read.before;
    let said = || format!("{}. {}", words.say(whose_key(*whose)), told_shares(visit, before, &read.texts));
    let nothing = || words.say("translations-before-none");
    let brings = before.missing(&read.texts).count() < read.texts.len();
    let all = [
        ("translations-fact-language", named(&read.translation)),
        ("field-translation_state", words.say(&format!("translation-{}", read.translation.state.code()))),
        ("translations-fact-texts", texts),
        ("translations-fact-sentences", sentences),
        ("translations-fact-before", if brings { said() } else { nothing() }),
    ];
    all.into_iter().map(|(key, value)| Fact { name: words.say(key), value }).collect()
}

fn empty_section(visit: &Visit, read: &ReadSheet) -> BoardSection {
    let words = words(visit.language);
    let missing: Vec<&Translatable> = read.translation.missing(&read.texts).collect();
    let item = |one: &&Translatable| BoardItem {
        name: one.key.clone(),
        detail: one.source().to_owned(),
        ..BoardItem::default()
    };
    let mut items: Vec<BoardItem> = missing.iter().take(TOLD).map(item).collect();
    if let Some(more) = missing.len().checked_sub(TOLD).filter(|more| *more > 0) {
        let name = words.say_with("translations-empty-more", [("count", more.into())]);
        items.push(BoardItem { name, ..BoardItem::default() });
    }
    BoardSection {
        title: words.say("translations-empty"),
        text: words.say("translations-empty-what"),
        items,
        none: words.say("translations-empty-none"),
        ..BoardSection::default()
    }
}

/// Makes a sheet the body's own translation.
pub async fn take(visit: Visit, path: At, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (_, body, sha256) = path.into_inner();
    let handed = handed(typed.get("translation_sheet").as_bytes().to_vec(), &typed);
    let at = sha256.clone();
    match visit.write(move |app, db| app.take_sheet(db, &staff, (body, &at), &handed)).await {
        Ok(()) => Ok(see_other(&visit.path(&place(body, &sha256)))),
        Err(refusal) => {
            let draw = draw(&visit, &loaded(&visit, body, &sha256).await?);
            let kept = Typed(typed.0.into_iter().filter(|(name, _)| name != "translation_sheet").collect());
            show_again(&visit, refusal, draw, (kept, 0))
        }
    }
}

/// Asks before the body's own sheet is taken away.
pub async fn removal_page(visit: Visit, path: AtLanguage) -> Result<HttpResponse, Failed> {
    let (_, body, sha256, tag) = path.into_inner();
    let (staff, asked) = (visit.staff().await?, tag.clone());
    let (file, below) = visit.read(move |app, db| app.own_translation(db, &staff, (body, &sha256), &asked)).await?;
    let words = words(visit.language);
    let name = file.own(&tag).map(named).unwrap_or_default();
    let falls_back = below.iter().any(|(_, one)| one.language.code() == tag);
    let key = if falls_back { "translations-removal-back" } else { "translations-removal-none" };
    let said = words.say_with(key, [("language", Value::from(name))]);
    let lead: Vec<String> = std::iter::once(said).chain(open_words(&visit, &file)).collect();
    let head = FormHead {
        kicker: kicker(&visit, &file),
        title: words.say("translations-removal"),
        lead: lead.join(" "),
        action: visit.path(&format!("{}/{tag}/removal", here(&file))),
        submit: "translations-remove",
        cancel: visit.path(&here(&file)),
    };
    show_form(&visit, Draw { head, specs: Vec::new(), crumbs: crumbs(&visit, &file, true) }, &Typed::default())
}

/// Takes the body's own sheet away.
pub async fn remove(visit: Visit, path: AtLanguage, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, _) = acting(&visit, sent).await?;
    let (_, body, sha256, tag) = path.into_inner();
    let at = sha256.clone();
    let done = visit.write(move |app, db| app.remove_own_translation(db, &staff, (body, &at), &tag)).await;
    done.map_err(|refusal| visit.refuse(refusal))?;
    Ok(see_other(&visit.path(&place(body, &sha256))))
}
