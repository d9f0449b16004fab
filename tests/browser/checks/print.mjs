// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Does a page that is printed hold the numbers of its tables?

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const FILLED_AT_LEAST = 0.5;

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
    const pdf = await tab.pdf({ format: 'A4', printBackground: true, tagged: true });
    const printed = countNumbers(await textOf(pdf, ['-layout']));
    const lost = [...wanted].filter(([number, times]) => (printed.get(number) ?? 0) < times);
    const told = lost.slice(0, 6).map(([number, times]) => `${number} ${printed.get(number) ?? 0} times instead of ${times}`);
    report.check(page.name, 'prints every number of its tables', lost.length === 0, `${lost.length} of ${wanted.size} numbers: ${told.join(', ')}`);
    report.none(page.name, 'prints no page that is mostly empty', emptyPages(await textOf(pdf, ['-bbox'])));
  } finally {
    await tab.close();
  }
}

/** The pages before the last whose text ends in their upper part. */
function emptyPages(boxes) {
  const pages = boxes.split('<page ').slice(1).map((page) => {
    const height = Number(page.match(/height="([\d.]+)"/)?.[1]);
    const ends = [...page.matchAll(/yMax="([\d.]+)"/g)].map((word) => Number(word[1]));
    return Math.max(0, ...ends) / height;
  });
  return pages
    .slice(0, -1)
    .map((filled, place) => ({ filled, place }))
    .filter(({ filled }) => filled < FILLED_AT_LEAST)
    .map(({ filled, place }) => `page ${place + 1} of ${pages.length} ends at ${Math.round(filled * 100)} % of its height`);
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
