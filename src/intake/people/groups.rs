// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which group does a cell mean?

use crate::domain::folding::folded;
use crate::domain::framework::StakeholderGroup;
use crate::domain::nearest::nearest;

/// The known groups by what they may be called.
#[derive(Debug)]
pub struct Groups<'a> {
    /// The code of a group and a word for it: the code itself, or its name in a language.
    words: Vec<(&'a str, &'a str)>,
    folded: Vec<String>,
}

impl<'a> Groups<'a> {
    /// The groups by their codes and names; where a word is used twice, codes and earlier groups come first.
    pub fn new(groups: &'a [StakeholderGroup]) -> Self {
        let codes = groups.iter().map(|group| (group.code.as_str(), group.code.as_str()));
        let names = groups.iter().flat_map(|group| group.name.iter().map(|(_, name)| (group.code.as_str(), name)));
        let words: Vec<_> = codes.chain(names).collect();
        Self { folded: words.iter().map(|(_, word)| folded(word)).collect(), words }
    }

    /// The code of the group that a cell names.
    pub fn find(&self, cell: &str) -> Option<&'a str> {
        let cell = folded(cell);
        let place = self.folded.iter().position(|word| *word == cell && !cell.is_empty())?;
        self.words.get(place).map(|(code, _)| *code)
    }

    /// The code of the group that a cell probably means.
    pub fn nearest(&self, cell: &str) -> Option<&'a str> {
        let word = nearest(cell, self.words.iter().map(|(_, word)| *word))?;
        self.words.iter().find(|(_, known)| *known == word).map(|(code, _)| *code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Text;

    #[test]
    fn a_group_is_known_by_its_code_and_by_its_names() {
        let group = |code: &str, it, en| StakeholderGroup { code: code.to_owned(), name: Text::both(it, en) };
        let known = [group("PA", "Ente pubblico", "Public body"), group("CIT", "Comunità", "Community")];
        let groups = Groups::new(&known);
        for (cell, code) in [("pa", "PA"), ("ENTE PUBBLICO", "PA"), ("public body", "PA"), ("comunita'", "CIT")] {
            assert_eq!(groups.find(cell), Some(code));
        }
        assert_eq!((groups.find("Ente publico"), groups.nearest("Ente publico")), (None, Some("PA")));
        assert_eq!((groups.find(""), groups.nearest("Banca")), (None, None));
    }
}
