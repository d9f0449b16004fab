// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// The whole way of a respondent: invitation, questions, pause, another device, review, receipt.

import { get } from '../support/http.mjs';
import { compact } from '../support/codes.mjs';
import { wordsOf } from '../support/words.mjs';
import { answer, differences, planFor } from './plan.mjs';

const CODE = /^[2-9A-HJKMNP-Z]{4}( [2-9A-HJKMNP-Z]{4}){2}$/;

/** Walks the whole way once, on two devices opened by `newDevice`, with `hands` for a tab. */
export async function checkAnswering(site, report, { name, language, newDevice, handsFor }) {
  const journey = { site, report, name, language, words: wordsOf(language), handsFor };
  const first = await newDevice();
  const second = await newDevice();
  try {
    const tab = await first.newPage();
    await landing(journey, tab);
    const given = await firstPages(journey, tab);
    const code = await pause(journey, tab);
    const other = await second.newPage();
    await resume(journey, other, code, given);
    const all = await otherPages(journey, other, given);
    await review(journey, other, all);
    await submit(journey, second, other, code);
    await afterwards(journey, tab);
  } finally {
    await first.close();
    await second.close();
  }
}

async function landing(journey, tab) {
  const { site, report, name, language, words } = journey;
  await tab.goto(site.answer);
  const { pathname } = new URL(tab.url());
  report.check(name, 'the short address leads to the language of the browser', pathname.startsWith(`/${language}/q/`), pathname);
  const facts = await tab.locator('main').innerText();
  const values = await tab.locator('main dl dd').allInnerTexts();
  report.check(name, 'the landing page says who asks', values.some((value) => value.length > 3) && values.length >= 4, values.join(' / '));
  report.check(name, 'the landing page says why', (await tab.locator('main .lead').innerText()).length > 40);
  report.check(name, 'the landing page says how long', words.minutes.test(facts), facts.slice(0, 200));
  report.check(name, 'the landing page says until when', words.day.test(facts), facts.slice(0, 200));
  const cookies = await tab.context().cookies();
  report.check(name, 'the landing page keeps nothing on the device', cookies.length === 0, cookies.map((cookie) => cookie.name).join());
  watchAddresses(journey, tab);
  await journey.handsFor(tab).press(words.start);
  const step = await stepOf(journey, tab);
  report.check(name, 'the button leads to the first questions', step.now === 1 && step.all > 1, tab.url());
}

/** From here on, no address may hold the code of the invitation. */
function watchAddresses(journey, tab) {
  journey.addresses = [];
  let begun = false;
  tab.on('framenavigated', () => {
    begun = true;
  });
  tab.on('request', (request) => {
    if (begun) journey.addresses.push(request.url());
  });
}

async function firstPages(journey, tab) {
  const { report, name, words } = journey;
  const hands = journey.handsFor(tab);
  const nothing = await tab.locator('input[type=radio]:checked').count();
  report.check(name, 'no answer is chosen beforehand', nothing === 0, `${nothing}`);
  const given = [await planFor(tab)];
  await answer(hands, given[0]);
  await hands.press(words.next);
  report.check(name, 'the button leads to the second page', (await stepOf(journey, tab)).now === 2, tab.url());
  given.push(await planFor(tab));
  await answer(hands, given[1]);
  await hands.press(words.back);
  report.check(name, 'going back leads to the page before', (await stepOf(journey, tab)).now === 1, tab.url());
  report.none(name, 'going back keeps the answers of the page before', await differences(tab, given[0]));
  await journey.handsFor(tab).press(words.next);
  report.none(name, 'going back keeps the answers of the page left', await differences(tab, given[1]));
  return given;
}

async function pause(journey, tab) {
  const { report, name, words, site } = journey;
  await journey.handsFor(tab).press(words.later);
  const shown = (await tab.locator('.resume-code').innerText()).replace(/\s+/g, ' ').trim();
  report.check(name, 'the pause shows a code of three times four characters', CODE.test(shown), shown);
  const code = compact(shown);
  report.check(name, 'the code is not the one of the invitation', code !== site.code);
  report.check(name, 'the pause says until when', words.day.test(await tab.locator('main').innerText()));
  const telling = journey.addresses.filter((address) => address.includes(site.code) || address.includes(code));
  report.none(name, 'no address after the start holds a code', telling);
  return code;
}

async function resume(journey, tab, code, given) {
  const { site, report, name, language, words } = journey;
  await tab.goto(`${site.base}/${language}`);
  const hands = journey.handsFor(tab);
  await hands.write(words.codeField, code.toLowerCase());
  await hands.press(words.sendCode);
  await journey.handsFor(tab).press(words.resume);
  report.none(name, 'another device finds the first page', await differences(tab, given[0]));
  await journey.handsFor(tab).press(words.next);
  report.none(name, 'another device finds the second page', await differences(tab, given[1]));
  await journey.handsFor(tab).press(words.next);
}

/** Answers every page from the third on. */
async function otherPages(journey, tab, given) {
  const { report, name, words } = journey;
  const { all } = await stepOf(journey, tab);
  const every = [...given];
  for (let step = every.length + 1; step <= all; step += 1) {
    const { now } = await stepOf(journey, tab);
    if (!report.check(name, `page ${step} of ${all} is reached`, now === step, tab.url())) break;
    const plan = await planFor(tab);
    const hands = journey.handsFor(tab);
    await answer(hands, plan);
    await hands.press(words.next);
    every.push(plan);
  }
  return every.flat();
}

async function review(journey, tab, all) {
  const { report, name, words } = journey;
  await inOwnWords(journey, tab);
  report.check(name, 'the last page leads to the review', tab.url().endsWith('/questionnaire/review'), tab.url());
  const shown = await tab.locator('.review-answer').allInnerTexts();
  const wrong = all
    .map(({ item, words: said }, place) => ({ item, said: said ?? words.noAnswer, shown: shown[place]?.trim() }))
    .filter((one) => one.said !== one.shown)
    .map((one) => `${one.item}: “${one.shown}” instead of “${one.said}”`);
  report.check(name, 'the review shows every question', shown.length === all.length, `${shown.length} of ${all.length}`);
  report.none(name, 'the review shows the answers in words', wrong.slice(0, 4));
  await checkUnanswered(journey, tab, all.filter(({ value }) => value === null).length);
}

/** The open questions come after the last page: one is answered, the others stay empty. */
async function inOwnWords({ report, name, words, handsFor }, tab) {
  report.check(name, 'the last page leads to the open questions', tab.url().endsWith('/questionnaire/written'), tab.url());
  await tab.locator('textarea').first().fill('Più tempo.');
  await handsFor(tab).press(words.next);
  const shown = await tab.locator('.written-said').first().innerText();
  report.check(name, 'the review shows what was written', shown === 'Più tempo.', shown);
}

async function checkUnanswered({ report, name, words }, tab, expected) {
  const said = (await tab.locator('main .alert').first().innerText()).trim();
  const [, count] = said.match(words.unanswered) ?? [];
  const counted = count === words.one ? 1 : Number(count);
  report.check(name, 'the review counts the unanswered', counted === expected, `“${said}” instead of ${expected}`);
}

async function submit(journey, device, tab, code) {
  const { report, name, words, site, language } = journey;
  // The same review, open twice: pressed in one, then in the other.
  const twin = await device.newPage();
  await twin.goto(`${site.base}/${language}/questionnaire/review`);
  await journey.handsFor(tab).press(words.submit);
  report.check(name, 'submitting leads to the receipt', tab.url().endsWith('/questionnaire/receipt'), tab.url());
  const receipt = await receiptOn(tab);
  report.check(name, 'the receipt is a code', CODE.test(receipt), receipt);
  report.check(name, 'the receipt is not the code that resumes', compact(receipt) !== code);
  await journey.handsFor(twin).press(words.submit);
  report.check(name, 'submitting twice gives the same receipt', (await receiptOn(twin)) === receipt, await receiptOn(twin));
  await tab.goBack();
  if (await tab.getByRole('button', { name: words.submit, exact: true }).count()) await journey.handsFor(tab).press(words.submit);
  report.check(name, 'going back after submitting ends at the same receipt', (await receiptOn(tab)) === receipt, tab.url());
  await tab.goto(`${site.base}/${language}/questionnaire/1`);
  report.check(name, 'the questions are closed after submitting', tab.url().endsWith('/receipt'), tab.url());
  await tab.goto(`${site.base}/${language}/q/${code}`);
  const again = await tab.getByRole('button', { name: words.seeReceipt, exact: true }).count();
  report.check(name, 'the code that resumed now leads to the receipt', again === 1, tab.url());
}

/** The first device still has the page of questions in its window. */
async function afterwards(journey, tab) {
  const { report, name, site, language } = journey;
  await tab.goto(`${site.base}/${language}/questionnaire/review`);
  const receipt = (await tab.locator('.resume-code').allInnerTexts()).length;
  report.check(name, 'the first device sees that it was submitted', receipt === 1, tab.url());
}

async function receiptOn(tab) {
  return ((await tab.locator('.resume-code').allInnerTexts())[0] ?? '').replace(/\s+/g, ' ').trim();
}

async function stepOf({ words }, tab) {
  const [, now, all] = (await tab.locator('main').innerText()).match(words.step) ?? [];
  return { now: Number(now), all: Number(all) };
}

/** Asking for a page changes nothing, however often; a second respondent with the same link starts empty. */
export async function checkSecondRespondent(site, report, { name, language, newDevice, handsFor }) {
  const words = wordsOf(language);
  const kept = [];
  for (const method of ['GET', 'HEAD', 'GET', 'GET', 'GET', 'GET', 'GET', 'GET']) {
    const response = await get(site.base, `/${language}/q/${site.code}`, { method });
    if (response.status !== 200) kept.push(`${method} answered ${response.status}`);
    kept.push(...response.headers.getSetCookie());
    await response.arrayBuffer();
  }
  report.none(name, 'asking for the landing page changes nothing', kept);
  const device = await newDevice();
  try {
    const tab = await device.newPage();
    await tab.goto(`${site.base}/${language}/q/${site.code}`);
    await handsFor(tab).press(words.start);
    const chosen = await tab.locator('input[type=radio]:checked').count();
    report.check(name, 'a second respondent starts with an empty page', chosen === 0, `${chosen} answers`);
    await tab.goto(`${site.base}/${language}/questionnaire/review`);
    const questions = await tab.locator('.review-answer').count();
    await checkUnanswered({ report, name, words }, tab, questions);
  } finally {
    await device.close();
  }
}
