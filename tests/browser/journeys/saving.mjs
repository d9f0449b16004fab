// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Is every answer saved as it is given, where scripts run, and is nothing lost when the network goes? With the policy as
// served.

import { PHONE } from '../support/browser.mjs';

const NAME = 'journey it, saving';

/** Chooses answers, looks for them in another window, loses the network and goes on when it is back. */
export async function checkSaving(site, browser, report) {
  const device = await browser.newContext({ locale: 'it-IT', viewport: PHONE });
  const refused = [];
  try {
    const tab = await device.newPage();
    tab.on('console', (message) => /content security policy/i.test(message.text()) && refused.push(message.text()));
    await tab.goto(site.answer);
    await Promise.all([tab.waitForURL(/questionnaire\/1$/), tab.click('main form button')]);
    const questions = tab.locator('main fieldset.likert');
    const choice = (page, question) => page.locator('main fieldset.likert').nth(question).locator('input').nth(2);
    await choose(tab, 0);
    await told(tab, 'Risposte salvate.');
    const other = await device.newPage();
    await other.goto(tab.url());
    report.check(NAME, 'an answer is kept before any button is pressed', await choice(other, 0).isChecked());
    await other.close();
    const last = (await questions.count()) - 1;
    await device.setOffline(true);
    await choose(tab, last);
    await told(tab, 'non sono ancora salvate');
    report.check(NAME, 'what is not saved is told', true);
    await device.setOffline(false);
    await Promise.all([tab.waitForURL(/questionnaire\/2$/), tab.click('button[value=next]')]);
    await tab.goto(tab.url().replace(/2$/, '1'));
    const kept = [await choice(tab, 0).isChecked(), await choice(tab, last).isChecked()];
    report.check(NAME, 'nothing is lost when the network comes back', kept.every(Boolean), kept.join());
    report.none(NAME, 'breaks no content security policy', refused);
  } finally {
    await device.close();
  }
}

/** A finger lands on the words beside the button. */
async function choose(tab, question) {
  await tab.locator('main fieldset.likert').nth(question).locator('label').nth(2).click();
}

function told(tab, words) {
  return tab.locator('[data-autosave-told]').filter({ hasText: words }).waitFor();
}
