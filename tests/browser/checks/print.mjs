// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Does a page that is printed hold the numbers of its tables, on sheets that are used?

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const FILLED_AT_LEAST = 0.5;
// As in _print.scss.
const PRINTED_MILLIMETRES = { width: 210 - 2 * 16, marginBelow: 18 };
const POINTS = { perPixel: 72 / 96, perMillimetre: 72 / 25.4 };
const FIRST_CHARACTERS = 24;

/** Whether the text of a PDF can be read on this machine. */
export async function canReadPdf() {
  return run('pdftotext', ['-v']).then(() => true, () => false);
}

/** Prints an address to PDF and looks for every number of its tables. */
export async function checkPrint(context, page, site, report) {
  const tab = await context.newPage();
  try {
    await page.open(tab, site);
    const texts = await tab.evaluate(() => {
      const walk = (cell) => {
        const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode()) found.push(walker.currentNode.data);
        return found;
      };
      return [...document.querySelectorAll('main table td')].flatMap(walk);
    });
    const wanted = countNumbers(texts.join(' '));
    if (wanted.size === 0) return;
    const drawings = await drawingsOf(tab);
    const pdf = await tab.pdf({ format: 'A4', printBackground: true, tagged: true });
    const printed = countNumbers(await textOf(pdf, ['-layout']));
    const lost = [...wanted].filter(([number, times]) => (printed.get(number) ?? 0) < times);
    const told = lost.slice(0, 6).map(([number, times]) => `${number} ${printed.get(number) ?? 0} times instead of ${times}`);
    report.check(page.name, 'prints every number of its tables', lost.length === 0, `${lost.length} of ${wanted.size} numbers: ${told.join(', ')}`);
    report.none(page.name, 'prints no page that is mostly empty', emptyPages(await textOf(pdf, ['-bbox']), drawings));
  } finally {
    await tab.close();
  }
}

/** The drawings as they are printed: how each begins, with the title it is kept with, and how much height they take. */
async function drawingsOf(tab) {
  await tab.emulateMedia({ media: 'print' });
  const width = Math.round((PRINTED_MILLIMETRES.width * POINTS.perMillimetre) / POINTS.perPixel);
  await tab.setViewportSize({ ...tab.viewportSize(), width });
  const drawings = await tab.evaluate(() => {
    const shown = (element) => element.getClientRects().length > 0;
    // What stands directly before an element, also outside of its box.
    const before = (element) => {
      for (let at = element; at.tagName !== 'MAIN'; at = at.parentElement) {
        for (let above = at.previousElementSibling; above; above = above.previousElementSibling) if (shown(above)) return above;
      }
      return undefined;
    };
    return [...document.querySelectorAll('main figure.chart')].map((figure) => {
      let first = figure;
      let above = before(first);
      while (above && getComputedStyle(above).breakAfter === 'avoid') {
        first = above;
        above = before(first);
      }
      const drawing = [...figure.querySelectorAll('svg.chart-svg')].find(shown);
      const kept = document.createRange();
      kept.setStartBefore(first);
      kept.setEndAfter(figure);
      const top = above ? above.getBoundingClientRect().bottom : first.getBoundingClientRect().top;
      return { begins: kept.toString(), pixels: drawing.getBoundingClientRect().bottom - top };
    });
  });
  return drawings.map(({ begins, pixels }) => ({ begins: firstLetters(begins), height: pixels * POINTS.perPixel }));
}

/**
 * The pages before the last whose text ends in their upper part. A drawing cannot be broken: before one that is higher
 * than the rest of a page, the page ends early, and no style could fill it.
 */
function emptyPages(boxes, drawings) {
  const pages = boxes.split('<page ').slice(1).map((page) => {
    const height = Number(page.match(/height="([\d.]+)"/)?.[1]);
    const ends = [...page.matchAll(/yMax="([\d.]+)"/g)].map((word) => Number(word[1]));
    const words = [...page.matchAll(/<word[^>]*>([^<]*)</g)].map((word) => word[1]);
    return { height, end: Math.max(0, ...ends), begins: firstLetters(words.join('')) };
  });
  const precedesDrawing = ({ height, end }, place) => {
    const free = height - PRINTED_MILLIMETRES.marginBelow * POINTS.perMillimetre - end;
    return drawings.some((drawing) => drawing.begins === pages[place + 1].begins && drawing.height > free);
  };
  return pages
    .slice(0, -1)
    .map((page, place) => ({ filled: page.end / page.height, place, excused: precedesDrawing(page, place) }))
    .filter(({ filled, excused }) => filled < FILLED_AT_LEAST && !excused)
    .map(({ filled, place }) => `page ${place + 1} of ${pages.length} ends at ${Math.round(filled * 100)} % of its height`);
}

/** The beginning of a text, without what stands between its letters and digits. */
function firstLetters(text) {
  return text.replace(/&#?\w+;|[^\p{L}\p{N}]/gu, '').slice(0, FIRST_CHARACTERS);
}

async function textOf(pdf, how) {
  const folder = await mkdtemp(join(tmpdir(), 'insieme-print-'));
  try {
    const file = join(folder, 'page.pdf');
    await writeFile(file, pdf);
    const { stdout } = await run('pdftotext', [...how, file, '-'], { maxBuffer: 32 * 1024 * 1024 });
    return stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How often each number stands in a text. */
function countNumbers(text) {
  const counts = new Map();
  for (const [number] of text.matchAll(/\d+(?:[.,]\d+)*/g)) counts.set(number, (counts.get(number) ?? 0) + 1);
  return counts;
}
