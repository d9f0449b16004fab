// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The tables as the queries see them. `migrations/` makes them; a test compares the two on both engines.

mod definition;

pub use definition::{
    local_indicators, own_frameworks, pretest_notes, proposal_acts, proposal_contributions, proposal_ratings, proposals,
};

mod circle;

pub use self::circle::*;

diesel::table! {
    use diesel::sql_types::{Double, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    organisations (id) {
        id -> Key, name -> Text, contact -> Text, data -> Text, details -> Document, revision -> Integer,
    }
}
diesel::table! {
    use diesel::sql_types::{Double, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    framework_versions (sha256) { sha256 -> Text, framework -> Text, version -> Text, definition -> Document, }
}
diesel::table! {
    use diesel::sql_types::{Double, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    programmes (organisation_id, id) {
        organisation_id -> Key, id -> Key, name -> Text, summary -> Document, source -> Text, visibility -> Text,
        revision -> Integer, removed_at -> Nullable<Moment>,
    }
}
diesel::table! {
    use diesel::sql_types::{Double, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    editions (organisation_id, id) {
        organisation_id -> Key, id -> Key, programme_id -> Key, name -> Document, years -> Text, origin -> Text,
        profile -> Document, revision -> Integer, removed_at -> Nullable<Moment>,
    }
}
diesel::table! {
    use diesel::sql_types::{Double, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    projects (organisation_id, id) {
        organisation_id -> Key, id -> Key, edition_id -> Nullable<Key>, name -> Text, territory -> Text, lead -> Text,
        summary -> Document, source -> Text, origin -> Text, profile -> Document, details -> Document,
        visibility -> Text, revision -> Integer, removed_at -> Nullable<Moment>,
    }
}
diesel::table! {
    use diesel::sql_types::{Double, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    measure_values (organisation_id, id, revision) {
        organisation_id -> Key, id -> Key, revision -> Integer, project_id -> Key, measure -> Text, label -> Document,
        value -> Nullable<Double>, parts -> Nullable<Document>, unit -> Text, definition -> Document,
        period -> Document, first_day -> Nullable<Text>, last_day -> Nullable<Text>, as_of -> Nullable<Text>,
        source -> Text, standing -> Text, state -> Text, reason -> Text, reported_at -> Nullable<Moment>,
    }
}
diesel::table! {
    use diesel::sql_types::{Double, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    waves (organisation_id, id) {
        organisation_id -> Key, id -> Key, project_id -> Key, code -> Text, wave_type -> Text, state -> Text,
        framework_sha256 -> Text, level -> Text, collection -> Text, purpose -> Document, opens_on -> Text,
        closes_on -> Text, published_on -> Nullable<Text>, revision -> Integer, removed_at -> Nullable<Moment>,
        embargo_until -> Nullable<Text>, refusal -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::{Double, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    roster_entries (organisation_id, wave_id, group_code) {
        organisation_id -> Key, wave_id -> Key, group_code -> Text, listed -> Nullable<Integer>,
    }
}
diesel::table! {
    use diesel::sql_types::{Double, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    invitations (organisation_id, id) {
        organisation_id -> Key, id -> Key, wave_id -> Key, group_code -> Text, kind -> Text, code_hash -> Text,
        respondent -> Nullable<Text>, person_id -> Nullable<Key>, setting -> Text,
        respondent_organisation -> Nullable<Text>, used -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::{Double, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    drafts (organisation_id, id) {
        organisation_id -> Key, id -> Key, wave_id -> Key, group_code -> Text, invitation_id -> Nullable<Key>,
        respondent -> Nullable<Text>, resume_hash -> Text, answers -> Text, receipt -> Nullable<Text>,
        setting -> Text, respondent_organisation -> Nullable<Text>, entry -> Text, reached -> Integer, standing -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::{Integer, Text};
    use crate::store::types::Key;
    superseded_responses (organisation_id, wave_id, receipt_hash, revision) {
        organisation_id -> Key, wave_id -> Key, receipt_hash -> Text, revision -> Integer, answers -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::Text;
    use crate::store::types::Key;
    invitation_codes (code_hash) { code_hash -> Text, organisation_id -> Key, invitation_id -> Key, }
}
diesel::table! {
    use diesel::sql_types::{Double, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    draft_sessions (token_hash) { token_hash -> Text, organisation_id -> Key, draft_id -> Key, }
}
diesel::table! {
    use diesel::sql_types::{Double, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    responses (organisation_id, id) {
        organisation_id -> Key, id -> Key, wave_id -> Key, group_code -> Text, respondent -> Nullable<Text>,
        respondent_organisation -> Nullable<Text>, mode -> Text, answers -> Text, receipt_hash -> Text, submitted_on -> Text,
        revision -> Integer,
    }
}
diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    project_groups (organisation_id, project_id, group_code) {
        organisation_id -> Key, project_id -> Key, group_code -> Text, listed -> Nullable<Integer>, reached_by -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    stakeholders (organisation_id, id) {
        organisation_id -> Key, id -> Key, project_id -> Key, group_code -> Text, name -> Text, presence -> Text,
        interest -> Text, influence -> Text, reached_by -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    listed_people (organisation_id, id) {
        organisation_id -> Key, id -> Key, project_id -> Key, group_code -> Text, name -> Text,
        email -> Nullable<Text>, body -> Nullable<Text>, sort_key -> Text, listed_at -> Moment,
        removed_at -> Nullable<Moment>, respondent -> Nullable<Text>,
    }
}
diesel::table! {
    use diesel::sql_types::Text;
    use crate::store::types::{Document, Key};
    weighings (organisation_id, wave_id) {
        organisation_id -> Key, wave_id -> Key, stage -> Text, sets -> Document, methods -> Document,
    }
}
diesel::table! {
    use diesel::sql_types::{Integer, Text};
    use crate::store::types::{Document, Key};
    weight_votes (organisation_id, wave_id, set_code, round, voice_key) {
        organisation_id -> Key, wave_id -> Key, set_code -> Text, round -> Integer, voice_key -> Text, group_code -> Text,
        method -> Text, weighed -> Document,
    }
}
diesel::table! {
    use diesel::sql_types::{Integer, Text};
    use crate::store::types::{Document, Key, Moment};
    frozen_weights (organisation_id, wave_id, version) {
        organisation_id -> Key, wave_id -> Key, version -> Integer, content -> Document, actor -> Text, note -> Text,
        frozen_at -> Moment,
    }
}
diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::store::types::Key;
    participation_sheets (organisation_id, wave_id, voice_key) {
        organisation_id -> Key, wave_id -> Key, voice_key -> Text, group_code -> Text, control_mark -> Nullable<Integer>,
        range_mark -> Nullable<Integer>, depth_mark -> Nullable<Integer>,
    }
}
diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    wave_acts (organisation_id, id) {
        organisation_id -> Key, id -> Key, wave_id -> Key, act -> Text, actor -> Text, note -> Text,
        done_at -> Moment,
    }
}
diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    accounts (id) {
        id -> Key, email -> Text, email_folded -> Text, name -> Text, language -> Text, state -> Text,
        operator -> Text, password_hash -> Nullable<Text>, totp_secret -> Nullable<Text>,
        totp_step -> Nullable<BigInt>, created_at -> Moment,
    }
}
diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    recovery_codes (account_id, code_hash) { account_id -> Key, code_hash -> Text, used_at -> Nullable<Moment>, }
}
diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    grants (organisation_id, id) {
        organisation_id -> Key, id -> Key, account_id -> Key, role -> Text, scope -> Text, scope_id -> Key,
        group_code -> Text, body -> Text, granted_at -> Moment,
    }
}
diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    staff_links (token_hash) {
        token_hash -> Text, purpose -> Text, account_id -> Nullable<Key>, expires_at -> Moment,
        used_at -> Nullable<Moment>,
    }
}
diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    staff_invitations (organisation_id, id) {
        organisation_id -> Key, id -> Key, email -> Text, name -> Text, role -> Text, scope -> Text, scope_id -> Key,
        group_code -> Text, body -> Text, token_hash -> Text, expires_at -> Moment, answered_at -> Nullable<Moment>,
    }
}
diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    staff_sessions (id) {
        id -> Key, token_hash -> Text, account_id -> Key, proof -> Text, device -> Text, started_at -> Moment,
        seen_at -> Moment, expires_at -> Moment, waiting -> Nullable<Text>,
    }
}
diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    sign_in_failures (id) { id -> Key, subject -> Text, failed_at -> Moment, }
}
diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    kept_forms (token_hash) { token_hash -> Text, address -> Text, fields -> Document, expires_at -> Moment, }
}
diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    audit_entries (number) {
        number -> BigInt, recorded_at -> Moment, organisation -> Text, actor -> Text, act -> Text, subject -> Text,
        note -> Text, previous_hash -> Text, hash -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    audit_head (id) { id -> Integer, number -> BigInt, hash -> Text, }
}
diesel::table! {
    use diesel::sql_types::{Double, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    outbox (organisation_id, id) {
        organisation_id -> Key, id -> Key, purpose -> Text, about -> Key, recipient -> Text, subject -> Text, body -> Text,
        message_id -> Text, state -> Text, attempts -> Integer, next_attempt_at -> Moment,
        lease_until -> Nullable<Moment>, last_problem -> Nullable<Text>, created_at -> Moment,
        sent_at -> Nullable<Moment>,
    }
}
diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    municipalities (code) {
        code -> Text, name -> Text, other_name -> Nullable<Text>, province -> Text, region_code -> Text,
        region_name -> Text, listed_from -> Text, listed_until -> Nullable<Text>,
    }
}
diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    place_lists (as_of) { as_of -> Text, source -> Text, sha256 -> Text, imported_at -> Moment, }
}
diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    identities (id) {
        id -> Key, account_id -> Key, issuer -> Text, subject -> Text, called -> Text, tied_at -> Moment,
        used_at -> Nullable<Moment>,
    }
}
diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    passkeys (id) {
        id -> Key, account_id -> Key, name -> Text, credential_id -> Text, public_key -> Text, counter -> BigInt,
        handle -> Text, made_at -> Moment, used_at -> Nullable<Moment>,
    }
}
diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    begun_sign_ins (token_hash) {
        token_hash -> Text, purpose -> Text, provider -> Text, account_id -> Nullable<Key>,
        session_id -> Nullable<Key>, invitation_hash -> Nullable<Text>, language -> Text, kept -> Text,
        expires_at -> Moment,
    }
}
diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::types::{Document, Key, Moment};
    local_sign_in_off (organisation_id) { organisation_id -> Key, since -> Moment, }
}
diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::store::types::Key;
    paper_forms (organisation_id, wave_id, group_code, number) {
        organisation_id -> Key, wave_id -> Key, group_code -> Text, number -> Text, stage -> Text,
        first_keyed -> Text, second_keyed -> Text, entered_by -> Text, invitation_id -> Nullable<Key>,
        respondent_organisation -> Nullable<Text>, receipt_hash -> Nullable<Text>,
    }
}
diesel::table! {
    use diesel::sql_types::{Integer, Text};
    use crate::store::types::Key;
    batches (organisation_id, wave_id, sha256) {
        organisation_id -> Key, wave_id -> Key, sha256 -> Text, responses -> Integer, loaded_on -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::{Integer, Text};
    use crate::store::types::Key;
    notices (organisation_id, wave_id, version) {
        organisation_id -> Key, wave_id -> Key, version -> Integer, template -> Text, officer -> Text,
        recipients -> Text, further -> Text, since -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::Text;
    use crate::store::types::Key;
    draft_texts (organisation_id, draft_id, question) {
        organisation_id -> Key, draft_id -> Key, question -> Text, said -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::store::types::Key;
    written_answers (organisation_id, id) {
        organisation_id -> Key, id -> Key, wave_id -> Key, group_code -> Text, question -> Text, said -> Text,
        state -> Text, receipt_hash -> Nullable<Text>,
    }
}
diesel::table! {
    use diesel::sql_types::{Integer, Text};
    use crate::store::types::{Document, Key, Moment};
    decisions (organisation_id, id, revision) {
        organisation_id -> Key, id -> Key, revision -> Integer, wave_id -> Key, indicator -> Text, finding -> Document,
        outcome -> Text, reason -> Document, correction -> Text, actor -> Text, decided_at -> Moment,
    }
}
diesel::table! {
    use diesel::sql_types::{Integer, Text};
    use crate::store::types::{Document, Key, Moment};
    decision_actions (organisation_id, id, revision) {
        organisation_id -> Key, id -> Key, revision -> Integer, decision_id -> Key, wave_id -> Key, title -> Document,
        owner -> Text, group_code -> Text, due_on -> Text, resources -> Document, expected -> Document, state -> Text,
        state_note -> Document, evidence -> Document, link -> Text, correction -> Text, actor -> Text,
        written_at -> Moment,
    }
}
diesel::table! {
    use diesel::sql_types::Text;
    use crate::store::types::Key;
    action_sightings (organisation_id, action_id, wave_id, participant_key) {
        organisation_id -> Key, action_id -> Key, wave_id -> Key, participant_key -> Text, group_code -> Text,
        seen -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::Text;
    use crate::store::types::{Document, Moment};
    translations (organisation, framework_sha256, language) {
        organisation -> Text, framework_sha256 -> Text, language -> Text, state -> Text, texts -> Document,
        imported_at -> Moment,
    }
}
diesel::table! {
    use diesel::sql_types::{Integer, Text};
    questionnaire_minutes (framework_sha256, wave_type, level, group_code, minutes) {
        framework_sha256 -> Text, wave_type -> Text, level -> Text, group_code -> Text, minutes -> Integer,
        responses -> Integer,
    }
}
// Only what is joined: the macro writes an implementation for every pair of tables.
diesel::allow_tables_to_appear_in_same_query!(drafts, draft_sessions, waves);
diesel::allow_tables_to_appear_in_same_query!(responses, waves);
diesel::allow_tables_to_appear_in_same_query!(invitation_codes, invitations);
