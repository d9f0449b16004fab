// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Whatever bytes a framework file holds, its problems are listed or it scores an empty wave.

#![no_main]

use insieme::domain::profile::{Profile, ScoreView};
use insieme::domain::response::{Responses, Roster};
use insieme::scoring::score_wave;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(folder) = tempfile::tempdir() else { return };
    let path = folder.path().join("framework.toml");
    if std::fs::write(&path, bytes).is_err() {
        return;
    }
    let Ok(catalogue) = insieme::catalogue::load(&path) else { return };
    let framework = catalogue.framework;
    let responses = Responses::new(&framework, "T0");
    let _scores = score_wave(&framework, &responses, &Roster::unknown(), &Profile::default(), ScoreView::Full);
});
