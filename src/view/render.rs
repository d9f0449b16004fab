// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does a page become HTML? Strict templates, one registry a language, embedded in the program.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentValue};
use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderErrorReason, ScopedJson,
    html_escape,
};
use rust_embed::RustEmbed;
use serde::Serialize;

use super::Frame;
use super::questionnaire::Worded;
use super::sentences;
use super::words::words;
use crate::domain::text::Language;

#[derive(RustEmbed)]
#[folder = "templates/"]
#[include = "*.hbs"]
#[exclude = "assets/*"]
struct Templates;

/// What a page shows, and which template shows it.
pub trait Page: Serialize + Sized {
    /// Name of the template, e.g. `home`.
    const TEMPLATE: &'static str;

    /// Pages that between them show every branch of the template.
    fn samples() -> Vec<Self>;
}

/// A template and a page that do not fit: a mistake in the program, found by the tests.
#[derive(Debug, thiserror::Error)]
#[error("the page could not be drawn: {0}")]
pub struct RenderError(#[from] Box<handlebars::RenderError>);

#[derive(Serialize)]
struct Framed<'a, P> {
    frame: &'a Frame,
    page: &'a P,
}

static ITALIAN: LazyLock<Handlebars<'static>> = LazyLock::new(|| registry(Language::It));
static ENGLISH: LazyLock<Handlebars<'static>> = LazyLock::new(|| registry(Language::En));

/// The HTML of a page in its frame.
///
/// # Errors
/// If the template asks for something that the page does not have.
pub fn render<P: Page>(frame: &Frame, page: &P) -> Result<String, RenderError> {
    part(P::TEMPLATE, &Framed { frame, page }, Language::from_code(frame.language).unwrap_or_default())
}

/// One part of a page by itself, without a frame.
pub(super) fn part(name: &str, data: &impl Serialize, language: Language) -> Result<String, RenderError> {
    let registry = match language {
        Language::It => &*ITALIAN,
        Language::En => &*ENGLISH,
    };
    registry.render(name, data).map_err(|error| RenderError(Box::new(error)))
}

fn registry(language: Language) -> Handlebars<'static> {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.register_helper("t", Box::new(Say(language)));
    registry.register_helper("plain", Box::new(Plain(language)));
    for path in Templates::iter() {
        let Some(file) = Templates::get(&path) else { continue };
        let name = path.trim_end_matches(".hbs");
        if let Err(error) = registry.register_template_string(name, String::from_utf8_lossy(&file.data)) {
            tracing::error!(template = name, %error, "a template is not well-formed");
        }
    }
    registry
}

/// `{{t "key" name=value}}`: a sentence of the page's language, escaped where it is written; marked with its language where
/// the page's has no words for it. The key may be a value of the page.
struct Say(Language);

/// `{{plain "key"}}`: the same inside an attribute, where nothing can be marked.
struct Plain(Language);

impl HelperDef for Say {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let Worded { text, lang } = said(self.0, helper, context)?;
        let text = html_escape(&text);
        match lang {
            Some(lang) => out.write(&format!("<span lang=\"{lang}\" dir=\"auto\">{text}</span>"))?,
            None => out.write(&text)?,
        }
        Ok(())
    }

    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, handlebars::RenderError> {
        Ok(ScopedJson::Derived(said(self.0, helper, context)?.text.into()))
    }
}

impl HelperDef for Plain {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, handlebars::RenderError> {
        Ok(ScopedJson::Derived(said(self.0, helper, context)?.text.into()))
    }
}

fn said(language: Language, helper: &Helper<'_>, context: &Context) -> Result<Worded, RenderErrorReason> {
    let key = helper.param(0).and_then(|param| param.value().as_str());
    let key = key.ok_or(RenderErrorReason::ParamNotFoundForIndex("t", 0))?;
    let mut arguments = FluentArgs::new();
    for (name, value) in helper.hash() {
        arguments.set((*name).to_owned(), fluent_value(value.value()));
    }
    let frame = |name: &str| context.data().get("frame").and_then(|frame| frame.get(name));
    let page = frame("lang").and_then(serde_json::Value::as_str).unwrap_or(language.code());
    let own = frame("sentences").and_then(|own| own.get(key)).and_then(serde_json::Value::as_str);
    if let Some(text) = own.and_then(|sentence| sentences::tell(page, sentence, &arguments)) {
        return Ok(Worded { text, lang: None });
    }
    let lang = (page != language.code()).then(|| language.code().to_owned());
    Ok(Worded { text: words(language).tell(key, &arguments), lang })
}

fn fluent_value(value: &serde_json::Value) -> FluentValue<'static> {
    match value {
        serde_json::Value::String(text) => FluentValue::from(text.clone()),
        serde_json::Value::Number(number) => number.as_u64().map_or(FluentValue::None, FluentValue::from),
        _ => FluentValue::None,
    }
}
