// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// In which order is everything checked? Ways of users first, then every page, a few at a time.

import { DESKTOP, plainContext, probingContext } from './support/browser.mjs';
import { inPool } from './support/pool.mjs';
import { LANGUAGES } from './support/words.mjs';
import { answering, prepareVisitors } from './pages/visitors.mjs';
import { gatherPages } from './pages/gather.mjs';
import { checkPages } from './pages/check.mjs';
import { checkAnswering, checkSecondRespondent } from './journeys/answering.mjs';
import { checkForeignForms, checkGuessing, checkRefusals, checkTamperedAnswer, checkWrongCodes } from './journeys/mistakes.mjs';
import { Finger, Keys } from './journeys/hands.mjs';
import { checkClosing } from './journeys/closing.mjs';
import { checkPasskeys } from './journeys/passkeys.mjs';
import { checkPaper } from './journeys/paper.mjs';
import { checkSaving } from './journeys/saving.mjs';
import { checkSignIn } from './journeys/staff.mjs';

const AT_ONCE = 4;

/** Runs every check on a running site. */
export async function runEverything({ site, browser, report, options }) {
  const chosen = (name) => !options.only || name.includes(options.only);
  const passkeys = ['journey it, passkeys', () => checkPasskeys(browser, report, options)];
  const saving = ['journey it, saving', () => checkSaving(site, browser, report)];
  const parts = [...journeys(site, browser, report), passkeys, saving, ...mistakes(site, browser, report)].filter(([name]) => chosen(name));
  await inPool(parts, AT_ONCE, ([name, work]) => timed(options, name, () => report.part(name, work)));
  const staff = await report.part('staff sign-in', () => checkSignIn(site, report, () => plainContext(browser)));
  const visitors = { ...(await prepareVisitors(site, report)), staff };
  const pages = await report.part('the list of pages', () => gatherPages(site, visitors, report));
  const chosenPages = (pages ?? []).filter(({ name }) => chosen(name));
  await timed(options, 'every page', () => checkPages({ site, browser, report, options, visitors, pages: chosenPages }));
  if (staff && chosen('journey it, paper')) {
    const paper = { cookies: staff, screenshots: options.screenshots };
    await timed(options, 'journey it, paper', () => report.part('journey it, paper', () => checkPaper(site, browser, report, paper)));
  }
  if (staff && chosen('journey it, staff')) {
    const newDevice = () => plainContext(browser, { cookies: staff });
    await timed(options, 'journey it, staff', () => report.part('journey it, staff', () => checkClosing(site, report, staff, newDevice)));
  }
}

/** How long a part took, if that was asked for. */
async function timed(options, name, work) {
  const began = performance.now();
  await work();
  if (options.seconds) console.log(`${((performance.now() - began) / 1000).toFixed(1)} s ${name}`);
}

function journeys(site, browser, report) {
  return LANGUAGES.flatMap((language) => {
    const phone = {
      name: `journey ${language}, phone without JavaScript`,
      language,
      newDevice: () => plainContext(browser, { language }),
      handsFor: (tab) => new Finger(tab),
    };
    const keyboard = {
      name: `journey ${language}, keyboard only`,
      language,
      newDevice: () => probingContext(browser, { language, viewport: DESKTOP }),
      handsFor: (tab) => new Keys(tab),
    };
    const second = { ...phone, name: `journey ${language}, second respondent` };
    return [
      ...[phone, keyboard].map((journey) => [journey.name, () => checkAnswering(site, report, journey)]),
      [second.name, () => checkSecondRespondent(site, report, second)],
    ];
  });
}

function mistakes(site, browser, report) {
  const inContext = (options, work) => async () => {
    const context = await probingContext(browser, options);
    try {
      await work(context);
    } finally {
      await context.close();
    }
  };
  const inLanguage = (language) => [
    [
      `mistakes ${language}, wrong codes`,
      inContext({ language }, (context) => checkWrongCodes(site, report, context, language)),
    ],
    [
      `mistakes ${language}, tampered answer`,
      async () => {
        const cookies = await answering(site);
        await inContext({ language, cookies }, (context) => checkTamperedAnswer(site, report, context, language))();
      },
    ],
  ];
  return [
    ...LANGUAGES.flatMap(inLanguage),
    [
      'mistakes, forms from elsewhere',
      inContext({}, async (context) => checkForeignForms(site, report, context, await answering(site))),
    ],
    ['mistakes, refusals', () => checkRefusals(site, report)],
    ['mistakes, guessing', () => checkGuessing(site, report)],
  ];
}
