// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Which pages does this demonstration have? The ones that must exist, and those its links lead to.

import { get } from '../support/http.mjs';
import { LANGUAGES } from '../support/words.mjs';
import { checkLinks, crawl } from './crawl.mjs';
import { addressPage, errorPages, freshLinksPage, publicPages, respondentPages, spacePages } from './list.mjs';
import { PHASES } from './visitors.mjs';

const STEPS_SHOWN = 3;

/** The list of pages, each address once. In English one page of each kind is enough: the layout is the same. */
export async function gatherPages(site, visitors, report) {
  const results = new URL(site.results).pathname;
  const open = await crawl(site, [results, '/it']);
  await checkLinks(site, open, report);
  const workspace = visitors.staff ? await crawl(site, ['/it/staff'], { cookies: visitors.staff, within: '/it/staff', perKind: 1 }) : undefined;
  if (workspace) await checkLinks(site, workspace, report, visitors.staff);
  const spaces = await gatherSpaces(site, visitors, report);
  const openWave = workspace?.pages.find(({ kind }) => kind.includes('/links'))?.path;
  const steps = await countSteps(site, visitors);
  return LANGUAGES.flatMap((language) => {
    const pages = [
      ...publicPages(language),
      ...inLanguage(open.pages, language, 'public'),
      ...(workspace ? inLanguage(workspace.pages, language, 'staff') : []),
      ...(openWave ? [freshLinksPage(openWave, language)] : []),
      ...spacePages(site, language),
      ...spaces.flatMap(({ phase, pages }) => inLanguage(pages, language, phase)),
      ...respondentPages(site, language, Math.min(steps, language === 'it' ? STEPS_SHOWN : 1)),
      ...errorPages(site, language),
    ];
    return onePerName(pages).filter((page) => visitors[page.visitor] && (!page.needs || visitors[page.needs]));
  });
}

function inLanguage(pages, language, visitor) {
  const kinds = new Set();
  return pages.flatMap(({ path, kind }) => {
    const again = kinds.has(kind);
    kinds.add(kind);
    if (again && language !== 'it') return [];
    const address = path.replace(/^\/it(?=[/?]|$)/, `/${language}`);
    return [addressPage(address, { visitor, name: PHASES.includes(visitor) ? `${address} (${visitor})` : address })];
  });
}

/** The pages of the space in every phase. */
async function gatherSpaces(site, visitors, report) {
  const spaces = [];
  for (const phase of PHASES.filter((phase) => visitors[phase])) {
    const found = await crawl(site, ['/it/space'], { cookies: visitors[phase], within: '/it/space', perKind: 1 });
    await checkLinks(site, found, report, visitors[phase]);
    spaces.push({ phase, pages: found.pages });
  }
  return spaces;
}

function onePerName(pages) {
  return [...new Map(pages.map((page) => [page.name, page])).values()];
}

async function countSteps(site, visitors) {
  if (!visitors.answering) return 0;
  const html = await (await get(site.base, '/it/questionnaire/1', { cookies: visitors.answering })).text();
  return Number(html.match(/<progress max="(\d+)"/)?.[1] ?? 1);
}
