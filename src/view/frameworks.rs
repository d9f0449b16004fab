// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is asked, and where does it come from? The catalogue of indicators with its metadata.

use serde::Serialize;

use super::forms::FormLink;
use super::goalposts::ends_words;
use super::measures::unit_words;
use super::questionnaire::Worded;
use super::render::Page;
use super::translations::{TranslationRow, WordingView};
use super::words::words;
use crate::domain::framework::{
    Context, ContextLevel, ContextOption, Family, Framework, Indicator, Item, Level, Measure, MeasureKind, Model,
    OpenQuestion, Pillar, Scale, StakeholderGroup, WaveType,
};
use crate::domain::goalposts::Goalposts;
use crate::domain::language_tag::LanguageTag;
use crate::domain::text::{Language, Text};
use crate::domain::translation::{Translation, translatables};

/// The indicator sets that exist.
#[derive(Clone, Debug, Serialize)]
pub struct FrameworksPage {
    /// One each.
    pub versions: Vec<VersionCard>,
}

/// An indicator set at a glance.
#[derive(Clone, Debug, Serialize)]
pub struct VersionCard {
    /// Its name.
    pub title: Worded,
    /// Its version.
    pub version: String,
    /// Key of how far it has been tried.
    pub status_key: String,
    /// How many indicators.
    pub indicators: usize,
    /// How many items.
    pub items: usize,
    /// Where it is.
    pub href: String,
}

impl VersionCard {
    /// The card of a framework version.
    #[must_use]
    pub fn new(framework: &Framework, language: Language) -> Self {
        Self {
            title: Worded::new(framework.title.shown(language), language),
            version: framework.version.clone(),
            status_key: format!("status-{}", format!("{:?}", framework.status).to_lowercase()),
            indicators: framework.indicators.len(),
            items: framework.items().count(),
            href: format!("/{}/frameworks/{}/{}", language.code(), framework.id, framework.version),
        }
    }
}

impl Page for FrameworksPage {
    const TEMPLATE: &'static str = "frameworks/index";

    fn samples() -> Vec<Self> {
        let framework = sample_framework();
        vec![Self { versions: Vec::new() }, Self { versions: vec![VersionCard::new(&framework, Language::En)] }]
    }
}

/// One indicator set, whole.
#[derive(Clone, Debug, Serialize)]
pub struct FrameworkPage {
    /// Name, version, counts.
    pub card: VersionCard,
    /// Its id.
    pub id: String,
    /// Licence of the texts.
    pub license: String,
    /// SHA-256 of its canonical form.
    pub sha256: String,
    /// The three pillars with their families and indicators.
    pub pillars: Vec<PillarView>,
    /// Stakeholder groups.
    pub groups: Vec<CodeName>,
    /// Kinds of wave.
    pub wave_types: Vec<CodeName>,
    /// Response scales with their labels.
    pub scales: Vec<ScaleView>,
    /// Numbers reported by projects.
    pub measures: Vec<MeasureView>,
    /// Context variables with their options.
    pub contexts: Vec<ContextView>,
    /// Questions answered in words.
    pub open_questions: Vec<ItemView>,
    /// Languages beyond those of the interface.
    pub translations: Vec<TranslationRow>,
    /// How items read and how long questionnaires take; only for staff.
    pub wording: Option<WordingView>,
}

/// A code with its name.
#[derive(Clone, Debug, Serialize)]
pub struct CodeName {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Worded,
}

/// A pillar with its families.
#[derive(Clone, Debug, Serialize)]
pub struct PillarView {
    /// `facilitators`, `obstacles`, `results`.
    pub code: &'static str,
    /// Key of its name.
    pub name_key: String,
    /// Key of what it means.
    pub what_key: String,
    /// Its families.
    pub families: Vec<FamilyView>,
}

/// A family with its indicators.
#[derive(Clone, Debug, Serialize)]
pub struct FamilyView {
    /// Code and name.
    pub family: CodeName,
    /// Its indicators.
    pub indicators: Vec<IndicatorView>,
}

/// An indicator with its metadata and items.
#[derive(Clone, Debug, Serialize)]
pub struct IndicatorView {
    /// Code and name.
    pub indicator: CodeName,
    /// What it means.
    pub definition: Worded,
    /// Wave types it is asked in; none: all.
    pub waves: String,
    /// Where it comes from.
    pub trace: Option<String>,
    /// Kind of evidence.
    pub evidence: Option<String>,
    /// Key of how its items hang together.
    pub model_key: String,
    /// Its items.
    pub items: Vec<ItemView>,
}

/// An item with its metadata.
#[derive(Clone, Debug, Serialize)]
pub struct ItemView {
    /// Code.
    pub code: String,
    /// The statement.
    pub text: Worded,
    /// Groups it is shown to, in one line.
    pub audience: String,
    /// Code of its scale; nothing for open questions.
    pub scale: Option<String>,
    /// Whether it is asked only where chosen.
    pub extended: bool,
    /// Whether a high answer means less.
    pub reverse: bool,
}

/// A scale with its labels.
#[derive(Clone, Debug, Serialize)]
pub struct ScaleView {
    /// Code.
    pub code: String,
    /// Sentence above the items.
    pub prompt: Option<Worded>,
    /// Points with their labels.
    pub points: Vec<CodeName>,
}

/// A measure with its definition.
#[derive(Clone, Debug, Serialize)]
pub struct MeasureView {
    /// Code and name.
    pub measure: CodeName,
    /// Key of its place in the chain from means to outcome.
    pub kind_key: String,
    /// What is counted.
    pub unit: String,
    /// What counts and what does not.
    pub definition: Worded,
    /// Which values are worth 0 and 100 points.
    pub goalposts: Option<String>,
}

/// A context variable with its options.
#[derive(Clone, Debug, Serialize)]
pub struct ContextView {
    /// Code and name.
    pub context: CodeName,
    /// Key of what it describes.
    pub level_key: String,
    /// Names of the options, in one line.
    pub options: String,
}

impl FrameworkPage {
    /// The page of a framework version.
    #[must_use]
    pub fn new(framework: &Framework, sha256: &str, language: Language) -> Self {
        let reader = Reader { framework, language };
        Self {
            card: VersionCard::new(framework, language),
            id: framework.id.clone(),
            license: framework.license.clone(),
            sha256: sha256.to_owned(),
            pillars: Pillar::ALL.into_iter().map(|pillar| reader.pillar(pillar)).collect(),
            groups: framework.groups.iter().map(|group| reader.named(&group.code, &group.name)).collect(),
            wave_types: framework.wave_types.iter().map(|kind| reader.named(&kind.code, &kind.name)).collect(),
            scales: reader.scales(),
            measures: reader.measures(),
            contexts: reader.contexts(),
            open_questions: framework.open_questions.iter().map(|one| reader.question(one)).collect(),
            translations: Vec::new(),
            wording: None,
        }
    }
}

struct Reader<'a> {
    framework: &'a Framework,
    language: Language,
}

impl Reader<'_> {
    fn worded(&self, text: &Text) -> Worded {
        Worded::new(text.shown(self.language), self.language)
    }

    fn named(&self, code: &str, name: &Text) -> CodeName {
        CodeName { code: code.to_owned(), name: self.worded(name) }
    }

    fn pillar(&self, pillar: Pillar) -> PillarView {
        let families = self.framework.families.iter().filter(|family| family.pillar == pillar).map(|family| {
            let indicators = self.framework.indicators.iter().filter(|indicator| indicator.family == family.code);
            FamilyView {
                family: self.named(&family.code, &family.name),
                indicators: indicators.map(|indicator| self.indicator(indicator)).collect(),
            }
        });
        PillarView {
            code: pillar.code(),
            name_key: format!("pillar-{pillar}"),
            what_key: format!("pillar-{pillar}-what"),
            families: families.collect(),
        }
    }

    fn indicator(&self, indicator: &Indicator) -> IndicatorView {
        IndicatorView {
            indicator: self.named(&indicator.code, &indicator.name),
            definition: self.worded(&indicator.definition),
            waves: indicator.waves.join(", "),
            trace: indicator.trace.clone(),
            evidence: indicator.evidence.clone(),
            model_key: format!("model-{}", format!("{:?}", indicator.model).to_lowercase()),
            items: indicator.items.iter().map(|item| self.item(item)).collect(),
        }
    }

    fn item(&self, item: &Item) -> ItemView {
        ItemView {
            code: item.code.clone(),
            text: self.worded(&item.text),
            audience: self.audience(&item.audience),
            scale: Some(item.scale.clone()),
            extended: item.level == Level::Extended,
            reverse: item.reverse,
        }
    }

    fn question(&self, question: &OpenQuestion) -> ItemView {
        let (code, text) = (question.code.clone(), self.worded(&question.text));
        let audience = self.audience(&question.audience);
        ItemView { code, text, audience, scale: None, extended: false, reverse: false }
    }

    fn audience(&self, codes: &[String]) -> String {
        if codes.is_empty() { words(self.language).say("audience-all") } else { codes.join(", ") }
    }

    fn scales(&self) -> Vec<ScaleView> {
        let view = |scale: &Scale| ScaleView {
            code: scale.code.clone(),
            prompt: scale.prompt.as_ref().map(|text| self.worded(text)),
            points: scale
                .points
                .iter()
                .zip(&scale.labels)
                .map(|(p, label)| self.named(&p.to_string(), label))
                .collect(),
        };
        self.framework.scales.iter().map(view).collect()
    }

    fn measures(&self) -> Vec<MeasureView> {
        let view = |measure: &Measure| MeasureView {
            measure: self.named(&measure.code, &measure.name),
            kind_key: format!("kind-{}", format!("{:?}", measure.kind).to_lowercase()),
            unit: unit_words(&measure.unit, self.language),
            definition: self.worded(&measure.definition),
            goalposts: measure.goalposts.map(|ends| ends_words(ends, &measure.unit, self.language)),
        };
        self.framework.measures.iter().map(view).collect()
    }

    fn contexts(&self) -> Vec<ContextView> {
        let view = |context: &Context| ContextView {
            context: self.named(&context.code, &context.name),
            level_key: format!("level-{}", format!("{:?}", context.level).to_lowercase()),
            options: context.options.iter().map(|o| o.name.get(self.language)).collect::<Vec<_>>().join(" · "),
        };
        self.framework.contexts.iter().map(view).collect()
    }
}

impl Page for FrameworkPage {
    const TEMPLATE: &'static str = "frameworks/version";

    fn samples() -> Vec<Self> {
        let empty = Framework { id: "f".to_owned(), title: Text::both("Quadro", "Framework"), ..Framework::default() };
        let framework = sample_framework();
        let place = FormLink { text: "Lingue del Comune".to_owned(), href: "/it/staff/x".to_owned() };
        let romanian = LanguageTag::parse("ro").map(Translation::new).into_iter();
        let whole = Self {
            translations: romanian.map(|one| TranslationRow::new(&one, &translatables(&framework))).collect(),
            wording: Some(WordingView { own: vec![place], ..WordingView::new(&framework, Language::It) }),
            ..Self::new(&framework, "0", Language::It)
        };
        vec![whole, Self::new(&empty, "0", Language::En)]
    }
}

/// A framework with one of each kind, in one language only where a fallback should show.
fn sample_framework() -> Framework {
    let text = || Text::both("Testo", "Text");
    let code = || "X".to_owned();
    let item = |audience: Vec<String>, level, reverse| Item {
        code: code(),
        scale: code(),
        audience,
        level,
        reverse,
        text: Text::new([("it".to_owned(), "Una frase.".to_owned())].into()),
    };
    let indicator = |waves: Vec<String>, known: Option<&str>| Indicator {
        code: code(),
        family: code(),
        pillar: Pillar::Facilitators,
        name: text(),
        definition: text(),
        model: Model::Reflective,
        waves,
        trace: known.map(str::to_owned),
        evidence: known.map(str::to_owned),
        replaces: Vec::new(),
        items: vec![item(Vec::new(), Level::Core, false), item(vec![code()], Level::Extended, true)],
    };
    Framework {
        id: "f".to_owned(),
        title: text(),
        groups: vec![StakeholderGroup { code: code(), name: text() }],
        wave_types: vec![WaveType { code: code(), name: text() }],
        scales: vec![Scale { code: code(), points: vec![0, 1], prompt: Some(text()), labels: vec![text(), text()] }],
        families: vec![Family { code: code(), pillar: Pillar::Facilitators, name: text() }],
        indicators: vec![indicator(Vec::new(), None), indicator(vec![code()], Some("S6R"))],
        ..sample_extras()
    }
}

fn sample_extras() -> Framework {
    let text = || Text::both("Testo", "Text");
    let code = || "X".to_owned();
    let context = |options| Context { code: code(), level: ContextLevel::Project, name: text(), options };
    Framework {
        measures: vec![Measure {
            code: code(),
            kind: MeasureKind::Output,
            unit: "persons".to_owned(),
            name: text(),
            definition: text(),
            breakdown_of: None,
            goalposts: Goalposts::new(9.0, 3.0),
        }],
        contexts: vec![context(Vec::new()), context(vec![ContextOption { code: code(), name: text() }])],
        open_questions: vec![OpenQuestion { code: code(), audience: Vec::new(), text: text() }],
        ..Framework::default()
    }
}
