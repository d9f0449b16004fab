// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Does anything stick out, or get cut off, on the narrowest screen, also with the text spacing of WCAG 1.4.12?

import { NARROWEST } from '../support/browser.mjs';

const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }`;

/** Checks an open page at 320 px. */
export async function checkReflow(tab, page, report) {
  await tab.setViewportSize(NARROWEST);
  report.none(page.name, 'nothing sticks out at 320 px', await tab.evaluate(overflowing));
  const style = await tab.addStyleTag({ content: SPACING });
  report.none(page.name, 'nothing sticks out at 320 px with text spacing', await tab.evaluate(overflowing));
  await style.evaluate((element) => element.remove());
}

/** Runs in the page: what is wider than its place, or hides a part of itself. */
function overflowing() {
  const width = document.documentElement.clientWidth;
  const defects = [];
  if (document.documentElement.scrollWidth > width) {
    defects.push(`the page is ${document.documentElement.scrollWidth} px wide`);
  }
  const name = (element) => {
    const classes = typeof element.className === 'string' ? element.className.trim().replace(/\s+/g, '.') : '';
    return `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ''}${classes ? `.${classes}` : ''}`;
  };
  function* ancestors(element) {
    for (let above = element.parentElement; above; above = above.parentElement) yield above;
  }
  const said = (element) => `“${element.textContent.trim().slice(0, 40)}”`;
  // For screen readers only: clipped to nothing, by whatever class.
  const clipped = (element) => {
    const { clip, clipPath, position } = getComputedStyle(element);
    return position === 'absolute' && (/^rect\(0px,? 0px,? 0px,? 0px\)$/.test(clip) || clipPath === 'inset(50%)');
  };
  for (const element of document.querySelectorAll('main *')) {
    if (element.closest('[data-allow-scroll], svg *')) continue;
    if (clipped(element) || [...ancestors(element)].some(clipped)) continue;
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    if (box.right > width + 1 || box.left < -1) {
      defects.push(`${name(element)} from ${Math.round(box.left)} to ${Math.round(box.right)} px ${said(element)}`);
    } else if (element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1 && element.tagName !== 'INPUT') {
      defects.push(`${name(element)} holds ${element.scrollWidth} px in ${element.clientWidth} ${said(element)}`);
    } else if (/hidden|clip/.test(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight + 2) {
      defects.push(`${name(element)} cuts off its text below ${said(element)}`);
    }
  }
  return defects.slice(0, 5);
}
