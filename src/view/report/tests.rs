// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Is every report of every shape of wave a PDF that everybody can read, with the numbers of its page?

mod voiced;

use voiced::said;

use jiff::civil::date;
use scraper::{Html, Selector};
use uuid::Uuid;

use super::*;
use crate::domain::comparison::Verdict;
use crate::domain::decision::ActionState;
use crate::domain::decision_log::samples::{effect, entry};
use crate::domain::decision_log::{Number, Unanswered};
use crate::domain::framework::{Measure, MeasureKind, Pillar, StakeholderGroup};
use crate::domain::goalposts::Goalposts;
use crate::domain::measure::{Breakdown, Figure, FigureState, MeasureValue, Part, Period, Standing};
use crate::domain::priority::Priority;
use crate::domain::profile::ScoreView;
use crate::domain::programme::{BodyDetails, Origin, ProjectDetails, Visibility};
use crate::domain::response::Roster;
use crate::domain::score::Withheld;
use crate::domain::text::{Language, Text};
use crate::domain::wave::Collection;
use crate::print::tests::words_of;
use crate::scoring::{WaveAnswers, change, samples, score_wave, with_points};
use crate::view::printing::samples::wave;
use crate::view::{Address, Frame, render};

/// A wave with everything around it.
struct Shape {
    name: &'static str,
    organisation: Organisation,
    project: Project,
    wave: Wave,
    framework: Framework,
    scores: WaveScores,
    changes: Vec<Change>,
    profile: Profile,
    submitted: Vec<u32>,
    measures: Vec<ReportedFigure>,
    decisions: DecisionLog,
    restitution: Restitution,
}

/// A framework with so many indicators, of three items each.
fn framework(indicators: usize) -> Framework {
    let codes: Vec<String> = (0..indicators).map(|n| format!("{}{n}", ["F", "O", "R"][n % 3])).collect();
    let items: Vec<Vec<(String, bool)>> =
        codes.iter().map(|code| ["a", "b", "c"].map(|item| (format!("{code}{item}"), false)).into()).collect();
    let items: Vec<Vec<(&str, bool)>> =
        items.iter().map(|some| some.iter().map(|(code, turned)| (code.as_str(), *turned)).collect()).collect();
    let sketches: Vec<samples::Sketch<'_>> =
        codes.iter().zip(&items).map(|(code, items)| (code.as_str(), items.as_slice())).collect();
    let mut framework = samples::framework(&[1, 2, 3, 4, 5], &sketches);
    for (place, one) in framework.indicators.iter_mut().enumerate() {
        one.name = Text::both(&format!("Indicatore numero {place}"), &format!("Indicator number {place}"));
    }
    for (group, name) in framework.groups.iter_mut().zip(["Ente pubblico", "Terzo settore", "Imprese", "Cittadini"]) {
        group.name = Text::both(name, name);
    }
    framework.families.iter_mut().for_each(|family| family.name = Text::both("Una famiglia", "A family"));
    framework
}

/// Ten people in each of some groups, three in the next; letter by letter as `letter` says.
fn rows(framework: &Framework, groups: usize, letter: impl Fn(usize, usize) -> char) -> Vec<(usize, String)> {
    let items = framework.items().count();
    let people = (0..groups * 10).map(|person| person / 10).chain([groups; 3].into_iter().filter(|_| groups < 4));
    let answers = |person: usize| (0..items).map(|item| letter(person, item)).collect::<String>();
    people.enumerate().map(|(person, group)| (group, answers(person))).collect()
}

fn usual(person: usize, item: usize) -> char {
    ['1', '2', '3', '4', '5', 'D'][(person * 7 + item * 3 + person * item) % 6]
}

impl Shape {
    fn new(name: &'static str, framework: Framework, rows: &[(usize, String)]) -> Self {
        let rows: Vec<(usize, &str)> = rows.iter().map(|(group, answers)| (*group, answers.as_str())).collect();
        let (before, after) = (samples::wave(&framework, "T1", &rows), samples::wave(&framework, "T2", &rows));
        let listed = |group| Some(20).filter(|_| rows.iter().any(|row| row.0 == group));
        let roster = Roster::new((0..framework.groups.len()).map(listed).collect());
        let profile = Profile { bootstrap_draws: 100, permutations: 100, ..Profile::default() };
        let answers = [&before, &after].map(|responses| WaveAnswers { responses, roster: &roster });
        let scores = score_wave(&framework, &after, &roster, &profile, ScoreView::Public);
        let submitted = |group| u32::try_from(rows.iter().filter(|row| row.0 == group).count()).unwrap();
        Self {
            name,
            organisation: organisation(),
            project: project(),
            wave: Wave { published_on: Some(date(2026, 5, 1)), ..wave(Collection::Anonymous) },
            submitted: (0..framework.groups.len()).map(submitted).collect(),
            changes: change(&framework, answers[0], answers[1], &profile, ScoreView::Public),
            framework,
            scores,
            profile,
            measures: Vec::new(),
            decisions: decisions(),
            restitution: Restitution::default(),
        }
    }

    fn source(&self, language: Language) -> ReportSource<'_> {
        let answered = self.framework.groups.iter().zip(&self.submitted);
        ReportSource {
            telling: Telling::new(language, self.scores.view),
            organisation: &self.organisation,
            project: &self.project,
            edition: None,
            wave: &self.wave,
            framework: &self.framework,
            scores: &self.scores,
            profile: &self.profile,
            answered: answered
                .map(|(StakeholderGroup { code, .. }, submitted)| Answered {
                    group: code,
                    submitted: *submitted,
                    listed: Some(20),
                })
                .collect(),
            since: (!self.changes.is_empty()).then(|| Since { wave: "T1", changes: self.changes.iter().collect() }),
            weights: None,
            participation: None,
            measures: &self.measures,
            decisions: &self.decisions,
            restitution: &self.restitution,
            address: "https://valutazione.example.org/it/waves/1".to_owned(),
            source: Some("https://example.org/source".to_owned()),
        }
    }
}

/// A decision with an action that comes back, one with nothing to do, one still without an answer.
fn decisions() -> DecisionLog {
    let worsened = effect(Pillar::Results, Some(Verdict::Worsened));
    let returned = entry("R2", ActionState::Done, vec![worsened, effect(Pillar::Obstacles, None)]);
    let mut silent = entry("F0", ActionState::Planned, Vec::new());
    silent.actions.clear();
    let number = Number { value: Ok(40.0), interval: Err(Withheld::NoVariability), valid: 12, listed: None };
    let (indicator, pillar) = ("O1".to_owned(), Pillar::Obstacles);
    let priority = Priority { indicator, pillar, weight: 0.2, score: 60.0, value: 0.12, place: 1 };
    DecisionLog::new(vec![silent, returned], vec![Unanswered { priority, number }])
}

fn organisation() -> Organisation {
    Organisation {
        id: Uuid::nil(),
        name: "Comune di Esempio".to_owned(),
        contact: "Ufficio partecipazione".to_owned(),
        data: Origin::Real,
        details: BodyDetails { telephone: "011 000000".to_owned(), ..BodyDetails::default() },
        revision: 1,
    }
}

fn project() -> Project {
    Project {
        organisation_id: Uuid::nil(),
        id: Uuid::nil(),
        edition_id: None,
        name: "Orto di quartiere".to_owned(),
        territory: "Settimo".to_owned(),
        lead: "Comune".to_owned(),
        summary: Text::both("Un orto per tutti.", "A garden for all."),
        source: String::new(),
        origin: Origin::Real,
        profile: Profile::default(),
        details: ProjectDetails::default(),
        visibility: Visibility::Public,
        revision: 1,
    }
}

fn common() -> Shape {
    let framework = framework(3);
    let rows = rows(&framework, 3, usual);
    Shape::new("three groups and a small one", framework, &rows)
}

/// The same wave with a name in the place of everything that people write.
fn named(shape: &'static str, name: &str) -> Shape {
    let mut named = Shape { name: shape, ..common() };
    for text in [&mut named.project.name, &mut named.project.lead, &mut named.organisation.name] {
        name.clone_into(text);
    }
    named.organisation.contact = name.to_owned();
    named.project.summary = Text::new([("ar".to_owned(), name.to_owned())].into());
    named.wave.purpose = Text::both(name, name);
    let text = || Text::both(name, name);
    let current = MeasureValue {
        organisation_id: Uuid::nil(),
        id: Uuid::nil(),
        revision: 1,
        project_id: Uuid::nil(),
        measure: "N1".to_owned(),
        label: text(),
        value: None,
        parts: Some(Breakdown { named: vec![Part { label: text(), value: 3.0 }], other: 0.0, not_known: 7.0 }),
        unit: "persons".to_owned(),
        definition: text(),
        period: Period { words: text(), days: None },
        as_of: None,
        source: name.to_owned(),
        standing: Standing::Actual,
        state: FigureState::Reported,
        reason: String::new(),
        reported_at: None,
    };
    named.framework.measures = vec![Measure {
        code: current.measure.clone(),
        kind: MeasureKind::Process,
        unit: current.unit.clone(),
        name: text(),
        definition: text(),
        breakdown_of: None,
        goalposts: Goalposts::new(90.0, 30.0),
    }];
    named.measures = with_points(&[Figure { current, earlier: Vec::new() }], Some(&named.framework));
    named.restitution = said(name);
    named
}

fn shapes() -> Vec<Shape> {
    let three = framework(3);
    let one_group = rows(&three, 1, usual).into_iter().filter(|(group, _)| *group == 0).collect::<Vec<_>>();
    let first = Shape { changes: Vec::new(), ..Shape::new("one wave, one group", three.clone(), &one_group) };
    let unsure = rows(&three, 3, |_, _| 'D');
    let markup = "#import \"a.typ\": * $x^2$ *b* _e_ @ref <l> = H \\ // ] #panic() #(1+1) `r`";
    vec![
        common(),
        first,
        Shape::new("nothing but don't know", three.clone(), &unsure),
        Shape::new("nobody", three, &[]),
        named("a name of 300 letters", &"Nome lungo".repeat(30)),
        named("markup", markup),
        named("right to left", "قيّم المشروع معنا 2026 (تجربة) שאלון"),
    ]
}

fn printed(shape: &Shape, kind: ReportKind, language: Language) -> print::Pdf {
    let report = on_paper(shape.source(language).report(kind));
    print::pdf(&report).unwrap_or_else(|error| panic!("{} {}: {error}", shape.name, kind.code()))
}

fn is_accessible(pdf: &print::Pdf) -> bool {
    let mark = b"<pdfuaid:part>1</pdfuaid:part>";
    pdf.bytes.windows(mark.len()).any(|window| window == mark)
}

/// What all kinds of report say, in one document: setting five takes long without optimisation.
fn all_kinds(shape: &Shape, language: Language) -> print::Report {
    let source = shape.source(language);
    let mut all = on_paper(source.report(ReportKind::Full));
    for kind in ReportKind::ALL.into_iter().skip(1) {
        let sections = on_paper(source.report(kind)).sections.into_iter();
        all.sections.extend(sections.filter(|one| {
            !["agreed", "brief", "answered", "reading", "replies", "stories"].contains(&one.anchor.as_str())
        }));
    }
    all
}

#[test]
fn every_report_of_every_shape_is_a_pdf_that_everybody_can_read() {
    for shape in shapes() {
        let pdf =
            print::pdf(&all_kinds(&shape, Language::It)).unwrap_or_else(|error| panic!("{}: {error}", shape.name));
        assert!(is_accessible(&pdf), "{}", shape.name);
        let mats = print::pdf(&placemat(&shape.source(Language::En)).unwrap()).unwrap();
        assert!(is_accessible(&mats));
        assert_eq!(mats.pages, 3, "{}", shape.name);
    }
}

#[test]
fn a_framework_of_120_indicators_fits_on_paper() {
    let framework = framework(120);
    let rows = rows(&framework, 3, usual);
    let shape = Shape::new("120 indicators", framework, &rows);
    assert!(is_accessible(&printed(&shape, ReportKind::Full, Language::En)));
    assert_eq!(print::pdf(&placemat(&shape.source(Language::It)).unwrap()).unwrap().pages, 3);
}

#[test]
fn a_summary_is_one_sheet() {
    assert_eq!(printed(&common(), ReportKind::Summary, Language::It).pages, 1);
    assert_eq!(printed(&common(), ReportKind::Summary, Language::En).pages, 1);
}

/// Every cell with a number, as the file of a report shows it: the number, then what belongs to it.
fn numbers(html: &str) -> Vec<Vec<String>> {
    let document = Html::parse_document(html);
    let (cells, parts) = (Selector::parse("td").unwrap(), Selector::parse(".score, .n-of-N").unwrap());
    let shown = document.select(&cells).filter(|cell| cell.html().contains("class=\"score\""));
    shown.map(|cell| cell.select(&parts).map(|part| part.text().collect::<String>()).collect()).collect()
}

#[test]
fn page_and_pdf_show_the_same_numbers() {
    let shape = common();
    for kind in ReportKind::ALL {
        let report = shape.source(Language::It).report(kind);
        let frame = Frame::new(Language::It, &Address::default(), "a");
        let html = render(&frame, &ReportFile { report: report.clone() }).unwrap();
        let shown = numbers(&html);
        assert!(shown.len() > 2 || kind == ReportKind::Minutes, "{}", kind.code());
        let paper = words_of(&on_paper(report)).replace([' ', '\u{ad}', '-'], "");
        let mut rest = paper.as_str();
        for cell in shown {
            let together = cell.iter().take(2).map(|part| part.replace([' ', '-'], "")).collect::<String>();
            let found = rest.find(&together).unwrap_or_else(|| panic!("{together} is not in {rest}"));
            rest = &rest[found + together.len()..];
        }
    }
}

#[test]
fn what_is_withheld_has_its_reason_and_no_number() {
    let shape = common();
    let source = shape.source(Language::It);
    let report = source.report(ReportKind::Full);
    let withheld: Vec<String> = report
        .tables()
        .flat_map(|table| table.rows.iter().flat_map(|row| &row.cells))
        .filter(|cell| cell.withheld)
        .map(|cell| cell.main.text.clone())
        .collect();
    assert!(!withheld.is_empty(), "the small group is withheld");
    assert!(withheld.iter().any(|reason| reason == "meno di 5 risposte"), "{withheld:?}");
    let said = |reason: &String| !reason.is_empty() && !reason.starts_with(|c: char| c.is_ascii_digit());
    assert!(withheld.iter().all(said), "{withheld:?}");
    // What a cell refers to stands below its table.
    for table in report.tables() {
        let refers = |number: usize| {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            cells.filter(|cell| cell.withheld).any(|cell| cell.main.text.contains(&format!("nota {number}")))
        };
        let notes = table.notes.iter().filter(|note| note.starts_with("Nota ")).count();
        assert!((1..=9).all(|number| refers(number) == (number <= notes)), "{:?}", table.notes);
    }
}

#[test]
fn the_three_pillars_change_and_measures_each_have_their_section() {
    let report = common().source(Language::En).report(ReportKind::Full).clone();
    let anchors: Vec<&str> = report.sections.iter().map(|section| section.anchor.as_str()).collect();
    for pillar in Pillar::ALL {
        assert!(anchors.contains(&pillar.code()));
    }
    assert!(anchors.contains(&"change") && anchors.contains(&"measures"));
    let mut once = anchors.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), anchors.len());
}

#[test]
fn a_reported_number_has_its_points_or_says_why_not_and_from_which_version() {
    let mut shape = named("points", "Nome");
    let mut figure = shape.measures.remove(0).figure;
    for (value, told) in [
        (None, "Senza punti: il numero non è noto."),
        (Some(45.0), "75 punti su 100: 90 persone valgono 0, 30 persone valgono 100."),
    ] {
        figure.current.value = value;
        shape.measures = with_points(&[figure.clone()], Some(&shape.framework));
        for kind in [ReportKind::Full, ReportKind::SocialReport] {
            let report = shape.source(Language::It).report(kind);
            let html = render(&Frame::new(Language::It, &Address::default(), "a"), &ReportFile { report }).unwrap();
            assert!(html.contains(told) && html.contains("”, versione 1.0.0."), "{told}: {html}");
        }
    }
}

#[test]
fn no_report_speaks_of_causes_and_every_text_is_there() {
    for (language, words) in [
        (Language::It, ["causa", "effett", "significativ"].as_slice()),
        (Language::En, [" cause", "caused", " effect", "significant"].as_slice()),
    ] {
        let shape = common();
        for kind in ReportKind::ALL {
            let report = shape.source(language).report(kind);
            let frame = Frame::new(language, &Address::default(), "a");
            let html = render(&frame, &ReportFile { report }).unwrap();
            assert!(!html.contains('⟦'), "{}", kind.code());
            let (_, main) = html.split_once("<main>").unwrap();
            let found: Vec<_> = words.iter().filter(|word| main.to_lowercase().contains(**word)).collect();
            assert!(found.is_empty(), "{} says {found:?}", kind.code());
        }
    }
}
