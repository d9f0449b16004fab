// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// What a respondent answers on a page: the ends of the scale, “Non so”, and a blank, in turn.

const DONT_KNOW = 'DK';

/** The items of the page that is open, with what to choose: `{ item, value, words }`; `value` is `null` for a blank. */
export async function planFor(tab) {
  const items = await tab.locator('fieldset').evaluateAll((fieldsets) => fieldsets.map((fieldset) => ({
    item: fieldset.id,
    choices: [...fieldset.querySelectorAll('input[type=radio]')].map((radio) => ({
      value: radio.value,
      words: radio.labels[0].innerText.trim(),
    })),
  })));
  return items.map(({ item, choices }, place) => {
    const points = choices.filter(({ value }) => /^\d+$/.test(value));
    const turns = [points[0], choices.find(({ value }) => value === DONT_KNOW), null, points.at(-1), points[1]];
    const chosen = turns[place % turns.length];
    return { item, value: chosen?.value ?? null, words: chosen?.words ?? null };
  });
}

/** Gives the planned answers with the given hands. */
export async function answer(hands, plan) {
  for (const { item, value } of plan) if (value !== null) await hands.choose(item, value);
}

/** What differs between the page that is open and a plan. */
export async function differences(tab, plan) {
  const checked = await tab.locator('input[type=radio]:checked').evaluateAll((radios) => {
    return Object.fromEntries(radios.map((radio) => [radio.name, radio.value]));
  });
  return plan
    .filter(({ item, value }) => (checked[item] ?? null) !== value)
    .map(({ item, value }) => `${item}: ${checked[item] ?? 'blank'} instead of ${value ?? 'blank'}`);
}
