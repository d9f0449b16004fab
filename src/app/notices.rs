// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The notice of a wave is written once per version, and shown to whoever is about to answer.

use uuid::Uuid;

use super::planning::saved;
use super::staff::{Staff, note, subject};
use super::waves::WaveFile;
use super::{App, Conflict, Refusal};
use crate::domain::audit::AuditNote;
use crate::domain::field::{FieldProblem, Problems, Typed, lines};
use crate::domain::notice::{Notice, NoticeTemplate};
use crate::domain::programme::Organisation;
use crate::domain::role::Action;
use crate::domain::wave::{Wave, WaveState};
use crate::store::{self, Db};

/// Longest text of a part.
const LONGEST: usize = 2000;

/// A wave with every version of its notice.
#[derive(Clone, Debug)]
pub struct NoticeFile {
    /// The wave.
    pub file: WaveFile,
    /// Every version, the newest first; where nobody wrote one, what is told without.
    pub versions: Vec<Notice>,
}

impl App {
    /// What whoever answers a wave is told about their data.
    ///
    /// # Errors
    /// If the database fails.
    pub fn notice(&self, db: &mut Db, body: &Organisation, wave: &Wave) -> Result<Notice, Refusal> {
        let written = store::notices::newest(db, (wave.organisation_id, wave.id))?;
        Ok(written.unwrap_or_else(|| Notice::unwritten(body.details.kind)))
    }

    /// Every version of a wave's notice.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn notice_file(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<NoticeFile, Refusal> {
        let file = self.wave_file(db, staff, id, Action::EditProject)?;
        let mut versions = store::notices::of_wave(db, (file.wave.organisation_id, file.wave.id))?;
        if versions.is_empty() {
            versions.push(Notice::unwritten(file.organisation.details.kind));
        }
        Ok(NoticeFile { file, versions })
    }

    /// Writes a further version of a wave's notice, which is shown from now on.
    ///
    /// # Errors
    /// [`Conflict::WaveState`] if the wave is closed, [`Refusal::Invalid`], [`Refusal::Outdated`]; or as
    /// [`Staff::require`].
    pub fn write_notice(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let known = self.notice_file(db, staff, id)?;
        let wave = &known.file.wave;
        if wave.state == WaveState::Closed {
            return Err(Conflict::WaveState { wave: wave.code.clone(), state: wave.state }.into());
        }
        let version = known.versions.first().map_or(0, |newest| newest.version);
        if typed.revision() != version {
            return Err(Refusal::Outdated);
        }
        let mut problems = Problems::default();
        let template = NoticeTemplate::from_code(typed.get("notice_template"));
        if template.is_none() {
            problems.add(FieldProblem::new("notice_template", "choose"));
        }
        let mut part = |field: &str| problems.note(lines(field, typed.get(field), LONGEST));
        let (officer, recipients, further) = (part("officer"), part("recipients"), part("further"));
        problems.none()?;
        let notice = Notice {
            version: version + 1,
            template: template.unwrap_or_default(),
            officer,
            recipients,
            further,
            since: Some(self.clock.today()),
        };
        saved(store::notices::insert(db, (wave.organisation_id, wave.id), &notice)?)?;
        let what = note(staff, wave.organisation_id, "wave.notice", subject(&wave.code, wave.id));
        self.record(db, AuditNote { note: notice.version.to_string(), ..what })
    }
}
