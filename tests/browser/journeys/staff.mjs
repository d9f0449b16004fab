// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// How do staff come in? The link shows a button; only pressing it signs in, and only once.

import { get } from '../support/http.mjs';
import { LANGUAGES } from '../support/words.mjs';

/** Signs in with the printed link in a browser. Returns the cookies of the session. */
export async function checkSignIn(site, report, newDevice) {
  const name = '/it/staff/sign-in/{token}';
  const path = new URL(site.signIn).pathname;
  for (let visits = 0; visits < 3; visits += 1) {
    const response = await get(site.base, path);
    report.check(name, 'a visit changes nothing', response.status === 200 && response.headers.getSetCookie().length === 0, `status ${response.status}`);
  }
  const device = await newDevice();
  try {
    const tab = await device.newPage();
    await tab.goto(site.signIn);
    const buttons = tab.locator('main form button');
    if (!report.check(name, 'shows one button', (await buttons.count()) === 1, `${await buttons.count()} buttons`)) return undefined;
    await buttons.click();
    await tab.waitForLoadState('load');
    report.check(name, 'leads to the workspace', tab.url() === `${site.base}/it/staff`, tab.url());
    const cookies = await device.cookies();
    report.check(name, 'keeps one cookie', cookies.length === 1 && cookies[0].name.startsWith('__Host-'), cookies.map((cookie) => cookie.name).join());
    const again = await get(site.base, path);
    const used = await again.text();
    report.check(name, 'does not sign in twice', again.status === 410 && !/<form[^>]*sign-in/.test(used), `status ${again.status}`);
    const workspace = await tab.locator('main').innerHTML();
    const projects = tab.locator('main a[href*="/staff/projects/"]');
    let place = 0;
    let project = '';
    // The wave that is open is in one of the first projects.
    while (!project.includes('/staff/waves/') && place < (await projects.count())) {
      await projects.nth(place).click();
      await tab.waitForLoadState('load');
      project = await tab.locator('main').innerHTML();
      await tab.goBack();
      place += 1;
    }
    await checkClosed(site, report, workspace + project);
    return cookies.map(({ name: cookie, value }) => ({
      name: cookie,
      value,
      url: `https://${new URL(site.base).host}/`,
      secure: true,
      httpOnly: true,
      sameSite: 'Lax',
    }));
  } finally {
    await device.close();
  }
}

/** Without a session the workspace only says how to sign in: nothing of what staff see in it. */
async function checkClosed(site, report, workspace) {
  const held = [...workspace.matchAll(/<a\s[^>]*href="([^"]+)"[^>]*>([^<]+)</g)];
  const waves = held.map(([, href]) => href).filter((href) => href.startsWith('/it/staff/waves/'));
  report.check('/it/staff', 'leads staff to a wave', waves.length > 0);
  for (const language of LANGUAGES) {
    const inLanguage = (path) => path.replace(/^\/it\//, `/${language}/`);
    const name = `/${language}/staff (not signed in)`;
    const closed = await get(site.base, `/${language}/staff`);
    const led = closed.status === 303 && closed.headers.get('location') === `/${language}/staff/sign-in`;
    report.check(name, 'leads to signing in', led, `status ${closed.status}`);
    const signIn = await get(site.base, `/${language}/staff/sign-in`);
    const html = await signIn.text();
    report.check(name, 'asks for a password', signIn.status === 200 && html.includes('type="password"'));
    const told = held.filter(([, href, text]) => html.includes(inLanguage(href)) || html.includes(text.trim()));
    report.none(name, 'shows no project and no wave', told.map(([, , text]) => text));
    report.check(name, 'holds no form but the one that signs in', holdsOnlySignIn(html, language));
    report.check(name, 'sets no cookie', closed.headers.getSetCookie().length === 0);
    if (waves.length === 0) continue;
    const wave = await get(site.base, inLanguage(waves[0]));
    const isClosed = wave.status === 401 && holdsOnlySignIn(await wave.text(), language);
    report.check(`/${language}/staff/waves/{id}`, 'is closed to the public', isClosed, `status ${wave.status}`);
  }
}

/** Whether the only form of a page is the one that signs in, and none belongs to a session. */
function holdsOnlySignIn(html, language) {
  const actions = [...html.matchAll(/<form[^>]*action="([^"]+)"/g)].map(([, action]) => action);
  return !/form_token/.test(html) && actions.join() === `/${language}/staff/sign-in`;
}
