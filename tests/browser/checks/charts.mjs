// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Can a chart be read on the narrowest screen, and without seeing it?

import { NARROWEST } from '../support/browser.mjs';

const TEXT_PIXELS = 12;

/** Checks the drawings of an open page at 320 px. Returns how many charts it has. */
export async function checkCharts(tab, page, report) {
  await tab.setViewportSize(NARROWEST);
  const found = await tab.evaluate(charts, TEXT_PIXELS);
  report.none(page.name, 'every drawing has a title and a description', found.unnamed);
  report.none(page.name, 'every other drawing is hidden from screen readers', found.bare);
  if (found.figures === 0) return 0;
  report.none(page.name, 'every chart has a table with numbers', found.tableless);
  report.none(page.name, 'every chart has a sentence', found.speechless);
  report.none(page.name, 'every chart shows a drawing at 320 px', found.empty);
  report.none(page.name, `text in charts is at least ${TEXT_PIXELS} px at 320 px`, found.small);
  report.none(page.name, 'text in charts stays inside the drawing', found.outside);
  report.none(page.name, 'texts in charts do not cover each other', found.covered);
  return found.figures;
}

function charts(textPixels) {
  const found = { figures: 0, unnamed: [], bare: [], tableless: [], speechless: [], empty: [], small: [], outside: [], covered: [] };
  const shown = (element) => element.getClientRects().length > 0 && element.getBoundingClientRect().width > 0;
  const has = (svg, part) => svg.querySelector(`:scope > ${part}`)?.textContent.trim();
  for (const svg of document.querySelectorAll('svg')) {
    const name = svg.id || svg.getAttribute('class') || 'svg';
    if (svg.getAttribute('role') === 'img') {
      if (!has(svg, 'title') || !has(svg, 'desc')) found.unnamed.push(name);
    } else if (svg.getAttribute('aria-hidden') !== 'true') {
      found.bare.push(name);
    }
  }
  // The box of a line of text is taller than its letters: of it, the middle 60 % is ink.
  const ink = (line) => {
    const { left, right, top, height } = line.getBoundingClientRect();
    return { left, right, top: top + height * 0.2, bottom: top + height * 0.8 };
  };
  const overlap = (one, other) => {
    const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    return across > 1 && down > 1;
  };
  for (const figure of document.querySelectorAll('figure.chart')) {
    found.figures += 1;
    const title = figure.querySelector('figcaption')?.textContent.trim().slice(0, 50) ?? 'figure';
    if (![...figure.querySelectorAll('table td')].some((cell) => /\S/.test(cell.textContent))) found.tableless.push(title);
    if (!/[.!?]/.test(figure.querySelector('figcaption')?.textContent ?? '')) found.speechless.push(title);
    const drawings = [...figure.querySelectorAll('svg[role=img]')].filter(shown);
    if (drawings.length === 0) found.empty.push(title);
    for (const svg of drawings) {
      const frame = svg.getBoundingClientRect();
      const texts = [...svg.querySelectorAll('text')].filter((text) => shown(text) && text.textContent.trim());
      const boxes = texts.map((text) => {
        const lines = [...text.querySelectorAll('tspan')];
        return (lines.length > 0 ? lines : [text]).map(ink);
      });
      texts.forEach((text, place) => {
        const words = `“${text.textContent.trim().slice(0, 30)}” in ${title}`;
        const size = parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a;
        const box = text.getBoundingClientRect();
        if (size < textPixels - 0.05) found.small.push(`${size.toFixed(1)} px ${words}`);
        if (box.left < frame.left - 1.5 || box.right > frame.right + 1.5) found.outside.push(words);
        const covers = boxes.findIndex((lines, other) => {
          return other > place && lines.some((line) => boxes[place].some((own) => overlap(own, line)));
        });
        if (covers > -1) found.covered.push(`${words} and “${texts[covers].textContent.trim().slice(0, 30)}”`);
      });
    }
  }
  for (const [list, defects] of Object.entries(found)) if (Array.isArray(defects)) found[list] = defects.slice(0, 5);
  return found;
}
