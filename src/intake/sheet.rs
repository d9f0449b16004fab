// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does every row of an answer file need to be read?

use std::collections::HashMap;

use crate::domain::framework::Framework;

use super::answers::Unknown;
use super::cells::ItemCells;
use super::header::Columns;
use super::layout::Layout;
use super::table::Head;

/// Up to so many groups are looked through one by one.
const FEW: usize = 8;

/// Everything about a file that its rows have in common.
pub struct Sheet<'a> {
    /// What was asked.
    pub framework: &'a Framework,
    /// Name of the file for messages.
    pub file: &'a str,
    /// What to do with unknown codes.
    pub unknown: Unknown,
    /// Separator of cells.
    pub separator: u8,
    /// Names of the columns.
    pub header: Vec<String>,
    /// Where everything is in a row.
    pub columns: Columns,
    /// What the cells of each item may say.
    pub items: Vec<ItemCells>,
    /// The way through a row without quotes.
    pub layout: Layout,
    groups: Vec<(&'a [u8], u16)>,
    places: HashMap<&'a [u8], u16>,
    /// By wave type: for each group the items it is not asked.
    unasked: HashMap<Option<&'a str>, Vec<Vec<usize>>>,
}

impl<'a> Sheet<'a> {
    /// What the rows of a file with this header need.
    pub fn new(framework: &'a Framework, (file, unknown): (&'a str, Unknown), head: Head, columns: Columns) -> Self {
        let codes = framework.groups.iter().map(|group| group.code.as_bytes());
        let groups: Vec<_> = codes.zip(0_u16..).collect();
        let items = ItemCells::of(framework);
        let types = framework.wave_types.iter().map(|kind| Some(kind.code.as_str())).chain([None]);
        let unasked = types.map(|kind| (kind, unasked(&items, framework.groups.len(), kind)));
        Self {
            framework,
            file,
            unknown,
            separator: head.separator,
            header: head.names,
            layout: Layout::new(&columns, head.separator, &items),
            columns,
            places: groups.iter().copied().collect(),
            groups,
            unasked: unasked.collect(),
            items,
        }
    }

    /// The position of the group with this code.
    pub fn group(&self, code: &[u8]) -> Option<u16> {
        if self.groups.len() > FEW {
            return self.places.get(code).copied();
        }
        self.groups.iter().find(|(known, _)| *known == code).map(|(_, place)| *place)
    }

    /// For each group the items it is not asked in a wave; `None`: a wave of no type.
    pub fn unasked(&self, wave: Option<&str>) -> &[Vec<usize>] {
        let kind = wave.and_then(|wave| self.framework.wave_type(wave)).map(|kind| kind.code.as_str());
        self.unasked.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// Whether respondents have pseudonyms.
    pub const fn has_respondents(&self) -> bool {
        let [_, _, respondent, ..] = self.columns.known;
        respondent.is_some()
    }
}

fn unasked(items: &[ItemCells], groups: usize, wave_type: Option<&str>) -> Vec<Vec<usize>> {
    let of_group = |group| {
        items.iter().enumerate().filter(|(_, item)| !item.asks(group, wave_type)).map(|(place, _)| place).collect()
    };
    (0..groups).map(of_group).collect()
}
