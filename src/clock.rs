// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What time is it? The system's in service, a fixed one in tests.

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

/// Where the time comes from.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Always the same instant.
    Fixed(Timestamp),
}

impl Clock {
    /// The instant.
    #[must_use]
    pub fn now(self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::Fixed(instant) => instant,
        }
    }

    /// The day in Italy, where waves open and close at midnight.
    #[must_use]
    pub fn today(self) -> Date {
        let zone = TimeZone::get("Europe/Rome").unwrap_or(TimeZone::UTC);
        self.now().to_zoned_datetime(zone).date()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_ends_at_midnight_in_italy() {
        let late_evening_in_utc = "2026-06-30T22:30:00Z".parse().unwrap();
        assert_eq!(Clock::Fixed(late_evening_in_utc).today(), date(2026, 7, 1));
    }
}
