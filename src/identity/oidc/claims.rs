// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does a service say of a person, under which name? Asked information first, then the identity token.

use serde::Serialize;
use serde_json::{Map, Value};

use super::ClaimNames;

/// What a service says of a person, in the order in which it is believed.
pub(super) struct Claims<'a> {
    names: &'a ClaimNames,
    said: Vec<Map<String, Value>>,
}

impl<'a> Claims<'a> {
    /// What the token says, and what was asked beside it.
    pub(super) fn new(names: &'a ClaimNames, token: &impl Serialize, asked: Option<&impl Serialize>) -> Self {
        let asked = asked.and_then(fields);
        Self { names, said: asked.into_iter().chain(fields(token)).collect() }
    }

    /// The address, and whether the same document says that it was verified.
    pub(super) fn email(&self) -> (Option<String>, bool) {
        let found = self.said.iter().find_map(|said| Some((said, text(said, &self.names.email)?)));
        let Some((said, email)) = found else { return (None, false) };
        let verified = self.names.verified().and_then(|name| said.get(name));
        (Some(email), verified.is_some_and(|value| *value == Value::Bool(true) || *value == *"true"))
    }

    /// The lasting name of the person, if it goes by another name than `sub`: from the signed token first.
    pub(super) fn subject(&self) -> Option<String> {
        self.said.iter().rev().find_map(|said| text(said, &self.names.subject))
    }

    /// The whole name, or first and family name.
    pub(super) fn name(&self) -> Option<String> {
        self.first(&self.names.name).or_else(|| {
            let parts = [self.first(&self.names.given_name), self.first(&self.names.family_name)];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        })
    }

    fn first(&self, name: &str) -> Option<String> {
        self.said.iter().find_map(|said| text(said, name))
    }
}

fn fields(claims: &impl Serialize) -> Option<Map<String, Value>> {
    match serde_json::to_value(claims) {
        Ok(Value::Object(fields)) => Some(fields),
        Ok(_) | Err(_) => None,
    }
}

fn text(said: &Map<String, Value>, name: &str) -> Option<String> {
    let text = said.get(name)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn usual(token: &Value, asked: &Value) -> ((Option<String>, bool), Option<String>) {
        let names = ClaimNames::default();
        let claims = Claims::new(&names, token, Some(asked));
        (claims.email(), claims.name())
    }

    #[test]
    fn nothing_said_is_nothing_known() {
        assert_eq!(usual(&json!({"sub": "1"}), &json!({})), ((None, false), None));
        assert_eq!(usual(&json!({"email": "", "name": 3}), &json!(null)), ((None, false), None));
        let names = ClaimNames::default();
        assert_eq!(Claims::new(&names, &json!({"name": "Ada"}), None::<&Value>).name().as_deref(), Some("Ada"));
    }

    #[test]
    fn what_was_asked_goes_before_the_token() {
        let (email, name) = usual(&json!({"email": "a@a.it", "name": "A"}), &json!({"email": "b@b.it"}));
        assert_eq!((email, name.as_deref()), ((Some("b@b.it".to_owned()), false), Some("A")));
    }

    #[test]
    fn one_document_does_not_verify_the_address_of_another() {
        let token = json!({"email": "a@a.it", "email_verified": true});
        assert_eq!(usual(&token, &json!({"email": "b@b.it"})).0, (Some("b@b.it".to_owned()), false));
        assert_eq!(usual(&token, &json!({})).0, (Some("a@a.it".to_owned()), true));
        assert!(!usual(&json!({}), &json!({"email": "a@a.it", "email_verified": "false"})).0.1);
    }

    #[test]
    fn the_token_says_who_it_is_before_what_was_asked() {
        let names = ClaimNames { subject: "oid".to_owned(), ..ClaimNames::default() };
        let claims = Claims::new(&names, &json!({"oid": "1"}), Some(&json!({"oid": "2"})));
        assert_eq!(claims.subject().as_deref(), Some("1"));
        assert_eq!(Claims::new(&names, &json!({"sub": "1"}), None::<&Value>).subject(), None);
    }

    #[test]
    fn a_name_may_come_in_two_parts() {
        let (_, name) = usual(&json!({"given_name": "Ada"}), &json!({"family_name": "Esempio"}));
        assert_eq!(name.as_deref(), Some("Ada Esempio"));
    }

    #[test]
    fn an_address_under_another_name_is_not_verified_by_the_usual_one() {
        let names = ClaimNames { email: "https://attributes.eid.gov.it/e_mail".to_owned(), ..ClaimNames::default() };
        let said = json!({"https://attributes.eid.gov.it/e_mail": "a@a.it", "email": "b@b.it", "email_verified": true});
        assert_eq!(Claims::new(&names, &said, None::<&Value>).email(), (Some("a@a.it".to_owned()), false));
    }
}
