// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The addresses of the circle: the participants' space, and what staff do with its phases.

use actix_web::web::{self, ServiceConfig};

use super::{form, get, pages};

/// Every address of the circle, below the language.
pub(super) fn routes(config: &mut ServiceConfig) {
    space(config);
    phases(config);
    decisions(config);
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

fn decisions(config: &mut ServiceConfig) {
    use pages::{decisions as public, space::decisions as space, staff::decisions as staff};
    config
        .service(web::resource("/waves/{id}/decisions").route(get().to(public::page)))
        .service(web::resource("/space/decisions").route(get().to(space::page)))
        .service(web::resource("/space/decisions/{action}").route(web::post().to(space::say)))
        .service(web::resource("/staff/waves/{id}/decisions").route(get().to(staff::page)))
        .service(form("/staff/waves/{id}/decisions/new", staff::new_page, staff::take))
        .service(form("/staff/waves/{id}/decisions/actions/{action}/state", staff::state_page, staff::state))
        .service(form("/staff/waves/{id}/decisions/actions/{action}/revision", staff::replan_page, staff::replan))
        .service(form("/staff/waves/{id}/decisions/{decision}/revision", staff::revision_page, staff::revise))
        .service(form("/staff/waves/{id}/decisions/{decision}/actions/new", staff::plan_page, staff::plan));
}
