// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does the report of a closed wave say, for whom? One model for the page and for paper.
//!
//! Scores become words once, in one place; a kind of report chooses and orders them. The page shows the sections as they
//! are, [`on_paper`] gives them to `print` with their figures drawn.

mod decided;
mod drawn;
mod editions;
mod kind;
mod occasions;
mod page;
mod placemat;
mod sections;
mod tables;
mod told;
mod voices;
mod weighed;

#[cfg(feature = "pdf")]
#[cfg(test)]
mod tests;

use jiff::civil::Date;

use crate::chart::Figure;
use crate::domain::comparison::Change;
use crate::domain::decision_log::DecisionLog;
use crate::domain::discussion::Restitution;
use crate::domain::framework::Framework;
use crate::domain::goalposts::ReportedFigure;
use crate::domain::profile::Profile;
use crate::domain::programme::{Edition, Organisation, Programme, Project};
use crate::domain::score::WaveScores;
use crate::domain::wave::Wave;
use crate::print;

use super::participation::ParticipationSection;
use super::telling::Telling;
use super::words::Words;
use told::Told;

pub use drawn::on_paper;
pub use editions::{Compared, EditionsSource};
pub use kind::ReportKind;
pub use page::{KindLink, ReportFile, ReportPage};
pub use placemat::placemat;
pub use weighed::ToldWeights;

/// A report whose figures are given for a page.
pub type Report = print::Report<Figure>;

/// A section whose figures are given for a page.
type Section = print::Section<Figure>;

/// A block whose figure is given for a page.
type Block = print::Block<Figure>;

/// What a report is made from.
#[derive(Clone)]
pub struct ReportSource<'a> {
    /// How numbers are written.
    pub telling: Telling,
    /// The body that asked.
    pub organisation: &'a Organisation,
    /// The project.
    pub project: &'a Project,
    /// Its edition and programme, if any.
    pub edition: Option<(&'a Edition, &'a Programme)>,
    /// The wave.
    pub wave: &'a Wave,
    /// Its framework version.
    pub framework: &'a Framework,
    /// Its scores, as the reader may see them.
    pub scores: &'a WaveScores,
    /// The constants they were made with.
    pub profile: &'a Profile,
    /// Who answered, group by group.
    pub answered: Vec<Answered<'a>>,
    /// Change since the wave before, if there is one.
    pub since: Option<Since<'a>>,
    /// Numbers that the project reported, with their points.
    pub measures: &'a [ReportedFigure],
    /// What was decided about the wave.
    pub decisions: &'a DecisionLog,
    /// What is said of the results.
    pub restitution: &'a Restitution,
    /// The weights that people chose, if any.
    pub weights: Option<&'a ToldWeights>,
    /// How participatory the wave was.
    pub participation: Option<&'a ParticipationSection>,
    /// Where the results are.
    pub address: String,
    /// Where the source of the program is.
    pub source: Option<String>,
}

/// How many of a group answered.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// Code of the group.
    pub group: &'a str,
    /// How many responses were submitted.
    pub submitted: u32,
    /// How many are listed, where known.
    pub listed: Option<u32>,
}

/// Change since an earlier wave.
#[derive(Clone)]
pub struct Since<'a> {
    /// Code of the earlier wave.
    pub wave: &'a str,
    /// Change of each indicator.
    pub changes: Vec<&'a Change>,
}

impl<'a> ReportSource<'a> {
    fn words(&self) -> &'static Words {
        self.telling.words()
    }

    /// Code and name of the wave.
    fn wave_name(&self) -> String {
        self.telling.wave(self.framework, &self.wave.code, &self.wave.wave_type)
    }

    /// The day of the report: that of publication, so that the same report is always the same file.
    #[must_use]
    pub fn day(&self) -> Date {
        self.wave.published_on.unwrap_or(self.wave.closes_on)
    }

    /// The report of a kind.
    #[must_use]
    pub fn report(&'a self, kind: ReportKind) -> Report {
        let told = Told::new(self);
        Report { sections: occasions::sections(kind, &told), ..sections::opening(kind, &told) }
    }
}
