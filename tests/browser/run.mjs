// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Starts the demonstration, looks at every page of it in a browser, walks the ways of its users, and ends it.

import { readOptions } from './support/options.mjs';
import { Report } from './support/report.mjs';
import { startDemonstration } from './support/server.mjs';
import { launch } from './support/browser.mjs';
import { runEverything } from './everything.mjs';

const options = readOptions(process.argv.slice(2));
const report = new Report();
let site;
let browser;

async function end() {
  await browser?.close().catch(() => undefined);
  await site?.stop();
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => end().finally(() => process.exit(130)));

try {
  await report.part('the demonstration', async () => {
    site = await startDemonstration(options.binary);
    browser = await launch(options.chromium);
    await runEverything({ site, browser, report, options });
  });
} finally {
  await end();
}
process.exitCode = report.end();
