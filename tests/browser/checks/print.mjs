// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Does a page that is printed hold the numbers of its tables?

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether the text of a PDF can be read on this machine. */
export async function canReadPdf() {
  return run('pdftotext', ['-v']).then(() => true, () => false);
}

/** Prints an address to PDF and looks for every number of its tables. */
export async function checkPrint(context, page, site, report) {
  const tab = await context.newPage();
  try {
    await page.open(tab, site);
    const cells = await tab.evaluate(() => {
      const texts = [...document.querySelectorAll('main table td')].map((cell) => cell.textContent.trim());
      return [...new Set(texts)].filter((text) => /\d/.test(text));
    });
    if (cells.length === 0) return false;
    const printed = squeeze(await textOf(await tab.pdf({ format: 'A4', printBackground: true })));
    const lost = cells.filter((cell) => !squeeze(cell).split(' ').every((word) => printed.includes(word)));
    report.check(page.name, 'prints every number of its tables', lost.length === 0, `${lost.length} of ${cells.length} lost: ${lost.slice(0, 8).join(' · ')}`);
    return true;
  } finally {
    await tab.close();
  }
}

async function textOf(pdf) {
  const folder = await mkdtemp(join(tmpdir(), 'insieme-print-'));
  try {
    const file = join(folder, 'page.pdf');
    await writeFile(file, pdf);
    const { stdout } = await run('pdftotext', ['-layout', file, '-'], { maxBuffer: 32 * 1024 * 1024 });
    return stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function squeeze(text) {
  return text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
}
