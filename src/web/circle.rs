// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The addresses of the circle: the participants' space, and what staff do with its phases.

use actix_web::web::{self, ServiceConfig};

use super::{form, get, pages};

/// Every address of the circle, below the language.
pub(super) fn routes(config: &mut ServiceConfig) {
    space(config);
    phases(config);
    proposals(config);
    local_indicators(config);
}

fn proposals(config: &mut ServiceConfig) {
    use pages::space::proposals as own;
    use pages::staff::{proposal_acts, proposals};
    config
        .service(web::resource("/space/proposals").route(get().to(own::page)))
        .service(form("/space/proposals/new", own::new_page, own::propose))
        .service(web::resource("/space/proposals/{proposal}").route(get().to(own::one)))
        .service(form("/space/proposals/{proposal}/contribution", own::words_page, own::speak))
        .service(form("/space/proposals/{proposal}/rating", own::rating_page, own::rate))
        .service(web::resource("/staff/waves/{id}/proposals").route(get().to(proposals::page)))
        .service(form("/staff/waves/{id}/proposals/new", proposals::new_page, proposals::add))
        .service(web::resource("/staff/waves/{id}/proposals/{proposal}").route(get().to(proposals::one)))
        .service(form("/staff/waves/{id}/proposals/{proposal}/{act}", proposal_acts::page, proposal_acts::act))
        .service(form(
            "/staff/waves/{id}/proposals/{proposal}/moderation/{thing}",
            proposal_acts::moderation_page,
            proposal_acts::moderate,
        ));
}

fn local_indicators(config: &mut ServiceConfig) {
    use pages::staff::{frameworks, local_indicators as local};
    config
        .service(web::resource("/staff/waves/{id}/local").route(get().to(local::page)))
        .service(form("/staff/waves/{id}/local/new", local::new_page, local::add))
        .service(web::resource("/staff/waves/{id}/local/freezing").route(web::post().to(local::freeze)))
        .service(web::resource("/staff/waves/{id}/local/{indicator}").route(get().to(local::one)))
        .service(form("/staff/waves/{id}/local/{indicator}/sheet", local::change_page, local::change))
        .service(form("/staff/waves/{id}/local/{indicator}/note", local::note_page, local::note))
        .service(web::resource("/staff/waves/{id}/local/{indicator}/removal").route(web::post().to(local::remove)))
        .service(web::resource("/staff/organisations/{id}/frameworks").route(get().to(frameworks::page)))
        .service(form("/staff/organisations/{id}/frameworks/new", frameworks::new_page, frameworks::add))
        .service(web::resource("/staff/organisations/{id}/frameworks/{sha256}").route(get().to(frameworks::file)));
}

fn space(config: &mut ServiceConfig) {
    use pages::space;
    config
        .service(web::resource("/q/{code}/space").route(web::post().to(space::enter)))
        .service(web::resource("/space").route(get().to(space::page)))
        .service(web::resource("/space/leaving").route(web::post().to(space::leave)));
}

fn phases(config: &mut ServiceConfig) {
    use pages::staff::circle;
    config
        .service(web::resource("/staff/waves/{id}/circle").route(get().to(circle::page)))
        .service(form("/staff/waves/{id}/phase", circle::phase_page, circle::move_phase))
        .service(form("/staff/waves/{id}/renunciation", circle::renunciation_page, circle::renounce))
        .service(form("/staff/waves/{id}/restitution", circle::restitution_page, circle::give_back))
        .service(form("/staff/waves/{id}/publication", circle::publication_page, circle::publish))
        .service(form("/staff/waves/{id}/refusal", circle::refusal_page, circle::refuse))
        .service(form("/staff/waves/{id}/conclusion", circle::conclusion_page, circle::conclude))
        .service(form("/staff/waves/{id}/vote", circle::vote_page, circle::vote));
}
