// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The tables of the circle as the queries see them: what participants propose, weigh, discuss, and what is decided.

diesel::table! {
    use diesel::sql_types::Text;
    use crate::store::types::Key;
    participations (organisation_id, wave_id, activity, participant_key) {
        organisation_id -> Key, wave_id -> Key, activity -> Text, participant_key -> Text, group_code -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::Text;
    use crate::store::types::Key;
    late_words (organisation_id, id) {
        organisation_id -> Key, id -> Key, wave_id -> Key, activity -> Text, group_code -> Text, said -> Text,
        came_on -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::Text;
    use crate::store::types::{Key, Moment};
    committee_votes (organisation_id, wave_id, question, group_code) {
        organisation_id -> Key, wave_id -> Key, question -> Text, group_code -> Text, choice -> Text, words -> Text,
        actor -> Text, cast_at -> Moment,
    }
}
diesel::table! {
    use diesel::sql_types::Text;
    use crate::store::types::{Key, Moment};
    renunciations (organisation_id, wave_id, group_code) {
        organisation_id -> Key, wave_id -> Key, group_code -> Text, reason -> Text, actor -> Text, done_at -> Moment,
    }
}
diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::store::types::{Document, Key};
    contributions (organisation_id, id) {
        organisation_id -> Key, id -> Key, wave_id -> Key, kind -> Text, indicator -> Text, prompt -> Text,
        group_code -> Text, author_key -> Text, author -> Text, said -> Text, story -> Nullable<Document>,
        state -> Text, reason -> Text, confirmation -> Text, note -> Text, standing -> Text, place -> Integer,
    }
}
diesel::table! {
    use diesel::sql_types::Text;
    use crate::store::types::Key;
    reply_supports (organisation_id, contribution_id, author_key) {
        organisation_id -> Key, wave_id -> Key, contribution_id -> Key, author_key -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::{Integer, Text};
    use crate::store::types::Key;
    wave_summaries (organisation_id, wave_id, revision) {
        organisation_id -> Key, wave_id -> Key, revision -> Integer, id -> Key, said -> Text, author -> Text,
        written_on -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::Text;
    use crate::store::types::Key;
    guesses (organisation_id, wave_id, about, author_key) {
        organisation_id -> Key, wave_id -> Key, about -> Text, author_key -> Text, group_code -> Text, high -> Text,
        low -> Text,
    }
}
