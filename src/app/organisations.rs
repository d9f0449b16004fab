// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The bodies of an installation: who they are, and who may change it?

use uuid::Uuid;

use super::accounts::{LONGEST_NAME, kind};
use super::places::municipality;
use super::staff::{Staff, note, organisation, subject};
use super::{App, Refusal};
use crate::domain::body::{IpaCode, IpaCodeError, RuntsSection, TaxCode, TaxCodeError};
use crate::domain::email::EmailAddress;
use crate::domain::field::{FieldProblem, Problems, Typed, line, optional_line};
use crate::domain::programme::{BodyDetails, Organisation, Origin};
use crate::domain::role::{Action, Role};
use crate::store::{self, Db, Saved};

impl App {
    /// The bodies that granted staff anything, by name.
    ///
    /// # Errors
    /// If the database fails.
    pub fn own_organisations(db: &mut Db, staff: &Staff) -> Result<Vec<Organisation>, Refusal> {
        let mut found = Vec::new();
        for id in staff.organisations() {
            found.extend(store::organisations::find(db, id)?);
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(found)
    }

    /// A body whose particulars staff may change.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn organisation(db: &mut Db, staff: &Staff, id: Uuid) -> Result<Organisation, Refusal> {
        organisation(db, staff, id, Action::EditOrganisation)
    }

    /// Adds a body; whoever adds it becomes its administrator and coordinator.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] for whoever does not look after the installation, [`Refusal::Invalid`].
    pub fn add_organisation(&self, db: &mut Db, staff: &Staff, typed: &Typed) -> Result<Uuid, Refusal> {
        staff.require_operator()?;
        let organisation = Organisation { id: Uuid::now_v7(), data: Origin::Real, ..read(db, typed, 1)? };
        if namesake(db, &organisation)? {
            return Err(FieldProblem::new("body_name", "name-taken").into());
        }
        store::organisations::insert(db, &organisation)?;
        self.grant_all(db, &staff.account, organisation.id, &Role::FOUNDING)?;
        let what = subject(&organisation.name, organisation.id);
        self.record(db, note(staff, organisation.id, "organisation.adding", what))?;
        Ok(organisation.id)
    }

    /// Changes a body's particulars.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Refusal::Outdated`], or as [`Staff::require`].
    pub fn change_organisation(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let known = organisation(db, staff, id, Action::EditOrganisation)?;
        let read = read(db, typed, typed.revision())?;
        let changed = Organisation { id, data: known.data, ..read };
        if namesake(db, &changed)? {
            return Err(FieldProblem::new("body_name", "name-taken").into());
        }
        if store::organisations::update(db, &changed)? == Saved::Outdated {
            return Err(Refusal::Outdated);
        }
        self.record(db, note(staff, id, "organisation.change", subject(&changed.name, id)))
    }
}

fn namesake(db: &mut Db, organisation: &Organisation) -> Result<bool, Refusal> {
    let same =
        |one: &Organisation| one.id != organisation.id && one.name.to_lowercase() == organisation.name.to_lowercase();
    Ok(store::organisations::all(db)?.iter().any(same))
}

fn read(db: &mut Db, typed: &Typed, revision: i32) -> Result<Organisation, Refusal> {
    let mut problems = Problems::default();
    let organisation = Organisation {
        id: Uuid::nil(),
        name: problems.note(line("body_name", typed.get("body_name"), LONGEST_NAME)),
        contact: problems.note(line("contact", typed.get("contact"), LONGEST_NAME)),
        data: Origin::Real,
        details: read_details(typed, &mut problems),
        revision,
    };
    let municipality = problems.note(municipality(db, typed)?);
    let organisation =
        Organisation { details: BodyDetails { municipality, ..organisation.details.clone() }, ..organisation };
    problems.none()?;
    Ok(organisation)
}

fn read_details(typed: &Typed, problems: &mut Problems) -> BodyDetails {
    let mut words = |field: &'static str| problems.note(optional_line(field, typed.get(field), LONGEST_NAME));
    let (part_of, address, telephone) = (words("part_of"), words("address"), words("telephone"));
    BodyDetails {
        kind: kind(typed),
        tax_code: problems.note(tax_code(typed)),
        ipa_code: problems.note(ipa_code(typed)),
        runts_section: RuntsSection::from_code(typed.get("runts_section")).map(|one| one.code().to_owned()),
        municipality: None,
        website: problems.note(site("website", typed)),
        part_of,
        address,
        telephone,
        registered_email: problems.note(registered_email(typed)),
        privacy_page: problems.note(site("privacy_page", typed)),
        accessibility_page: problems.note(site("accessibility_page", typed)),
    }
}

fn registered_email(typed: &Typed) -> Result<String, FieldProblem> {
    if !typed.has("registered_email") {
        return Ok(String::new());
    }
    let parsed = EmailAddress::parse(typed.get("registered_email"));
    parsed.map(|email| email.to_string()).map_err(|_| FieldProblem::new("registered_email", "not-an-address"))
}

fn tax_code(typed: &Typed) -> Result<Option<String>, FieldProblem> {
    if !typed.has("tax_code") {
        return Ok(None);
    }
    let parsed = TaxCode::parse(typed.get("tax_code"));
    parsed.map(|code| Some(code.as_str().to_owned())).map_err(|error| match error {
        TaxCodeError::PersonalTaxCode => FieldProblem::new("tax_code", "personal-tax-code"),
        TaxCodeError::Check(_) => FieldProblem::new("tax_code", "tax-code-check"),
        TaxCodeError::Empty | TaxCodeError::Character(_) | TaxCodeError::Length(_) => {
            FieldProblem::new("tax_code", "tax-code-digits")
        }
    })
}

fn ipa_code(typed: &Typed) -> Result<Option<String>, FieldProblem> {
    if !typed.has("ipa_code") {
        return Ok(None);
    }
    let parsed = IpaCode::parse(typed.get("ipa_code"));
    parsed.map(|code| Some(code.as_str().to_owned())).map_err(|error| match error {
        IpaCodeError::PersonalTaxCode => FieldProblem::new("ipa_code", "personal-tax-code"),
        IpaCodeError::Empty | IpaCodeError::Character(_) | IpaCodeError::Length(_) | IpaCodeError::Beginning => {
            FieldProblem::new("ipa_code", "ipa-code")
        }
    })
}

/// An address on the web, or nothing.
fn site(field: &'static str, typed: &Typed) -> Result<String, FieldProblem> {
    let address = optional_line(field, typed.get(field), 200)?;
    if address.is_empty() || address.starts_with("https://") || address.starts_with("http://") {
        Ok(address)
    } else {
        Err(FieldProblem::new(field, "web-address"))
    }
}
