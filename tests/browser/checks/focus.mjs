// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Is every stop of the Tab key visible, where the reader can see it, and under nothing else?

import { PHONE } from '../support/browser.mjs';

const STOPS_AT_MOST = 90;

/** Walks through an open page with the Tab key at 360 px. */
export async function checkFocus(tab, page, report) {
  await tab.setViewportSize(PHONE);
  await tab.evaluate(() => {
    document.activeElement?.blur();
    window.getSelection().removeAllRanges();
    window.scrollTo(0, 0);
  });
  const defects = [];
  let stops = 0;
  for (; stops < STOPS_AT_MOST; stops += 1) {
    await tab.keyboard.press('Tab');
    const stop = await tab.evaluate(focused);
    if (stop.end) break;
    if (stop.defect) defects.push(stop.defect);
  }
  report.check(page.name, 'can be walked through with the keyboard', stops > 2, `${stops} stops`);
  report.none(page.name, 'every focus stop can be seen', [...new Set(defects)].slice(0, 6));
  const jumps = await tab.evaluate(() => {
    return [...document.querySelectorAll('[tabindex]')].filter((element) => element.tabIndex > 0).map((element) => element.outerHTML.slice(0, 60));
  });
  report.none(page.name, 'focus follows the order of the page', jumps);
}

/** Runs in the page: what is wrong with the element that has the focus. */
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body || window.insiemeStops?.has(element)) {
    delete window.insiemeStops;
    return { end: true };
  }
  (window.insiemeStops ??= new Set()).add(element);
  const words = (element.textContent || element.value || '').trim().slice(0, 30);
  const name = `${element.tagName.toLowerCase()} ${element.id || element.name || ''} “${words}”`;
  const marked = (candidate) => {
    if (!candidate) return false;
    const style = getComputedStyle(candidate);
    const outlined = style.outlineStyle === 'auto' || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
    return outlined || style.boxShadow !== 'none';
  };
  if (![element, element.labels?.[0], element.parentElement].some(marked)) return { defect: `no visible focus on ${name}` };
  // Links broken over lines have several boxes: the first one counts.
  const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
  if (box.width < 8 || box.height < 8) return { defect: `focus on something of ${box.width} by ${box.height} px: ${name}` };
  const [width, height] = [document.documentElement.clientWidth, window.innerHeight];
  const tall = box.height > height;
  const seen = box.left >= -1 && box.right <= width + 1 && (tall ? box.top < height && box.bottom > 0 : box.top >= -1 && box.bottom <= height + 1);
  if (!seen && !element.closest('[data-allow-scroll]')) {
    return { defect: `outside the screen (${Math.round(box.left)}, ${Math.round(box.top)}): ${name}` };
  }
  const [x, y] = [(Math.max(box.left, 0) + Math.min(box.right, width)) / 2, (Math.max(box.top, 0) + Math.min(box.bottom, height)) / 2];
  const top = document.elementFromPoint(x, y);
  const same = top && (element.contains(top) || top.contains(element) || top.closest('label')?.control === element);
  return same ? {} : { defect: `covered by ${top?.tagName.toLowerCase()}.${top?.className}: ${name}` };
}
