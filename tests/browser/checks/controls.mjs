// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Can every choice be read, reached with a thumb, and understood without seeing the page?

import { PHONE } from '../support/browser.mjs';

const TARGET_PIXELS = 44;

/** Checks radios, checkboxes and other fields of an open page at 360 px. */
export async function checkControls(tab, page, report) {
  await tab.setViewportSize(PHONE);
  const found = await tab.evaluate(choices, TARGET_PIXELS);
  const fields = await tab.evaluate(unlabelledFields);
  report.none(page.name, 'every choice has a visible label', found.unlabelled);
  report.none(page.name, `every choice is ${TARGET_PIXELS} px high`, found.small);
  report.none(page.name, 'every choice is in a fieldset with a legend', found.ungrouped);
  report.none(page.name, 'every scale ascends in the order of the page', found.descending);
  report.none(page.name, 'no choice is required by the browser', found.required);
  report.none(page.name, 'every field has a visible label', fields);
}

function choices(targetPixels) {
  const found = { unlabelled: [], small: [], ungrouped: [], descending: [], required: [] };
  const scales = new Map();
  for (const input of document.querySelectorAll('input[type=radio], input[type=checkbox]')) {
    const name = `${input.name}=${input.value}`;
    const label = input.labels[0];
    const text = [...(label?.childNodes ?? [])]
      .filter((node) => !(node instanceof Element && node.matches('.visually-hidden')))
      .map((node) => node.textContent)
      .join('');
    const box = label?.getBoundingClientRect();
    if (!box || box.width < 2 || text.trim() === '') found.unlabelled.push(name);
    else if (box.height < targetPixels - 0.5) found.small.push(`${name} ${Math.round(box.height)} px`);
    const legend = input.closest('fieldset')?.querySelector(':scope > legend');
    if (!legend || legend.textContent.trim() === '') found.ungrouped.push(name);
    if (input.required) found.required.push(name);
    if (input.type === 'radio' && /^\d+$/.test(input.value)) {
      scales.set(input.name, [...(scales.get(input.name) ?? []), Number(input.value)]);
    }
  }
  for (const [name, values] of scales) {
    if (values.some((value, place) => place > 0 && value <= values[place - 1])) found.descending.push(`${name}: ${values}`);
  }
  for (const list of Object.keys(found)) found[list] = found[list].slice(0, 5);
  return found;
}

function unlabelledFields() {
  const fields = document.querySelectorAll('input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea');
  return [...fields]
    .filter((field) => ![...field.labels].some((label) => label.getBoundingClientRect().width > 2 && label.innerText.trim()))
    .map((field) => field.outerHTML.slice(0, 80));
}
