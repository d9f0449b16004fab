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
    weights(config);
    participation(config);
    discussion(config);
    decisions(config);
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
        .service(form("/staff/waves/{id}/note", circle::note_page, circle::add_note))
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

fn discussion(config: &mut ServiceConfig) {
    use pages::space::{discussion, guesses, replies};
    use pages::staff::{summaries, words};
    config
        .service(web::resource("/space/discussion").route(get().to(discussion::page)))
        .service(web::resource("/space/discussion/{indicator}").route(get().to(discussion::thread)))
        .service(form("/space/discussion/{indicator}/words", discussion::words_page, discussion::say))
        .service(web::resource("/space/replies").route(get().to(replies::page)))
        .service(form("/space/replies/new", replies::reply_page, replies::reply))
        .service(web::resource("/space/replies/{id}/support").route(web::post().to(replies::support)))
        .service(form("/space/stories/new", replies::story_page, replies::story))
        .service(web::resource("/space/guess").route(get().to(guesses::page)))
        .service(form("/space/guess/{group}", guesses::group_page, guesses::guess))
        .service(web::resource("/staff/waves/{id}/words").route(get().to(words::page)))
        .service(web::resource("/staff/waves/{id}/words/{one}/showing").route(web::post().to(words::show)))
        .service(form("/staff/waves/{id}/words/{one}/hiding", words::hiding_page, words::hide))
        .service(form("/staff/waves/{id}/words/{one}/confirmation", words::confirmation_page, words::confirm))
        .service(form("/staff/waves/{id}/stories/new", words::story_page, words::add_story))
        .service(form("/staff/waves/{id}/summary", summaries::page, summaries::write))
        .service(form("/staff/waves/{id}/summary/position", summaries::position_page, summaries::take_position));
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
