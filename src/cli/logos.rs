// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which logos are in the folder of the settings: `00000000000.svg` or `.png`, named by the tax code of the body?

use std::fs;
use std::path::Path;

use super::failure::Failure;
use crate::domain::body::TaxCode;
use crate::web::{LogoKind, Logos};

/// A logo is a drawing, not a photograph.
const MOST_BYTES: usize = 200 * 1024;

/// Reads the logos of a folder; other files are left alone.
pub(super) fn read(folder: Option<&Path>) -> Result<Logos, Failure> {
    let mut logos = Logos::default();
    let Some(folder) = folder else { return Ok(logos) };
    let unusable = |source| Failure::Folder { path: folder.display().to_string(), source };
    for entry in fs::read_dir(folder).map_err(unusable)? {
        let path = entry.map_err(unusable)?.path();
        let part = |part: Option<&std::ffi::OsStr>| part.map(|part| part.to_string_lossy().into_owned());
        let kind = match part(path.extension()).as_deref() {
            Some("svg") => LogoKind::Svg,
            Some("png") => LogoKind::Png,
            _ => continue,
        };
        let named = path.display().to_string();
        let code = TaxCode::parse(&part(path.file_stem()).unwrap_or_default());
        let code = code.map_err(|error| Failure::Logo { path: named.clone(), why: error.to_string() })?;
        let bytes = fs::read(&path).map_err(unusable)?;
        if bytes.len() > MOST_BYTES {
            return Err(Failure::Logo { path: named, why: format!("it has more than {} kB", MOST_BYTES / 1024) });
        }
        logos.add(&code, kind, bytes);
    }
    Ok(logos)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_is_named_by_a_tax_code_and_is_no_photograph() {
        let folder = tempfile::tempdir().unwrap();
        let told = |name: &str, bytes: usize| {
            let path = folder.path().join(name);
            fs::write(&path, vec![0; bytes]).unwrap();
            let read = read(Some(folder.path())).map(|_| ()).map_err(|failure| failure.to_string());
            fs::remove_file(path).unwrap();
            read
        };
        assert_eq!(told("01199250158.svg", 10), Ok(()));
        assert_eq!(told("README.txt", 10), Ok(()));
        assert!(told("logo.png", 10).unwrap_err().contains("logo.png"));
        assert!(told("01199250158.png", MOST_BYTES + 1).unwrap_err().contains("more than 200 kB"));
        assert!(read(Some(&folder.path().join("none"))).is_err() && read(None).is_ok());
    }
}
