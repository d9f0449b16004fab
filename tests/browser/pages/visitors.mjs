// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Who looks at a page: the public, somebody who is answering, somebody who has submitted, staff.

import { cookiesOf, fieldIn, get, post } from '../support/http.mjs';

/** The phases in which those who take part have a space of their own. */
export const PHASES = ['definition', 'weights', 'restitution'];

/** Somebody in the space of a wave that is in this phase. */
async function takingPart(site, phase) {
  const code = site[phase].split('/').pop();
  return expectCookies(await post(site.base, `/it/q/${code}/space`, {}), site.base, 'entering the space');
}

/** The cookies of every kind of visitor. A visitor who cannot be prepared is `undefined`, and says so in the report. */
export async function prepareVisitors(site, report) {
  const visitors = { public: [] };
  await report.part('visitor: answering', async () => {
    visitors.answering = await answering(site);
    // The same questionnaire in a browser of its own, which remembers another language.
    visitors.translated = visitors.answering;
  });
  for (const phase of PHASES) {
    await report.part(`visitor: ${phase}`, async () => {
      visitors[phase] = await takingPart(site, phase);
    });
  }
  await report.part('visitor: submitted', async () => {
    visitors.submitted = await submitted(site);
  });
  return visitors;
}

/** Somebody with a questionnaire open and the first page half answered. */
export async function answering(site) {
  const started = await post(site.base, `/it/q/${site.code}`, {});
  const cookies = expectCookies(started, site.base, 'Inizia');
  const html = await (await get(site.base, '/it/questionnaire/1', { cookies })).text();
  const items = [...html.matchAll(/<fieldset[^>]*id="([^"]+)"/g)].map((found) => found[1]);
  const fields = { form_token: fieldIn(html, 'form_token') ?? '', go: 'next' };
  if (items[0]) fields[items[0]] = '3';
  if (items[1]) fields[items[1]] = 'DK';
  await post(site.base, '/it/questionnaire/1', fields, { cookies });
  return cookies;
}

async function submitted(site) {
  const cookies = await answering(site);
  const review = await (await get(site.base, '/it/questionnaire/review', { cookies })).text();
  const fields = { form_token: fieldIn(review, 'form_token') ?? '' };
  const sent = await post(site.base, '/it/questionnaire/submission', fields, { cookies });
  if (sent.status !== 303) throw new Error(`submitting answered ${sent.status}`);
  return cookies;
}

async function staff(site) {
  const path = new URL(site.signIn).pathname;
  const html = await (await get(site.base, path)).text();
  const token = fieldIn(html, 'form_token');
  const signedIn = await post(site.base, path, token ? { form_token: token } : {});
  return expectCookies(signedIn, site.base, 'signing in');
}

function expectCookies(response, base, what) {
  const cookies = cookiesOf(response, base);
  if (cookies.length === 0) throw new Error(`${what} answered ${response.status} and set no cookie`);
  return cookies;
}
