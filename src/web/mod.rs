// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! HTTP: which address does what? The only module that names actix; handlers translate and nothing else.

mod assets;
mod attempts;
mod cookies;
mod failure;
mod health;
mod pages;
mod security;
mod site;

use std::net::TcpListener;

use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{self, FormConfig, PathConfig, ServiceConfig};
use actix_web::{App as ActixApp, HttpServer, guard};

pub use site::{Site, SiteOptions};

/// A form of a questionnaire page is a few kilobytes.
const FORM_BYTES: usize = 64 * 1024;
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
        .service(web::resource("/").route(get().to(pages::home::by_language)))
        .service(web::resource("/q/{code}").route(get().to(pages::questionnaire::by_language)))
        .service(
            web::scope("/{language:it|en}")
                .configure(public)
                .configure(respondent)
                .configure(staff)
                .service(web::resource("").route(get().to(pages::home::page))),
        )
        .default_service(web::route().to(failure::not_found));
}

fn public(config: &mut ServiceConfig) {
    use pages::{frameworks, home, information, programmes, projects, waves};
    config
        .service(web::resource("/").route(get().to(home::page)))
        .service(web::resource("/about/{topic}").route(get().to(information::page)))
        .service(web::resource("/frameworks").route(get().to(frameworks::index)))
        .service(web::resource("/frameworks/{id}/{version}").route(get().to(frameworks::version)))
        .service(web::resource("/programmes").route(get().to(programmes::index)))
        .service(web::resource("/programmes/{id}").route(get().to(programmes::programme)))
        .service(web::resource("/editions/{id}").route(get().to(programmes::edition)))
        .service(web::resource("/projects/{id}").route(get().to(projects::project)))
        .service(web::resource("/projects/{id}/change").route(get().to(projects::change)))
        .service(web::resource("/waves/{id}").route(get().to(waves::results)));
}

fn respondent(config: &mut ServiceConfig) {
    use pages::questionnaire;
    config
        .service(
            web::resource("/access")
                .route(get().to(questionnaire::access))
                .route(web::post().to(questionnaire::typed_code)),
        )
        .service(
            web::resource("/q/{code}")
                .route(get().to(questionnaire::landing))
                .route(web::post().to(questionnaire::start)),
        )
        .service(web::resource("/questionnaire/review").route(get().to(questionnaire::review)))
        .service(web::resource("/questionnaire/submission").route(web::post().to(questionnaire::submit)))
        .service(web::resource("/questionnaire/receipt").route(get().to(questionnaire::receipt)))
        .service(web::resource("/questionnaire/pause").route(get().to(questionnaire::pause)))
        .service(
            web::resource("/questionnaire/{step}")
                .route(get().to(questionnaire::page))
                .route(web::post().to(questionnaire::save)),
        );
}

fn staff(config: &mut ServiceConfig) {
    use pages::staff;
    config
        .service(
            web::resource("/staff/sign-in/{token}")
                .route(get().to(staff::sign_in_page))
                .route(web::post().to(staff::sign_in)),
        )
        .service(web::resource("/staff").route(get().to(staff::workspace)))
        .service(web::resource("/staff/sign-out").route(web::post().to(staff::sign_out)))
        .service(web::resource("/staff/waves/{id}").route(get().to(staff::wave)))
        .service(web::resource("/staff/waves/{id}/opening").route(web::post().to(staff::open)))
        .service(web::resource("/staff/waves/{id}/closing").route(web::post().to(staff::close)))
        .service(web::resource("/staff/waves/{id}/publication").route(web::post().to(staff::publish)))
        .service(web::resource("/staff/waves/{id}/links").route(web::post().to(staff::links)));
}

fn get() -> actix_web::Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}
