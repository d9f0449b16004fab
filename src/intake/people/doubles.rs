// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Is this person in the list already, or enrolled before?

use std::collections::HashMap;

use crate::domain::folding::folded;

use super::problem::PersonFault;
use super::{Enrolled, Listed};

/// Name, group and organisation, folded.
type Names = [String; 3];

/// Where somebody stands already.
#[derive(Clone, Copy, Debug)]
enum Place {
    Enrolled(usize),
    Line(u64),
}

/// Everybody met so far.
///
/// Two are the same if they have the same e-mail address, or the same name in the same group and organisation and not two
/// addresses to tell them apart.
#[derive(Debug, Default)]
pub struct Met {
    by_email: HashMap<String, Place>,
    by_names: HashMap<Names, Place>,
    without_email: HashMap<Names, Place>,
}

impl Met {
    /// Those who are enrolled.
    pub fn new(enrolled: &[Enrolled<'_>]) -> Self {
        let mut met = Self::default();
        for (place, person) in enrolled.iter().enumerate() {
            let names = [person.name, person.group, person.organisation.unwrap_or_default()].map(folded);
            met.keep(names, person.email.map(|email| email.trim().to_ascii_lowercase()), Place::Enrolled(place));
        }
        met
    }

    /// Adds somebody, unless the same person was met before.
    ///
    /// # Errors
    /// Where the same person stands already.
    pub fn add(&mut self, person: &Listed) -> Result<(), PersonFault> {
        let names = [&person.name, &person.group, person.organisation.as_ref().unwrap_or(&String::new())]
            .map(|name| folded(name));
        let email = person.email.as_ref().map(super::EmailAddress::folded);
        let same_names = if email.is_some() { &self.without_email } else { &self.by_names };
        let by_email = email.as_ref().and_then(|email| self.by_email.get(email));
        match by_email.or_else(|| same_names.get(&names)) {
            Some(Place::Line(first)) => Err(PersonFault::TwiceInList { first: *first }),
            Some(Place::Enrolled(place)) => Err(PersonFault::AlreadyEnrolled { place: *place }),
            None => {
                self.keep(names, email, Place::Line(person.line));
                Ok(())
            }
        }
    }

    fn keep(&mut self, names: Names, email: Option<String>, place: Place) {
        match email {
            Some(email) => {
                self.by_email.entry(email).or_insert(place);
            }
            None => {
                self.without_email.entry(names.clone()).or_insert(place);
            }
        }
        self.by_names.entry(names).or_insert(place);
    }
}
