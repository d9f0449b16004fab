// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Whatever bytes a profile file holds, it is refused or is in range.

#![no_main]

use insieme::intake::read_profile;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/g1/framework.toml");
    let (Ok(catalogue), Ok(text)) = (insieme::catalogue::load(&path), std::str::from_utf8(bytes)) else { return };
    if let Ok(profile) = read_profile(text, "p.toml", &catalogue.framework) {
        assert_eq!(profile.check(), Ok(()));
    }
});
