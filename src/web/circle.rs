// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The addresses of the circle: the participants' space, and what staff do with its phases.

use actix_web::web::{self, ServiceConfig};

use super::{form, get, pages};

/// Every address of the circle, below the language.
pub(super) fn routes(config: &mut ServiceConfig) {
    space(config);
    phases(config);
    weights(config);
    participation(config);
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

fn weights(config: &mut ServiceConfig) {
    use pages::{space, staff, weights};
    config
        .service(web::resource("/space/weights").route(get().to(space::weights::page)))
        .service(form("/space/weights/{set}", space::weights::set_page, space::weights::weigh))
        .service(web::resource("/waves/{id}/weights").route(get().to(weights::page)))
        .service(web::resource("/waves/{id}/weights/profile.toml").route(get().to(weights::profile)))
        .service(web::resource("/staff/waves/{id}/weights").route(get().to(staff::weights::page)))
        .service(form("/staff/waves/{id}/weights/setup", staff::weights::setup_page, staff::weights::begin))
        .service(
            web::resource("/staff/waves/{id}/weights/second-round").route(web::post().to(staff::weights::second_round)),
        )
        .service(web::resource("/staff/waves/{id}/weights/freezing").route(web::post().to(staff::weights::freeze)))
        .service(form("/staff/waves/{id}/weights/reopening", staff::weights::reopening_page, staff::weights::reopen))
        .service(form(
            "/staff/waves/{id}/weights/judgement/{set}",
            staff::weights::judgement_page,
            staff::weights::judge,
        ));
}

fn participation(config: &mut ServiceConfig) {
    use pages::{participation, space};
    config
        .service(form("/space/participation", space::participation::page, space::participation::fill))
        .service(web::resource("/waves/{id}/participation").route(get().to(participation::page)));
}
