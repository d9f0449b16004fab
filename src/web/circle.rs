// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The addresses of the circle: the participants' space, and what staff do with its phases.

use actix_web::web::{self, ServiceConfig};

use super::{form, get, pages};

/// Every address of the circle, below the language.
pub(super) fn routes(config: &mut ServiceConfig) {
    space(config);
    phases(config);
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
