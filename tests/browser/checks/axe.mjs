// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// What does axe-core find, wide, narrow and in forced colours?

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { DESKTOP, PHONE } from '../support/browser.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const EVERYTHING = { type: 'tag', values: TAGS };

// Forced colours change nothing but colours.
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

const VARIANTS = [
  { name: 'axe at 1280 px', viewport: DESKTOP, forcedColors: 'none', runOnly: EVERYTHING },
  { name: 'axe at 1280 px in forced colours', viewport: DESKTOP, forcedColors: 'active', runOnly: COLOURS },
  { name: 'axe at 360 px', viewport: PHONE, forcedColors: 'none', runOnly: EVERYTHING },
];

/** Runs axe-core on an open page in each variant. */
export async function checkAxe(tab, page, report) {
  await tab.evaluate(AXE);
  for (const { name, viewport, forcedColors, runOnly } of VARIANTS) {
    await tab.setViewportSize(viewport);
    await tab.emulateMedia({ forcedColors });
    const defects = await tab.evaluate(async (only) => {
      const { violations } = await window.axe.run(document, { runOnly: only, resultTypes: ['violations'] });
      return violations.map(({ id, help, nodes }) => {
        const [first] = nodes;
        return `${id} (${help}) x${nodes.length}: ${first.target.join(' ')} ${first.html.slice(0, 120)}`;
      });
    }, runOnly);
    report.none(page.name, name, defects);
  }
  await tab.emulateMedia({ forcedColors: 'none' });
}
