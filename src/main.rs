// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The binary: hands over to the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    insieme::cli::run()
}
