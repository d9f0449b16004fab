// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! HTTP: which address does what? The only module that names actix; handlers translate and nothing else.

mod assets;
mod attempts;
mod circle;
mod cookies;
mod device;
mod download;
mod failure;
mod health;
mod logos;
mod pages;
mod security;
mod site;

use std::net::TcpListener;

use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{self, FormConfig, PathConfig, ServiceConfig};
use actix_web::{App as ActixApp, HttpServer, guard};

pub use logos::{LogoKind, Logos};
pub use site::{Mail, Site, SiteOptions};

/// A form of a questionnaire page is a few kilobytes.
const FORM_BYTES: usize = 64 * 1024;
/// A list of people, as it is sent again to be confirmed.
const LIST_BYTES: usize = 4 * 1024 * 1024;
/// The same for a translation sheet of two mebibytes, whose letters take three times as many in a form.
const SHEET_BYTES: usize = 7 * 1024 * 1024;
const WORKERS: usize = 2;

/// Serves a site on a listener until it is told to stop; finishes requests in flight. `ready` is called once requests
/// are answered and a signal ends the service in order.
///
/// # Errors
/// If the listener cannot be used, or `ready` fails.
pub fn serve(site: Site, listener: TcpListener, ready: impl FnOnce() -> std::io::Result<()>) -> std::io::Result<()> {
    let site = web::Data::new(site);
    actix_web::rt::System::new().block_on(async move {
        let server = HttpServer::new(move || {
            ActixApp::new()
                .app_data(site.clone())
                .wrap(from_fn(security::guard))
                .wrap(Compress::default())
                .configure(routes)
        })
        .workers(WORKERS)
        .shutdown_timeout(20)
        .listen(listener)?
        .run();
        let running = actix_web::rt::spawn(server);
        tokio::task::yield_now().await;
        ready()?;
        running.await.map_err(std::io::Error::other)?
    })
}

/// Every address of the service.
pub fn routes(config: &mut ServiceConfig) {
    config
        .app_data(FormConfig::default().limit(FORM_BYTES).error_handler(failure::form_error))
        .app_data(PathConfig::default().error_handler(failure::path_error))
        .service(web::resource("/healthz").route(get().to(health::alive)))
        .service(web::resource("/readyz").route(get().to(health::ready)))
        .service(web::resource("/assets/{version}/{file}").route(get().to(assets::file)))
        .service(web::resource("/logos/{code}").route(get().to(logos::file)))
        .service(web::resource("/").route(get().to(pages::home::by_language)))
        .service(web::resource("/q/{code}").route(get().to(pages::landing::by_language)))
        .configure(open_data)
        .service(web::resource("/sign-in/{provider}/return").route(web::get().to(pages::staff::providers::back)))
        .service(
            web::scope("/{language:it|en}")
                // Addresses are tried one after the other: those that hundreds may ask for at once come first.
                .configure(respondent)
                .configure(public)
                .configure(results)
                .configure(circle::routes)
                .configure(staff)
                .service(web::resource("").route(get().to(pages::home::page))),
        )
        .default_service(web::route().to(failure::not_found));
}

fn open_data(config: &mut ServiceConfig) {
    use pages::open_data;
    config
        .service(web::resource("/opendata/catalog.ttl").route(get().to(open_data::turtle)))
        .service(web::resource("/opendata/catalog.jsonld").route(get().to(open_data::json)))
        .service(web::resource("/opendata/{id}/{version}/{file}").route(get().to(open_data::file)));
}

fn public(config: &mut ServiceConfig) {
    use pages::{changes, comparisons, frameworks, home, information, programmes, projects};
    config
        .service(web::resource("/").route(get().to(home::page)))
        .service(web::resource("/about/{topic}").route(get().to(information::page)))
        .service(web::resource("/frameworks").route(get().to(frameworks::index)))
        .service(web::resource("/frameworks/{id}/{version}").route(get().to(frameworks::version)))
        .service(web::resource("/programmes").route(get().to(programmes::index)))
        .service(web::resource("/programmes/{id}").route(get().to(programmes::programme)))
        .service(web::resource("/programmes/{id}/report").route(get().to(comparisons::page)))
        .service(web::resource("/programmes/{id}/report.pdf").route(get().to(comparisons::pdf)))
        .service(web::resource("/editions/{id}").route(get().to(programmes::edition)))
        .service(web::resource("/editions/{id}/indicators/{code}").route(get().to(programmes::spread)))
        .service(web::resource("/projects/{id}").route(get().to(projects::project)))
        .service(web::resource("/projects/{id}/change").route(get().to(changes::changes)))
        .service(web::resource("/projects/{id}/change/{indicator}").route(get().to(changes::change)));
}

fn results(config: &mut ServiceConfig) {
    use pages::{files, indicators, reports, waves};
    config
        .service(web::resource("/waves/{id}").route(get().to(waves::results)))
        .service(web::resource("/waves/{id}/embed").route(get().to(waves::embed)))
        .service(web::resource("/waves/{id}/files").route(get().to(files::page)))
        .service(web::resource("/waves/{id}/files/{file}").route(get().to(files::file)))
        .service(web::resource("/waves/{id}/gaps").route(get().to(indicators::gaps)))
        .service(web::resource("/waves/{id}/indicators/{code}").route(get().to(indicators::indicator)))
        .service(web::resource("/waves/{id}/report").route(get().to(reports::page)))
        .service(web::resource("/waves/{id}/report.pdf").route(get().to(reports::pdf)))
        .service(web::resource("/waves/{id}/placemat.pdf").route(get().to(reports::placemats)))
        .service(web::resource("/waves/{id}/protocol.zip").route(get().to(reports::package)));
}

fn respondent(config: &mut ServiceConfig) {
    use pages::{landing, questionnaire, receipts, written};
    config
        .service(web::resource("/access").route(get().to(landing::access)).route(web::post().to(landing::typed_code)))
        .service(
            web::resource("/q/{code}").route(get().to(landing::landing)).route(web::post().to(questionnaire::start)),
        )
        .service(web::resource("/questionnaire/review").route(get().to(questionnaire::review)))
        .service(web::resource("/questionnaire/submission").route(web::post().to(questionnaire::submit)))
        .service(web::resource("/questionnaire/next-person").route(web::post().to(questionnaire::next_person)))
        .service(web::resource("/questionnaire/receipt").route(get().to(receipts::receipt)))
        .service(web::resource("/questionnaire/answers").route(get().to(receipts::answers)))
        .service(web::resource("/questionnaire/correction").route(web::post().to(receipts::correct)))
        .service(form("/questionnaire/erasure", receipts::erasure_page, receipts::erase))
        .service(web::resource("/questionnaire/notice").route(get().to(receipts::notice)))
        .service(form("/questionnaire/written", written::page, written::save))
        .service(web::resource("/questionnaire/pause").route(get().to(questionnaire::pause)))
        .service(
            web::resource("/questionnaire/{step}")
                .route(get().to(questionnaire::page))
                .route(web::post().to(questionnaire::save)),
        );
}

fn staff(config: &mut ServiceConfig) {
    coming_in(config);
    own_account(config);
    bodies(config);
    set_up(config);
    languages(config);
    staff_waves(config);
    staff_answers(config);
}

/// A page that shows a form, and the same address taking it.
fn form<A, B, C, D>(path: &str, page: A, taking: C) -> actix_web::Resource
where
    A: actix_web::Handler<B>,
    B: actix_web::FromRequest + 'static,
    A::Output: actix_web::Responder + 'static,
    C: actix_web::Handler<D>,
    D: actix_web::FromRequest + 'static,
    C::Output: actix_web::Responder + 'static,
{
    web::resource(path).route(get().to(page)).route(web::post().to(taking))
}

fn coming_in(config: &mut ServiceConfig) {
    use pages::staff::{passkeys, providers, resets, sign_in, workspace};
    config
        .service(form("/set-up/{token}", sign_in::set_up_page, sign_in::set_up))
        .service(form("/staff/sign-in", sign_in::page, sign_in::password))
        .service(form("/staff/sign-in/second-factor", sign_in::second_factor_page, sign_in::second_factor))
        .service(form("/staff/sign-in/second-factor/passkey", passkeys::proof_page, passkeys::proof))
        .service(form("/staff/sign-in/passkey", passkeys::sign_in_page, passkeys::sign_in))
        .service(form("/staff/reset/{token}", resets::page, resets::set))
        .service(web::resource("/staff/sign-in/{provider:[a-z][a-z0-9-]{0,29}}").route(web::get().to(providers::start)))
        .service(form("/staff/sign-in/{token}", sign_in::link_page, sign_in::link))
        .service(form("/staff/invitations/{token}", sign_in::offer_page, sign_in::take_up))
        .service(web::resource("/staff/invitations/{token}/acceptance").route(web::post().to(sign_in::take_up_as)))
        .service(web::resource("/staff/kept").route(get().to(sign_in::kept)))
        .service(web::resource("/staff/sign-out").route(web::post().to(sign_in::sign_out)))
        .service(web::resource("/staff").route(get().to(workspace::page)));
}

fn own_account(config: &mut ServiceConfig) {
    use pages::staff::{account, passkeys, providers};
    config
        .service(web::resource("/staff/account").route(get().to(account::page)))
        .service(form("/staff/account/password", account::password_page, account::password))
        .service(form("/staff/account/second-factor", account::second_factor_page, account::second_factor))
        .service(form("/staff/account/second-factor-off", account::second_factor_off_page, account::second_factor_off))
        .service(form("/staff/account/passkeys/new", passkeys::new_page, passkeys::add))
        .service(form("/staff/account/passkeys/{id}/removal", passkeys::removal_page, passkeys::remove))
        .service(
            web::resource("/staff/account/identities/{provider}/tying").route(web::post().to(providers::begin_tie)),
        )
        .service(web::resource("/staff/account/identities/{id}/untying").route(web::post().to(providers::untie)))
        .service(web::resource("/staff/account/sessions/{id}/ending").route(web::post().to(account::end_session)));
}

fn bodies(config: &mut ServiceConfig) {
    use pages::staff::{organisations, people, programmes, projects, resets};
    config
        .service(form("/staff/organisations/new", organisations::new_page, organisations::add))
        .service(web::resource("/staff/organisations/{id}").route(get().to(organisations::page)))
        .service(form(
            "/staff/organisations/{id}/particulars",
            organisations::particulars_page,
            organisations::particulars,
        ))
        .service(web::resource("/staff/organisations/{id}/audit").route(get().to(organisations::audit)))
        .service(web::resource("/staff/organisations/{id}/audit.csv").route(get().to(organisations::audit_file)))
        .service(web::resource("/staff/organisations/{id}/bin").route(get().to(organisations::bin)))
        .service(
            web::resource("/staff/organisations/{id}/bin/{thing}/restoring")
                .route(web::post().to(organisations::restore)),
        )
        .service(web::resource("/staff/organisations/{id}/people").route(get().to(people::page)))
        .service(form("/staff/organisations/{id}/people/new", people::invite_page, people::invite))
        .service(
            web::resource("/staff/organisations/{id}/people/{grant}/withdrawal")
                .route(web::post().to(people::withdraw)),
        )
        .service(web::resource("/staff/organisations/{id}/people/{grant}/reset").route(web::post().to(resets::issue)))
        .service(web::resource("/staff/organisations/{id}/local-sign-in/on").route(web::post().to(resets::local_on)))
        .service(web::resource("/staff/organisations/{id}/local-sign-in/off").route(web::post().to(resets::local_off)))
        .service(form("/staff/organisations/{id}/programmes/new", programmes::new_page, programmes::add))
        .service(form("/staff/organisations/{id}/projects/new", projects::new_page, projects::add));
}

fn set_up(config: &mut ServiceConfig) {
    use pages::staff::{calendar, lists, measures, programmes, projects, rosters};
    config
        .service(web::resource("/staff/frameworks/{id}/{version}/sheet").route(get().to(pages::frameworks::sheet)))
        .service(web::resource("/staff/programmes/{id}").route(get().to(programmes::page)))
        .service(form("/staff/programmes/{id}/facts", programmes::facts_page, programmes::facts))
        .service(form("/staff/programmes/{id}/editions/new", programmes::edition_page, programmes::add_edition))
        .service(web::resource("/staff/projects/{id}").route(get().to(projects::page)))
        .service(form("/staff/projects/{id}/facts", projects::facts_page, projects::facts))
        .service(form("/staff/projects/{id}/context", projects::context_page, projects::context))
        .service(form("/staff/projects/{id}/profile", projects::profile_page, projects::profile))
        .service(form("/staff/projects/{id}/removal", projects::removal_page, projects::removal))
        .service(form("/staff/projects/{id}/calendar", calendar::page, calendar::plan))
        .service(web::resource("/staff/projects/{id}/measures").route(get().to(measures::page)))
        .service(form("/staff/projects/{id}/measures/new/{measure}", measures::new_page, measures::report))
        .service(form("/staff/projects/{id}/measures/{figure}/revision", measures::revision_page, measures::revise))
        .service(form(
            "/staff/projects/{id}/measures/{figure}/withdrawal",
            measures::withdrawal_page,
            measures::withdraw,
        ))
        .service(form("/staff/projects/{id}/groups", rosters::groups_page, rosters::groups))
        .service(web::resource("/staff/projects/{id}/map").route(get().to(rosters::map_page)))
        .service(form("/staff/projects/{id}/map/new", rosters::stakeholder_page, rosters::add_stakeholder))
        .service(
            web::resource("/staff/projects/{id}/map/{stakeholder}/removal")
                .route(web::post().to(rosters::remove_stakeholder)),
        )
        .service(web::resource("/staff/projects/{id}/roster").route(get().to(lists::roster_page)))
        .service(web::resource("/staff/projects/{id}/roster/trial").route(web::post().to(lists::trial)))
        .service(
            form("/staff/projects/{id}/roster/new", lists::people_page, lists::list_people)
                .app_data(FormConfig::default().limit(LIST_BYTES).error_handler(failure::form_error)),
        )
        .service(web::resource("/staff/projects/{id}/roster/{person}/removal").route(web::post().to(lists::unlist)));
}

fn languages(config: &mut ServiceConfig) {
    use pages::staff::translations;
    config
        .service(
            web::resource("/staff/organisations/{id}/frameworks/{sha256}/languages")
                .route(get().to(translations::page)),
        )
        .service(
            form(
                "/staff/organisations/{id}/frameworks/{sha256}/languages/new",
                translations::new_page,
                translations::take,
            )
            .app_data(FormConfig::default().limit(SHEET_BYTES).error_handler(failure::form_error)),
        )
        .service(
            web::resource("/staff/organisations/{id}/frameworks/{sha256}/languages/trial")
                .app_data(translations::parts())
                .route(web::post().to(translations::trial)),
        )
        .service(
            web::resource("/staff/organisations/{id}/frameworks/{sha256}/languages/{language}/sheet")
                .route(get().to(translations::sheet)),
        )
        .service(form(
            "/staff/organisations/{id}/frameworks/{sha256}/languages/{language}/removal",
            translations::removal_page,
            translations::remove,
        ));
}

fn staff_waves(config: &mut ServiceConfig) {
    use pages::staff::{calendar, invitations, waves};
    config
        .service(web::resource("/staff/waves/{id}").route(get().to(waves::page)))
        .service(form("/staff/waves/{id}/plan", calendar::wave_page, calendar::change_wave))
        .service(form("/staff/waves/{id}/removal", calendar::removal_page, calendar::removal))
        .service(web::resource("/staff/waves/{id}/opening").route(web::post().to(waves::open)))
        .service(web::resource("/staff/waves/{id}/closing").route(web::post().to(waves::close)))
        .service(web::resource("/staff/waves/{id}/links").route(web::post().to(waves::links)))
        .service(web::resource("/staff/waves/{id}/invitations").route(get().to(invitations::page)))
        .service(
            web::resource("/staff/waves/{id}/messages/{message}/retrial").route(web::post().to(invitations::retry)),
        )
        .service(form("/staff/waves/{id}/mail", invitations::way_page, invitations::mail))
        .service(form("/staff/waves/{id}/reminders", invitations::way_page, invitations::reminders))
        .service(form("/staff/waves/{id}/codes", invitations::way_page, invitations::codes))
        .service(form("/staff/waves/{id}/poster", invitations::way_page, invitations::poster))
        .service(form("/staff/waves/{id}/paper", invitations::way_page, invitations::paper))
        .service(form("/staff/waves/{id}/shared", invitations::way_page, invitations::shared));
}

fn staff_answers(config: &mut ServiceConfig) {
    use pages::staff::{answers, batches, coverage, notices, paper, processing, written};
    config
        .service(form("/staff/waves/{id}/answers", answers::page, answers::take))
        .service(web::resource("/staff/waves/{id}/written").route(get().to(written::page)))
        .service(web::resource("/staff/waves/{id}/written/{text}/{state}").route(web::post().to(written::decide)))
        .service(form("/staff/waves/{id}/notice", notices::page, notices::write))
        .service(web::resource("/staff/waves/{id}/processing").route(get().to(processing::page)))
        .service(web::resource("/staff/waves/{id}/notice/text").route(get().to(notices::text)))
        .service(web::resource("/staff/waves/{id}/coverage").route(get().to(coverage::page)))
        .service(web::resource("/staff/waves/{id}/paper-entry").route(get().to(paper::page)))
        .service(form("/staff/waves/{id}/paper-entry/new", paper::choose_page, paper::choose))
        .service(form("/staff/waves/{id}/paper-entry/{group}/{number}", paper::entry_page, paper::enter))
        .service(form("/staff/waves/{id}/paper-entry/{group}/{number}/words", paper::words_page, paper::enter_words))
        .service(
            web::resource("/staff/waves/{id}/paper-entry/{group}/{number}/removal")
                .route(web::post().to(paper::discard)),
        )
        .service(
            form("/staff/waves/{id}/batch", batches::page, batches::load)
                .app_data(FormConfig::default().limit(LIST_BYTES).error_handler(failure::form_error)),
        )
        .service(web::resource("/staff/waves/{id}/batch/model.csv").route(get().to(batches::model_file)))
        .service(web::resource("/staff/waves/{id}/batch/trial").route(web::post().to(batches::trial)));
}

fn get() -> actix_web::Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}
