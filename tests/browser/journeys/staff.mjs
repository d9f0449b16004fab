// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// How do staff come in? The link shows a button; only pressing it signs in, and only once.

import { get } from '../support/http.mjs';

/** Signs in with the printed link in a browser. Returns the cookies of the session. */
export async function checkSignIn(site, report, newDevice) {
  const name = '/it/staff/sign-in/{token}';
  const path = new URL(site.signIn).pathname;
  const closed = await get(site.base, '/it/staff');
  report.check('/it/staff', 'is closed to the public', [401, 403, 303].includes(closed.status), `status ${closed.status}`);
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
