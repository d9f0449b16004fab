// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Looks at each page: as it is served, and with everything that can be measured in it.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { DESKTOP, PHONE, plainContext, probingContext } from '../support/browser.mjs';
import { inPool } from '../support/pool.mjs';
import { checkAxe } from '../checks/axe.mjs';
import { checkCharts } from '../checks/charts.mjs';
import { checkControls } from '../checks/controls.mjs';
import { checkFocus } from '../checks/focus.mjs';
import { canReadPdf, checkPrint } from '../checks/print.mjs';
import { checkReflow } from '../checks/reflow.mjs';
import { checkServed } from '../checks/served.mjs';

const AT_ONCE = 4;

/** Checks every page. */
export async function checkPages({ site, browser, report, options, visitors, pages }) {
  const contexts = await openContexts(browser, visitors);
  const titles = new Map();
  const readsPdf = await canReadPdf();
  const pictured = new Set();
  await inPool(pages, AT_ONCE, (page) => report.part(page.name, async () => {
    const title = await checkServed(contexts.plain[page.visitor], page, site, report);
    if (title === undefined) return;
    if (page.status === 200) titles.set(`${page.language} ${title}`, [...(titles.get(`${page.language} ${title}`) ?? []), page]);
    await probe(contexts.probing[page.visitor], page, site, report, readsPdf);
    if (options.screenshots && !pictured.has(page.shape)) {
      pictured.add(page.shape);
      await picture(contexts.plain[page.visitor], page, site, options.screenshots);
    }
  }));
  for (const [title, [first, ...others]] of titles) {
    // One address has one title, whoever looks at it.
    const again = others.filter((page) => page.path === undefined || page.path !== first.path).map((page) => page.name);
    report.check(first.name, 'has a title of its own', again.length === 0, `“${title.slice(3)}” also on ${again.slice(0, 3).join(', ')}`);
  }
  if (!readsPdf) report.leftOut('printing: pdftotext is not installed, so the text of a printed page cannot be read');
  await Promise.all([...Object.values(contexts.plain), ...Object.values(contexts.probing)].map((context) => context.close()));
}

/** For each kind of visitor, a context as respondents have it and one in which pages can be measured. */
async function openContexts(browser, visitors) {
  const contexts = { plain: {}, probing: {} };
  for (const [visitor, cookies] of Object.entries(visitors)) {
    if (!cookies) continue;
    contexts.plain[visitor] = await plainContext(browser, { cookies });
    contexts.probing[visitor] = await probingContext(browser, { cookies });
  }
  return contexts;
}

/** Everything that is measured inside the page, on one load. */
async function probe(context, page, site, report, readsPdf) {
  const tab = await context.newPage();
  try {
    await page.open(tab, site);
    await checkFocus(tab, page, report);
    await tab.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
    await checkAxe(tab, page, report);
    await checkControls(tab, page, report);
    await checkCharts(tab, page, report);
    await checkReflow(tab, page, report);
    const hasTable = (await tab.locator('main table').count()) > 0;
    // Printing looks the same in both languages.
    if (hasTable && readsPdf && page.language === 'it') await checkPrint(context, page, site, report);
  } finally {
    await tab.close();
  }
}

/** Saves a picture of the whole page, narrow and wide. */
async function picture(context, page, site, folder) {
  await mkdir(folder, { recursive: true });
  const file = page.shape.slice(1).replace(/[^\w.]+/g, '-').replace(/-$/, '');
  for (const viewport of [PHONE, DESKTOP]) {
    const tab = await context.newPage();
    try {
      await tab.setViewportSize(viewport);
      await page.open(tab, site);
      await tab.screenshot({ path: join(folder, `${file}-${viewport.width}.png`), fullPage: true });
    } finally {
      await tab.close();
    }
  }
}
