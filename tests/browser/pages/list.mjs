// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Every page that is checked: its name, who looks at it, and how it is reached.

import { withOneWrong, wellFormedUnknown } from '../support/codes.mjs';
import { wordsOf } from '../support/words.mjs';
import { shapeOf } from './crawl.mjs';

/** Pages that are an address. */
export function addressPage(path, { visitor = 'public', status = 200, name = path } = {}) {
  const language = new URLSearchParams(path.split('?')[1]).get('language') ?? path.slice(1, 3);
  return { name, path, shape: shapeOf(path), language, visitor, status, open: (tab, site) => tab.goto(site.base + path) };
}

/** The public pages that must exist in a language. */
export function publicPages(language) {
  const at = (place) => addressPage(`/${language}${place}`);
  return [
    at(''),
    at('/frameworks'),
    at('/frameworks/pratiche-collaborative/1.0.0'),
    at('/programmes'),
    at('/about/privacy'),
    at('/about/accessibility'),
    at('/about/demonstration'),
    at('/about/method'),
  ];
}

/** The pages of a respondent, from the landing page to the receipt. */
export function respondentPages(site, language, steps) {
  const at = (place, visitor) => addressPage(`/${language}${place}`, { visitor });
  const questions = Array.from({ length: steps }, (_, index) => {
    const page = at(`/questionnaire/${index + 1}`, 'answering');
    return { ...page, shape: `/${language}/questionnaire/{step}` };
  });
  const landing = addressPage(`/${language}/q/${site.code}`, { name: `/${language}/q/{code}` });
  return [
    landing,
    ...questions,
    at('/questionnaire/pause', 'answering'),
    at('/questionnaire/written', 'answering'),
    at('/questionnaire/notice', 'answering'),
    at('/questionnaire/review', 'answering'),
    at('/questionnaire/receipt', 'submitted'),
    ...(language === 'it' ? furtherLanguages(site) : []),
  ];
}

/** A questionnaire in languages beyond those of the interface: from right to left, and easy to read. */
function furtherLanguages(site) {
  return ['ar', 'it-x-facile'].flatMap((language) => {
    const at = (place) => addressPage(`/it/questionnaire/${place}?language=${language}`, { visitor: 'translated' });
    const landing = addressPage(`/it/q/${site.code}?language=${language}`, { name: `/it/q/{code}?language=${language}` });
    const pages = [at('1'), at('pause'), at('review')];
    // Each language is a kind of page of its own.
    return [landing, ...pages].map((page) => ({ ...page, shape: `${page.shape}=${language}` }));
  });
}

/** The doors of the space, where a code opens no questionnaire. */
export function spacePages(site, language) {
  return ['definition', 'weights', 'restitution'].map((phase) => {
    const code = site[phase].split('/').pop();
    return addressPage(`/${language}/q/${code}`, { name: `/${language}/q/{code} (${phase})` });
  });
}

/** The page of a wave with fresh links, which is shown once. */
export function freshLinksPage(path, language) {
  const name = `${path.replace(/^\/it/, `/${language}`)} (fresh links)`;
  return {
    name,
    shape: shapeOf(path).replace(/^\/it/, `/${language}`) + ' (fresh links)',
    language,
    visitor: 'staff',
    status: 200,
    open: async (tab, site) => {
      await tab.goto(site.base + path.replace(/^\/it/, `/${language}`));
      return submitted(tab, () => tab.locator('form[action$="/links"] button').click());
    },
  };
}

/** The pages of mistakes. */
export function errorPages(site, language) {
  const words = wordsOf(language);
  const lost = addressPage(`/${language}/nowhere`, { status: 404 });
  const workspace = addressPage(`/${language}/staff`, { name: `/${language}/staff (not signed in)` });
  const wave = `/${language}/staff/waves/${'0'.repeat(32)}`;
  const closed = addressPage(wave, { status: 401, name: `/${language}/staff/waves/{id} (not signed in)` });
  const noDraft = addressPage(`/${language}/questionnaire/1`, { status: 404, name: `/${language}/questionnaire/1 (no session)` });
  const used = addressPage(new URL(site.signIn).pathname.replace('/it/', `/${language}/`), {
    status: 410,
    name: `/${language}/staff/sign-in/{token} (used)`,
  });
  const typed = (code, what) => ({
    name: `/${language}/access (${what})`,
    shape: `/${language}/access (${what})`,
    language,
    visitor: 'public',
    status: 404,
    open: async (tab) => {
      await tab.goto(`${site.base}/${language}`);
      await tab.getByLabel(words.codeField, { exact: true }).fill(code);
      return submitted(tab, () => tab.getByRole('button', { name: words.sendCode, exact: true }).click());
    },
  });
  return [
    { ...lost, shape: `${lost.shape} (404)` },
    { ...workspace, shape: `${workspace.shape} (not signed in)` },
    { ...closed, shape: `${closed.shape} (not signed in)` },
    { ...noDraft, shape: `/${language}/questionnaire/{step} (no session)` },
    { ...used, shape: `/${language}/staff/sign-in/{token} (used)`, needs: 'staff' },
    typed(withOneWrong(site.code), 'mistyped code'),
    typed(wellFormedUnknown(), 'unknown code'),
    tampered(site, language, words),
    forged(site, language, words),
  ];
}

function tampered(site, language, words) {
  return {
    name: `/${language}/questionnaire/1 (tampered)`,
    shape: `/${language}/questionnaire/{step} (tampered)`,
    language,
    visitor: 'answering',
    status: 422,
    open: async (tab) => {
      await tab.goto(`${site.base}/${language}/questionnaire/1`);
      await tab.locator('fieldset').last().locator('input[type=radio]').first().evaluate((radio) => {
        radio.value = '99';
        radio.checked = true;
      });
      return submitted(tab, () => tab.getByRole('button', { name: words.next, exact: true }).click());
    },
  };
}

function forged(site, language, words) {
  return {
    name: `/${language}/questionnaire/1 (forged)`,
    shape: `/${language}/questionnaire/{step} (forged)`,
    language,
    visitor: 'answering',
    status: 403,
    open: async (tab) => {
      await tab.goto(`${site.base}/${language}/questionnaire/1`);
      await tab.locator('input[name=form_token]').evaluate((field) => {
        field.value = 'not-the-token';
      });
      return submitted(tab, () => tab.getByRole('button', { name: words.next, exact: true }).click());
    },
  };
}

/** Does something that loads a page, and gives its response. */
export async function submitted(tab, action) {
  const isDocument = (response) => response.request().isNavigationRequest() && !isRedirect(response.status());
  const [response] = await Promise.all([tab.waitForResponse(isDocument), action()]);
  await tab.waitForLoadState('load');
  return response;
}

function isRedirect(status) {
  return status >= 300 && status < 400;
}
