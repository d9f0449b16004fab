// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! With which seed is a statistic drawn, so that it can be drawn again?

use sha2::{Digest, Sha256};

/// What a random statistic is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn<'a> {
    /// Name of the project.
    pub project: &'a str,
    /// Names of the waves, joined by a comma.
    pub waves: &'a str,
    /// Name of the statistic.
    pub statistic: &'a str,
    /// SHA-256 of the profile.
    pub profile_sha256: &'a str,
}

impl Drawn<'_> {
    /// First eight bytes, most significant first, of the SHA-256 of `project|waves|statistic|profile hash`.
    ///
    /// A `chosen` seed other than 0 is appended as a fifth part, to see whether a result hangs on the seed.
    #[must_use]
    pub fn seed(&self, chosen: u64) -> u64 {
        let Self { project, waves, statistic, profile_sha256 } = self;
        let mut text = format!("{project}|{waves}|{statistic}|{profile_sha256}");
        if chosen != 0 {
            text = format!("{text}|{chosen}");
        }
        Sha256::digest(text).iter().take(8).fold(0, |seed, byte| (seed << 8) | u64::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seed_follows_what_is_drawn() {
        let drawn = Drawn { project: "", waves: "1", statistic: "composite", profile_sha256: "00" };
        // First 16 hexadecimal digits of the SHA-256 of "|1|composite|00".
        assert_eq!(drawn.seed(0), 0x6f7e_a5e9_1ce5_5fb4);
        assert_ne!(drawn.seed(0), drawn.seed(1));
        assert_ne!(drawn.seed(0), Drawn { waves: "2", ..drawn }.seed(0));
    }
}
