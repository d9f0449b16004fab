// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What was computed before from the same inputs? Everything they depend on is in the key, so nothing goes out of date.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::Refusal;

/// Results by everything they depend on, written out as a key.
pub(super) struct Memo<T>(Mutex<HashMap<String, Arc<T>>>);

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Memo<T> {
    /// What was computed before under this key, or what is computed now. Nothing is held while it is computed: two that
    /// ask at the same time may both compute it, and get the same.
    pub(super) fn of(&self, key: String, compute: impl FnOnce() -> Result<T, Refusal>) -> Result<Arc<T>, Refusal> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(found) = known {
            return Ok(found);
        }
        let found = Arc::new(compute()?);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&found));
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_not_computed_again_and_a_refusal_is_not_kept() {
        let memo = Memo::default();
        assert!(memo.of("a".to_owned(), || Err::<i32, _>(Refusal::NotFound)).is_err());
        assert_eq!(*memo.of("a".to_owned(), || Ok(1)).unwrap(), 1);
        assert_eq!(*memo.of("a".to_owned(), || Ok(2)).unwrap(), 1);
        assert_eq!(*memo.of("b".to_owned(), || Ok(2)).unwrap(), 2);
    }
}
