// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What can a template reach? Its neighbours, the built-in fonts and one document's data; no disk, network or clock.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rust_embed::RustEmbed;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

#[derive(RustEmbed)]
#[folder = "templates/print/"]
#[include = "*.typ"]
#[include = "fonts/*.ttf"]
struct Files;

/// Where a template finds its document, from every folder: `json("/document.json")`.
const DOCUMENT: &str = "document.json";

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::built_in);

/// The built-in fonts, in the order of their names.
struct Fonts {
    book: LazyHash<FontBook>,
    faces: Vec<Font>,
    /// Characters that the fonts of last resort all have, so that any mixture of them can be printed.
    characters: HashSet<u32>,
}

impl Fonts {
    fn built_in() -> Self {
        let mut names: Vec<_> = Files::iter().filter(|name| name.ends_with(".ttf")).collect();
        names.sort();
        let faces: Vec<Font> = names
            .iter()
            .filter_map(|name| Files::get(name))
            .flat_map(|file| Font::iter(Bytes::new(file.data)).collect::<Vec<_>>())
            .collect();
        let mut widest = faces.iter().filter(|font| font.info().family == "DejaVu Sans");
        let first = widest.next().map(|font| font.info().coverage.iter().collect::<HashSet<u32>>());
        let characters = widest.fold(first.unwrap_or_default(), |mut shared, font| {
            let of_this = font.info().coverage.iter().collect();
            shared = shared.intersection(&of_this).copied().collect();
            shared
        });
        Self { book: LazyHash::new(FontBook::from_fonts(&faces)), faces, characters }
    }
}

/// Whether a character can be printed in every weight.
pub(super) fn has_letter(letter: char) -> bool {
    let private = matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    letter.is_ascii_graphic() || (!private && FONTS.characters.contains(&u32::from(letter)))
}

/// A template with the document that it lays out.
pub(super) struct DocumentWorld {
    main: Source,
    document: Bytes,
}

impl DocumentWorld {
    /// The embedded template with this name, without its ending.
    pub(super) fn new(template: &str, document: Vec<u8>) -> FileResult<Self> {
        let name = format!("{template}.typ");
        let text = embedded(&name)?;
        Self::with_text(&name, text, document)
    }

    /// A template that is not embedded; it may import those that are.
    pub(super) fn with_text(name: &str, text: String, document: Vec<u8>) -> FileResult<Self> {
        let path = VirtualPath::new(name).map_err(|_| not_found(name))?;
        let id = RootedPath::new(VirtualRoot::Project, path).intern();
        Ok(Self { main: Source::new(id, text), document: Bytes::new(document) })
    }
}

impl World for DocumentWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        Ok(Source::new(id, embedded(name_of(id)?)?))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match name_of(id)? {
            DOCUMENT => Ok(self.document.clone()),
            name => Ok(Bytes::from_string(embedded(name)?)),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.faces.get(index).cloned()
    }

    /// No template knows what day it is: a document says its day.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The path of a file of the project; packages are not looked for.
fn name_of(id: FileId) -> FileResult<&'static str> {
    let path = id.get();
    match path.root() {
        VirtualRoot::Project => Ok(path.vpath().get_without_slash()),
        VirtualRoot::Package(_) => Err(FileError::AccessDenied),
    }
}

fn embedded(name: &str) -> FileResult<String> {
    let is_template = Path::new(name).extension().is_some_and(|ending| ending == "typ");
    let file = Files::get(name).filter(|_| is_template).ok_or_else(|| not_found(name))?;
    String::from_utf8(file.data.into_owned()).map_err(|_| FileError::InvalidUtf8)
}

fn not_found(name: &str) -> FileError {
    FileError::NotFound(PathBuf::from(name))
}
