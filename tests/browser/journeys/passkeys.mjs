// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Does a passkey of a real browser come in? From the first set-up to signing in without a password, with the policy as
// served, on a service of its own: passkeys need an address that has a name.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { DESKTOP, PHONE, plainContext } from '../support/browser.mjs';
import { startFresh } from '../support/server.mjs';

const NAME = 'journey it, passkeys';
const PASSWORD = 'lumaca viola scavalca il tram';
const EMAIL = 'ada@comune.example.org';

/** Makes a passkey with a virtual device, and signs in with it: alone, and after the password. */
export async function checkPasskeys(browser, report, options) {
  const site = await startFresh(options.binary);
  const context = await browser.newContext({ locale: 'it-IT', viewport: PHONE });
  try {
    const tab = await context.newPage();
    const refused = [];
    tab.on('console', (message) => /content security policy|refused to/i.test(message.text()) && refused.push(message.text()));
    await plugIn(context, tab);
    const pictures = new Pictures(tab, options.screenshots);
    await setUp(tab, site);
    await make(tab, site, report, pictures);
    await alone(tab, site, report, pictures);
    await afterPassword(tab, site, report, pictures);
    await otherService(tab, site, report, pictures);
    await withoutScript(browser, site, report, pictures);
    report.none(NAME, 'breaks no content security policy', refused);
  } finally {
    await context.close();
    await site.stop();
  }
}

/** A device that is always there and always recognises its owner. */
async function plugIn(context, tab) {
  const protocol = await context.newCDPSession(tab);
  await protocol.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  await protocol.send('WebAuthn.addVirtualAuthenticator', { options });
}

async function setUp(tab, site) {
  await tab.goto(site.setUp);
  const fields = { body_name: 'Comune di Esempio', contact: 'Ada, 055 123', name: 'Ada Rossi', email: EMAIL, password: PASSWORD };
  for (const [name, value] of Object.entries(fields)) await tab.fill(`#${name}`, value);
  await press(tab, 'main form button');
}

async function make(tab, site, report, pictures) {
  await tab.goto(`${site.base}/it/staff/account/passkeys/new`);
  const told = tab.locator('[data-passkey-without]');
  report.check(NAME, 'with a script the warning goes away', await told.isHidden());
  await pictures.take('passkey-new');
  await tab.fill('#passkey_name', 'Computer di Ada');
  await press(tab, '[data-passkey-button]');
  const codes = await tab.locator('main .code').count();
  report.check(NAME, 'recovery codes come with the first passkey', codes === 10, `${codes} codes at ${tab.url()}`);
  await tab.goto(`${site.base}/it/staff/account`);
  const listed = await tab.locator('main').innerText();
  report.check(NAME, 'the passkey is listed by its name', listed.includes('Computer di Ada'));
  await pictures.take('account');
  await press(tab, 'a[href$="/removal"]');
  await pictures.take('passkey-removal');
}

async function alone(tab, site, report, pictures) {
  await signOut(tab, site);
  await tab.goto(`${site.base}/it/staff/sign-in`);
  await pictures.take('sign-in');
  await press(tab, 'main a[href="/it/staff/sign-in/passkey"]');
  await pictures.take('passkey-sign-in');
  await press(tab, '[data-passkey-button]');
  report.check(NAME, 'a passkey signs in without a password', tab.url() === `${site.base}/it/staff`, tab.url());
}

async function afterPassword(tab, site, report, pictures) {
  await signOut(tab, site);
  await tab.goto(`${site.base}/it/staff/sign-in`);
  await tab.fill('#email', EMAIL);
  await tab.fill('#password', PASSWORD);
  await press(tab, 'main form button');
  const asked = tab.url() === `${site.base}/it/staff/sign-in/second-factor`;
  report.check(NAME, 'after the password a second factor is asked for', asked, tab.url());
  await pictures.take('second-factor');
  await press(tab, 'main a[href="/it/staff/sign-in/second-factor/passkey"]');
  await press(tab, '[data-passkey-button]');
  report.check(NAME, 'a passkey is taken as the second factor', tab.url() === `${site.base}/it/staff`, tab.url());
}

/** The other ways are offered beside the passkey; one that is down says so, and the way back is on the page. */
async function otherService(tab, site, report, pictures) {
  await tab.goto(`${site.base}/it/staff/sign-in/spid-cie`);
  const said = await tab.locator('main').innerText();
  report.check(NAME, 'a sign-in service that is down says so', said.includes('non risponde'), said.slice(0, 100));
  await pictures.take('service-down');
  await press(tab, 'main a[href="/it/staff/sign-in"]');
  report.check(NAME, 'and leads back to signing in', tab.url() === `${site.base}/it/staff/sign-in`, tab.url());
}

async function withoutScript(browser, site, report, pictures) {
  const context = await plainContext(browser);
  try {
    const tab = await context.newPage();
    await tab.goto(`${site.base}/it/staff/sign-in/passkey`);
    const told = await tab.locator('[data-passkey-without]').isVisible();
    const button = await tab.locator('[data-passkey-button]').isVisible();
    report.check(NAME, 'without a script the page says what to do instead', told && !button);
    await pictures.of(tab).take('passkey-without-script');
  } finally {
    await context.close();
  }
}

async function signOut(tab, site) {
  await tab.goto(`${site.base}/it/staff`);
  await press(tab, 'form[action$="/sign-out"] button');
}

async function press(tab, selector) {
  await Promise.all([tab.waitForNavigation(), tab.click(selector)]);
}

/** Pictures at the two widths, if they were asked for. */
class Pictures {
  constructor(tab, folder) {
    this.tab = tab;
    this.folder = folder;
  }

  of(tab) {
    return new Pictures(tab, this.folder);
  }

  async take(name) {
    if (!this.folder) return;
    await mkdir(this.folder, { recursive: true });
    for (const viewport of [DESKTOP, PHONE]) {
      await this.tab.setViewportSize(viewport);
      const path = join(this.folder, `${name}-${viewport.width}.png`);
      await this.tab.screenshot({ path, fullPage: true });
    }
  }
}
