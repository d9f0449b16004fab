// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Which pages are there? Follows the links of the site and keeps a few addresses of each kind.

import { get } from '../support/http.mjs';

const PAGES_PER_KIND = 2;
// The same page with another choice in its address.
const CHOICES_PER_KIND = 1;
const VISITS_PER_SHAPE = 24;
const LINKS_AT_MOST = 250;
// Documents and tables take their time to make: one of each kind is fetched.
const FILES_PER_SHAPE = 1;

/**
 * The pages reached from some paths. A page is of the same kind as another if its address has the same shape and it
 * has the same things in it: charts, tables, forms. `pages` are a few of each kind, `links` every link found.
 */
export async function crawl(site, starts, { cookies = [], within = '/it', perKind = PAGES_PER_KIND } = {}) {
  const found = { pages: [], links: new Map() };
  const [visits, kinds] = [new Map(), new Map()];
  const waiting = [...starts];
  const seen = new Set(waiting);
  while (waiting.length > 0) {
    const path = waiting.shift();
    const shape = shapeOf(path);
    if (count(visits, shape) > (isFile(path) ? FILES_PER_SHAPE : VISITS_PER_SHAPE)) continue;
    const response = await get(site.base, path, { cookies });
    const isPage = (response.headers.get('content-type') ?? '').startsWith('text/html');
    const html = await response.text();
    found.links.set(path, { from: found.links.get(path)?.from ?? path, status: response.status });
    if (!isPage || response.status >= 400) continue;
    const kind = `${shape} ${contentsOf(html)}`;
    const enough = path.includes('?') ? CHOICES_PER_KIND : perKind;
    if (count(kinds, kind) <= enough) found.pages.push({ path, shape, kind });
    for (const link of linksIn(html, path, site.base)) {
      if (!found.links.has(link)) found.links.set(link, { from: path });
      if (seen.has(link) || !isWithin(link, within)) continue;
      seen.add(link);
      waiting.push(link);
    }
  }
  return found;
}

/** Checks that every link found leads somewhere. */
export async function checkLinks(site, found, report, cookies = []) {
  const unknown = [...found.links].filter(([path, link]) => link.status === undefined && !isFile(path)).slice(0, LINKS_AT_MOST);
  for (const [path, link] of unknown) {
    const response = await get(site.base, path, { cookies });
    link.status = response.status;
    await response.arrayBuffer();
  }
  for (const [path, { from, status }] of found.links) {
    if (status === undefined) continue;
    report.check(from, `link to ${path} leads somewhere`, status < 400, `status ${status}`);
  }
}

/** A path with ids, codes and versions replaced by what they are. */
export function shapeOf(path) {
  const [place, query] = path.split('?');
  const parts = place.split('/').map((part, index, all) => {
    if (['indicators', 'change'].includes(all[index - 1])) return '{indicator}';
    if (/^[0-9a-f]{32}$/.test(part) || /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(part)) return '{id}';
    if (/^\d+\.\d+\.\d+$/.test(part)) return '{version}';
    if (/^[2-9A-HJKMNP-Z]{12}$/.test(part)) return '{code}';
    return part;
  });
  const keys = query ? `?${[...new URLSearchParams(query).keys()].sort().join('&')}` : '';
  return parts.join('/') + keys;
}

function contentsOf(html) {
  const actions = [...html.matchAll(/<form[^>]*action="([^"]*)"/g)].map((form) => shapeOf(form[1]));
  const has = (pattern) => (pattern.test(html) ? 1 : 0);
  return [has(/<figure class="chart/), has(/<table/), ...new Set(actions)].join(' ');
}

function linksIn(html, path, base) {
  const here = new URL(path, base);
  const links = new Set();
  for (const [, href] of html.matchAll(/<a\s[^>]*href="([^"]*)"/g)) {
    const address = new URL(unescaped(href), here);
    const link = address.pathname + address.search;
    if (address.origin === here.origin && link !== path) links.add(link);
  }
  return links;
}

function unescaped(text) {
  return text.replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16))).replaceAll('&amp;', '&');
}

function isFile(path) {
  return /\.[a-z-]+$/.test(path.split('?')[0]);
}

function isWithin(link, place) {
  return link === place || link.startsWith(`${place}/`) || link.startsWith(`${place}?`);
}

function count(counts, name) {
  counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts.get(name);
}
