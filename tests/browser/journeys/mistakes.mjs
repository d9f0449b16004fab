// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// What happens to wrong codes, altered forms, forms from elsewhere and far too much of everything?

import { wellFormedUnknown, withOneWrong } from '../support/codes.mjs';
import { fieldIn, get, post, postFrom } from '../support/http.mjs';
import { wordsOf } from '../support/words.mjs';
import { submitted } from '../pages/list.mjs';
import { answer, differences, planFor } from './plan.mjs';

const WRONG_CODES_AT_MOST = 100;

/** Wrong codes typed on the first page. */
export async function checkWrongCodes(site, report, context, language) {
  const words = wordsOf(language);
  const name = `/${language}/access`;
  const tab = await context.newPage();
  const type = async (code) => {
    await tab.goto(`${site.base}/${language}`);
    await tab.getByLabel(words.codeField, { exact: true }).fill(code);
    return submitted(tab, () => tab.getByRole('button', { name: words.sendCode, exact: true }).click());
  };
  try {
    for (const [what, code, told] of [
      ['mistyped', withOneWrong(site.code), /\p{L}/u],
      ['too short', site.code.slice(0, 9), words.characters],
    ]) {
      const response = await type(code);
      const field = tab.getByLabel(words.codeField, { exact: true });
      const alert = (await tab.locator('main [role=alert]').allInnerTexts()).join(' ').trim();
      report.check(name, `a code ${what} answers 404`, response.status() === 404, `${response.status()}`);
      report.check(name, `a code ${what} stays in the field`, (await field.inputValue()) === code, await field.inputValue());
      report.check(name, `a code ${what} is explained`, told.test(alert), alert || 'no alert');
      report.check(name, `a code ${what} marks the field`, (await field.getAttribute('aria-invalid')) === 'true');
      report.check(name, `a code ${what} begins the title with the error`, (await tab.title()).startsWith(words.error), await tab.title());
      await field.fill(site.code);
      await submitted(tab, () => tab.getByRole('button', { name: words.sendCode, exact: true }).click());
      report.check(name, `a code ${what} can be corrected on the spot`, tab.url().endsWith(`/q/${site.code}`), tab.url());
    }
    await type(withOneWrong(site.code));
    const other = tab.locator(`header a[hreflang="${language === 'it' ? 'en' : 'it'}"]`);
    await other.click();
    await tab.waitForLoadState('load');
    const fields = await tab.locator('input[name=code]').count();
    report.check(name, 'changing the language after a wrong code still offers the field', fields === 1, `${tab.url()} ${await tab.title()}`);
  } finally {
    await tab.close();
  }
}

/** An answer that no question has, sent from a page with other answers. */
export async function checkTamperedAnswer(site, report, context, language) {
  const words = wordsOf(language);
  const name = `/${language}/questionnaire/2 (tampered)`;
  const tab = await context.newPage();
  try {
    // Without its script the page saves nothing by itself.
    await tab.route('**/questionnaire.js', (route) => route.abort());
    await tab.goto(`${site.base}/${language}/questionnaire/2`);
    const plan = await planFor(tab);
    const good = plan.slice(0, -1);
    await answer({ choose: (item, value) => tab.locator(`label[for="${item}-${value}"]`).click() }, good);
    const bad = plan.at(-1).item;
    await tab.locator(`input[name="${bad}"]`).first().evaluate((radio) => {
      radio.value = '99';
      radio.checked = true;
    });
    const response = await submitted(tab, () => tab.getByRole('button', { name: words.next, exact: true }).click());
    report.check(name, 'answers 422', response.status() === 422, `${response.status()}`);
    report.none(name, 'keeps the other answers', await differences(tab, [...good, { item: bad, value: null }]));
    report.check(name, 'begins the title with the error', (await tab.title()).startsWith(`${words.error}:`), await tab.title());
    await checkErrorList(tab, report, name, bad);
    await tab.goto(`${site.base}/${language}/questionnaire/2`);
    const saved = await differences(tab, plan.map(({ item }) => ({ item, value: null })));
    report.none(name, 'saves nothing of a refused page', saved);
  } finally {
    await tab.close();
  }
}

/** The list of errors at the top, its links, and the message beside the question. */
async function checkErrorList(tab, report, name, bad) {
  const list = tab.locator('main [role=alert]');
  report.check(name, 'shows a list of errors', (await list.locator('li').count()) === 1, `${await list.count()} alerts`);
  const links = await list.locator('a[href^="#"]').evaluateAll((all) => all.map((link) => link.getAttribute('href').slice(1)));
  const first = await tab.locator(`input[name="${bad}"]`).first().getAttribute('id');
  report.check(name, 'each error links to the first choice of its question', links[0] === first, links[0] ?? 'no link');
  const told = await tab.locator(`fieldset#${bad}`).evaluate((fieldset) => {
    const ids = (fieldset.getAttribute('aria-describedby') ?? '').split(/\s+/).filter(Boolean);
    return ids.map((id) => fieldset.querySelector(`#${CSS.escape(id)}`)?.textContent ?? '').join(' ').trim();
  });
  report.check(name, 'the message stands in the fieldset and is tied to it', told !== '', 'no aria-describedby inside the fieldset');
}

/** Forms that do not come from a page of this site. */
export async function checkForeignForms(site, report, context, cookies) {
  const page = await (await get(site.base, '/it/questionnaire/1', { cookies })).text();
  const fields = { form_token: fieldIn(page, 'form_token') ?? '', go: 'next' };
  const status = async (path, sent, options) => (await post(site.base, path, sent, { cookies, ...options })).status;
  const expect = (what, wanted, got) => report.check('forms from elsewhere', what, got === wanted, `status ${got}`);
  expect('a form of our own is accepted', 303, await status('/it/questionnaire/1', fields));
  expect('another origin is refused', 403, await status('/it/questionnaire/1', fields, { headers: { origin: 'http://other.test' } }));
  expect('a hidden origin is refused', 403, await status('/it/questionnaire/1', fields, { headers: { origin: 'null' } }));
  const crossSite = { headers: { 'sec-fetch-site': 'cross-site' } };
  expect('another site is refused', 403, await status('/it/questionnaire/1', fields, crossSite));
  expect('a form without its token is refused', 403, await status('/it/questionnaire/1', { go: 'next' }));
  expect('starting from another origin is refused', 403, await status(`/it/q/${site.code}`, {}, { headers: { origin: 'http://other.test' } }));
  await checkForeignPage(site, report, context);
}

/** A real page of another site with a form that posts here. */
async function checkForeignPage(site, report, context) {
  const tab = await context.newPage();
  try {
    const form = `<!doctype html><form method="post" action="${site.base}/it/q/${site.code}"><button>Send</button></form>`;
    await tab.route('http://other.test/', (route) => route.fulfill({ contentType: 'text/html', body: form }));
    await tab.goto('http://other.test/');
    const response = await submitted(tab, () => tab.getByRole('button').click());
    report.check('forms from elsewhere', 'a page of another site is refused', response.status() === 403, `${response.status()}`);
  } finally {
    await tab.close();
  }
}

/** Addresses that lead nowhere, and forms that are far too large. */
export async function checkRefusals(site, report) {
  for (const language of ['it', 'en']) {
    for (const path of [`/${language}/nowhere`, `/${language}/projects/nowhere`, `/${language}/waves/${'0'.repeat(32)}`]) {
      const response = await get(site.base, path, { headers: { 'accept-language': language === 'it' ? 'en' : 'it' } });
      const html = await response.text();
      report.check(path, 'answers 404', response.status === 404, `status ${response.status}`);
      report.check(path, 'answers in the language of its path', html.includes(`<html lang="${language}"`), html.match(/<html[^>]*>/)?.[0]);
    }
    const large = await post(site.base, `/${language}/access`, { code: 'A'.repeat(200_000) });
    const html = await large.text();
    report.check(`/${language}/access`, 'answers 413 to a form of 200 kB', large.status === 413, `status ${large.status}`);
    report.check(`/${language}/access`, 'explains a form of 200 kB in a page', html.includes(`<html lang="${language}"`), html.slice(0, 80));
    const visited = await get(site.base, `/${language}/access`);
    report.check(`/${language}/access`, 'answers a visit with a page', (await visited.text()).includes('<h1'), `status ${visited.status}`);
  }
}

/** One address that keeps trying codes has to wait; others do not. */
export async function checkGuessing(site, report) {
  const statuses = [];
  // The minute may turn over once while guessing.
  for (let count = 0; count < WRONG_CODES_AT_MOST * 2 && statuses.at(-1) !== 429; count += 1) {
    statuses.push(await postFrom('127.0.0.2', site.base, '/it/access', `code=${wellFormedUnknown(count)}`));
  }
  report.check('/it/access', 'makes an address wait that keeps guessing codes', statuses.at(-1) === 429, `${statuses.length} tries, last ${statuses.at(-1)}`);
  const other = await postFrom('127.0.0.3', site.base, '/it/access', `code=${wellFormedUnknown()}`);
  report.check('/it/access', 'does not make others wait', other === 404, `status ${other}`);
}
