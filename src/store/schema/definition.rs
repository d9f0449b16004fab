// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The tables of what is proposed, rated and written while indicators are being defined.

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::store::types::{Document, Key};
    proposals (organisation_id, id) {
        organisation_id -> Key, id -> Key, wave_id -> Key, title -> Text, question -> Text, why -> Text, wording -> Text,
        pillar -> Text, origin_groups -> Document, author_key -> Nullable<Text>, parents -> Document, state -> Text,
        consensus -> Nullable<Text>, round -> Integer, moderation -> Text, hidden_why -> Text, proposed_on -> Text,
        revision -> Integer,
    }
}
diesel::table! {
    use diesel::sql_types::{Integer, Text};
    use crate::store::types::Key;
    proposal_acts (organisation_id, proposal_id, number) {
        organisation_id -> Key, proposal_id -> Key, number -> Integer, deed -> Text, actor -> Text, group_code -> Text,
        note -> Text, done_on -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::store::types::Key;
    proposal_contributions (organisation_id, id) {
        organisation_id -> Key, id -> Key, proposal_id -> Key, group_code -> Text, author_key -> Nullable<Text>,
        words -> Text, moderation -> Text, hidden_why -> Text, said_on -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::store::types::Key;
    proposal_ratings (organisation_id, proposal_id, round, participant_key) {
        organisation_id -> Key, proposal_id -> Key, round -> Integer, participant_key -> Text, group_code -> Text,
        relevance -> Nullable<Integer>, clarity -> Nullable<Integer>,
    }
}
diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::store::types::{Document, Key};
    local_indicators (organisation_id, id) {
        organisation_id -> Key, id -> Key, wave_id -> Key, proposal_id -> Nullable<Key>, code -> Text, sheet -> Document,
        composite -> Text, revision -> Integer,
    }
}
diesel::table! {
    use diesel::sql_types::Text;
    use crate::store::types::Key;
    pretest_notes (organisation_id, id) {
        organisation_id -> Key, id -> Key, indicator_id -> Key, item_code -> Text, group_code -> Text, note -> Text,
        noted_by -> Text, noted_on -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::store::types::{Document, Key};
    own_frameworks (organisation_id, sha256) {
        organisation_id -> Key, sha256 -> Text, core_sha256 -> Nullable<Text>, base_sha256 -> Nullable<Text>,
        wave_id -> Nullable<Key>, outside -> Document, added_by -> Text, added_on -> Text,
    }
}
