// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Is a form on paper keyed in with the keyboard alone, twice, and what differs decided? Looked at on the way.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { DESKTOP } from '../support/browser.mjs';
import { openWave } from './closing.mjs';

const NAME = 'journey it, paper';

/** Keys in one form twice with a mistake, and decides. */
export async function checkPaper(site, browser, report, { cookies, screenshots }) {
  const wave = await openWave(site, cookies);
  if (!report.check(NAME, 'there is an open wave', Boolean(wave))) return;
  const device = await browser.newContext({ locale: 'it-IT', viewport: DESKTOP });
  try {
    await device.addCookies(cookies);
    const tab = await device.newPage();
    const picture = async (name) => {
      if (!screenshots) return;
      await mkdir(screenshots, { recursive: true });
      await tab.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
    };
    await choose(tab, site, wave);
    await picture('paper-first');
    const count = await tab.locator('.entry input').count();
    await keyIn(tab, count, '4');
    report.check(NAME, 'the first entry waits', (await main(tab)).includes('Prima battitura salvata'));
    await choose(tab, site, wave);
    report.check(NAME, 'the second entry is blind', (await tab.locator('.entry input').first().inputValue()) === '');
    await keyIn(tab, count - 1, '4', '2');
    const asked = await tab.locator('.entry input').count();
    report.check(NAME, 'only what differs is asked', asked === 1, `${asked} of ${count}`);
    await picture('paper-differing');
    await tab.keyboard.press('2');
    await Promise.all([tab.waitForURL(/words$/), tab.keyboard.press('Enter')]);
    await picture('paper-words');
    await tab.fill('textarea >> nth=0', 'Più tempo.');
    await Promise.all([tab.waitForURL(/done=stored/), tab.click('main form .btn-primary')]);
    report.check(NAME, 'what was decided is kept', (await main(tab)).includes('Il modulo è completo'));
    await tab.goto(`${site.base}${wave}/paper-entry`);
    await picture('paper-overview');
  } finally {
    await device.close();
  }
}

async function choose(tab, site, wave) {
  await tab.goto(`${site.base}${wave}/paper-entry/new`);
  await tab.selectOption('#asked_group', 'ETS');
  await tab.fill('#entry_number', 'A-12');
  await Promise.all([tab.waitForURL(/ETS\/A-12$/), tab.click('main form button')]);
}

/** The focus is in the first field, and goes on by itself; from the last it goes to what follows the items. */
async function keyIn(tab, count, key, last = undefined) {
  for (let place = 0; place < count; place += 1) await tab.keyboard.press(key);
  if (last) await tab.keyboard.press(last);
  await Promise.all([tab.waitForURL(/done=|A-12$/), tab.click('main form[data-entry] .btn-primary')]);
}

function main(tab) {
  return tab.locator('main').innerText();
}
