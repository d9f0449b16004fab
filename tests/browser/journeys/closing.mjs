// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// From an open wave to public results, as staff does it; and what a respondent who was late finds.

import { answering } from '../pages/visitors.mjs';
import { cookiesOf, fieldIn, get, post } from '../support/http.mjs';
import { compact } from '../support/codes.mjs';

/** Walks from fresh links over closing to publication, then signs out. Changes the demonstration: run it last. */
export async function checkClosing(site, report, cookies, newDevice) {
  const wave = await openWave(site, cookies);
  const name = 'journey it, staff';
  if (!report.check(name, 'there is an open wave to close', Boolean(wave))) return;
  const results = wave.replace('/staff/', '/');
  const late = await answering(site);
  const device = await newDevice();
  try {
    const tab = await device.newPage();
    await freshLinks(site, report, name, tab, wave);
    await statusIs(site, report, name, 'results are not public while a wave is open', results, 404);
    await press(tab, 'form[action$="/closing"] button');
    report.check(name, 'closing shows the wave again', tab.url() === site.base + wave, tab.url());
    const open = await tab.locator('form[action$="/closing"]').count();
    report.check(name, 'a closed wave cannot be closed again', open === 0);
    await whoIsLate(site, report, name, late);
    await statusIs(site, report, name, 'results are not public before they are published', results, 404);
    await giveBack(site, report, name, tab, wave);
    await statusIs(site, report, name, 'results given back to participants are not public yet', results, 404);
    await restitution(site, report, name, results);
    await tab.goto(`${site.base}${wave}/publication`);
    await press(tab, 'form[action$="/publication"] button');
    const asked = await tab.locator('#note-error').count();
    report.check(name, 'before the embargo is over the committee is asked for', asked === 1);
    await tab.fill('[name="note"]', 'Verbale della cabina di regia n. 3');
    await press(tab, 'form[action$="/publication"] button');
    report.check(name, 'publishing shows the circle', tab.url() === `${site.base}${wave}/circle`, tab.url());
    await statusIs(site, report, name, 'published results are public', results, 200);
    await signOut(site, report, name, tab, device);
  } finally {
    await device.close();
  }
}

/** The results go back to those who took part, before anybody else. */
async function giveBack(site, report, name, tab, wave) {
  await tab.goto(`${site.base}${wave}/restitution`);
  await press(tab, 'form[action$="/restitution"] button');
  report.check(name, 'giving back shows the circle', tab.url() === `${site.base}${wave}/circle`, tab.url());
}

/** Whoever has the code of the questionnaire sees the results in the space, without an account. */
async function restitution(site, report, name, results) {
  const door = await get(site.base, `/it/q/${site.code}`);
  report.check(name, 'after restitution the code opens a door', door.status === 200, `status ${door.status}`);
  const entered = await post(site.base, `/it/q/${site.code}/space`, {});
  const cookies = cookiesOf(entered, site.base);
  const space = await get(site.base, '/it/space', { cookies });
  const html = await space.text();
  report.check(name, 'the space leads to the results', html.includes(`href="${results}"`), `status ${space.status}`);
  const seen = await get(site.base, results, { cookies });
  report.check(name, 'participants see the results under embargo', seen.status === 200, `status ${seen.status}`);
}

/** The address of a wave that is open. */
export async function openWave(site, cookies) {
  const found = async (path, kind) => {
    const page = await (await get(site.base, path, { cookies })).text();
    return [...page.matchAll(new RegExp(`href="(/it/staff/${kind}/[0-9a-f]{32})"`, 'g'))].map((link) => link[1]);
  };
  for (const project of await found('/it/staff?state=open', 'projects')) {
    for (const path of await found(project, 'waves')) {
      const page = await (await get(site.base, path, { cookies })).text();
      if (page.includes(`${path}/closing`)) return path;
    }
  }
  return undefined;
}

/** Every group gets a link that opens its questionnaire, and the links given before stay good. */
async function freshLinks(site, report, name, tab, wave) {
  await tab.goto(site.base + wave);
  const groups = await tab.locator('main table tbody tr').count();
  await press(tab, 'form[action$="/links"] button');
  const text = await tab.locator('main').innerText();
  const codes = [...new Set([...text.matchAll(/\/q\/([2-9A-HJKMNP-Z]{12})\b/g)].map((found) => compact(found[1])))];
  report.check(name, 'every group gets a link', codes.length === groups && groups > 0, `${codes.length} links for ${groups} groups`);
  for (const code of [...codes, site.code]) await statusIs(site, report, name, 'a link opens a questionnaire', `/it/q/${code}`, 200);
  await tab.goto(site.base + wave);
  const again = await tab.locator('main').innerText();
  report.check(name, 'links are shown only once', codes.every((code) => !again.includes(code)));
}

/** Somebody with a page of questions open when the wave closes. */
async function whoIsLate(site, report, name, cookies) {
  const landing = await get(site.base, `/it/q/${site.code}`);
  const html = await landing.text();
  report.check(name, 'after closing, a link says that the wave is closed', landing.status === 410, `status ${landing.status}`);
  report.check(name, 'after closing, a link does not let anybody start', !/<form[^>]*\/q\//.test(html));
  const page = await (await get(site.base, '/it/questionnaire/2', { cookies })).text();
  const fields = { form_token: fieldIn(page, 'form_token') ?? '', go: 'next' };
  for (const path of ['/it/questionnaire/2', '/it/questionnaire/submission']) {
    const { status } = await post(site.base, path, fields, { cookies });
    // The draft is deleted at closing: whoever is late finds no questionnaire, or is told that it is over.
    report.check(name, `after closing, ${path} stores nothing`, status >= 400 && status < 500, `status ${status}`);
  }
}

async function signOut(site, report, name, tab, device) {
  await tab.goto(`${site.base}/it/staff`);
  await press(tab, 'form[action$="/sign-out"] button');
  report.check(name, 'signing out leaves no cookie', (await device.cookies()).length === 0);
  await tab.goto(`${site.base}/it/staff`);
  const links = await tab.locator('a[href^="/it/staff/waves/"]').count();
  report.check(name, 'signing out closes the workspace', links === 0, `${links} links`);
}

async function press(tab, selector) {
  const arrived = tab.waitForEvent('framenavigated', (frame) => frame === tab.mainFrame());
  await Promise.all([arrived, tab.locator(selector).first().click()]);
  await tab.waitForLoadState('load');
}

async function statusIs(site, report, name, what, path, wanted) {
  const { status } = await get(site.base, path);
  report.check(name, what, status === wanted, `status ${status}`);
}
