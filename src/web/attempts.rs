// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How many wrong codes came from one address in the last minute? Kept in memory only, never written.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

/// Wrong codes from one address in one minute before it has to wait. A whole assembly may share an address.
const ALLOWED: u32 = 60;
/// Addresses remembered at once.
const REMEMBERED: usize = 10_000;

/// Wrong codes by address.
#[derive(Default)]
pub(super) struct Attempts(Mutex<HashMap<IpAddr, (i64, u32)>>);

impl Attempts {
    /// Whether this address may try another code.
    pub(super) fn allows(&self, peer: Option<IpAddr>, now: Timestamp) -> bool {
        let Some(peer) = peer else { return true };
        let failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failures.get(&peer).is_none_or(|(minute, count)| *minute != minute_of(now) || *count < ALLOWED)
    }

    /// Counts a wrong code.
    pub(super) fn failed(&self, peer: Option<IpAddr>, now: Timestamp) {
        let Some(peer) = peer else { return };
        let minute = minute_of(now);
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= REMEMBERED {
            failures.retain(|_, (known, _)| *known == minute);
        }
        let entry = failures.entry(peer).or_insert((minute, 0));
        *entry = if entry.0 == minute { (minute, entry.1 + 1) } else { (minute, 1) };
    }
}

fn minute_of(now: Timestamp) -> i64 {
    now.as_second().div_euclid(60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_waits_after_too_many_wrong_codes_and_may_try_again_a_minute_later() {
        let attempts = Attempts::default();
        let peer = Some(IpAddr::from([127, 0, 0, 1]));
        let now = Timestamp::from_second(600).unwrap();
        (0..ALLOWED).for_each(|_| attempts.failed(peer, now));
        assert!(!attempts.allows(peer, now));
        assert!(attempts.allows(Some(IpAddr::from([127, 0, 0, 2])), now));
        assert!(attempts.allows(peer, Timestamp::from_second(660).unwrap()));
    }
}
