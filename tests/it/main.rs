// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Does the whole behave as promised? One binary, one module a matter.

mod catalogue;
mod reference;
