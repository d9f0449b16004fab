// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// What does the command line ask for?

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const HELP = `Usage: node tests/browser/run.mjs [options]

  --binary PATH       program to test [default: target/debug/insieme]
  --screenshots DIR   also save a picture of each kind of page at 360 and 1280 px
  --only TEXT         only pages and journeys whose name contains TEXT
  --seconds           also say how long each part took
  --help              this text

Chromium is taken from the variable CHROMIUM, else /usr/bin/chromium.`;

/** The options of a run; ends the process after --help. */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      binary: { type: 'string', default: 'target/debug/insieme' },
      screenshots: { type: 'string' },
      only: { type: 'string' },
      seconds: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  return {
    binary: resolve(values.binary),
    chromium: process.env.CHROMIUM || '/usr/bin/chromium',
    screenshots: values.screenshots && resolve(values.screenshots),
    only: values.only,
    seconds: values.seconds,
  };
}
