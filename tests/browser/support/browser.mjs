// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// One Chromium, and the kinds of context in which pages are looked at.

import { chromium } from 'playwright-core';

const ACTION_MILLISECONDS = 15_000;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 900 };
export const NARROWEST = { width: 320, height: 640 };

/** Starts Chromium. */
export function launch(executablePath) {
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

/** A browser as respondents have it: nothing is added to the page, no script can run. */
export function plainContext(browser, { language = 'it', cookies = [], viewport = PHONE } = {}) {
  return context(browser, { javaScriptEnabled: false, viewport, locale: locale(language) }, cookies);
}

/** A browser in which the tests can run their own scripts inside the page. */
export function probingContext(browser, { language = 'it', cookies = [], viewport = DESKTOP } = {}) {
  return context(browser, { bypassCSP: true, reducedMotion: 'reduce', viewport, locale: locale(language) }, cookies);
}

async function context(browser, options, cookies) {
  const made = await browser.newContext(options);
  made.setDefaultTimeout(ACTION_MILLISECONDS);
  if (cookies.length > 0) await made.addCookies(cookies);
  return made;
}

function locale(language) {
  return language === 'en' ? 'en-GB' : 'it-IT';
}
