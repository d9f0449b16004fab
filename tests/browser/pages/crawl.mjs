// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Which pages are there? Follows the links of the site and keeps a few addresses of each shape.

import { get } from '../support/http.mjs';

const PAGES_PER_SHAPE = 3;
const LINKS_AT_MOST = 250;

/** The pages reached from some paths: `{ path, shape, status }` of pages, and every link found with one page it is on. */
export async function crawl(site, starts, { cookies = [], within = '/it' } = {}) {
  const found = { pages: [], links: new Map() };
  const perShape = new Map();
  const waiting = [...starts];
  const seen = new Set(waiting);
  while (waiting.length > 0) {
    const path = waiting.shift();
    const shape = shapeOf(path);
    const known = perShape.get(shape) ?? 0;
    if (known >= PAGES_PER_SHAPE) continue;
    const response = await get(site.base, path, { cookies });
    const isPage = (response.headers.get('content-type') ?? '').startsWith('text/html');
    const html = await response.text();
    found.links.set(path, { from: path, status: response.status });
    if (!isPage && !starts.includes(path)) continue;
    perShape.set(shape, known + 1);
    found.pages.push({ path, shape, status: response.status });
    for (const link of linksIn(html, path, site.base)) {
      if (!found.links.has(link)) found.links.set(link, { from: path });
      if (seen.has(link) || !(link === within || link.startsWith(`${within}/`))) continue;
      seen.add(link);
      waiting.push(link);
    }
  }
  return found;
}

/** Checks that every link found leads somewhere. */
export async function checkLinks(site, found, report, cookies = []) {
  const unknown = [...found.links].filter(([, link]) => link.status === undefined).slice(0, LINKS_AT_MOST);
  for (const [path, link] of unknown) {
    const response = await get(site.base, path, { cookies });
    link.status = response.status;
    await response.arrayBuffer();
  }
  for (const [path, { from, status }] of found.links) {
    if (status !== undefined) report.check(from, `link to ${path} leads somewhere`, status < 400, `status ${status}`);
  }
}

/** A path with ids, codes and versions replaced by what they are. */
export function shapeOf(path) {
  const [place, query] = path.split('?');
  const parts = place.split('/').map((part) => {
    if (/^[0-9a-f]{32}$/.test(part) || /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(part)) return '{id}';
    if (/^\d+\.\d+\.\d+$/.test(part)) return '{version}';
    if (/^[2-9A-HJKMNP-Z]{12}$/.test(part)) return '{code}';
    return part;
  });
  const keys = query ? `?${[...new URLSearchParams(query).keys()].sort().join('&')}` : '';
  return parts.join('/') + keys;
}

function linksIn(html, path, base) {
  const here = new URL(path, base);
  const links = new Set();
  for (const [, href] of html.matchAll(/<a\s[^>]*href="([^"]*)"/g)) {
    const address = new URL(href.replaceAll('&amp;', '&'), here);
    if (address.origin === here.origin && address.pathname !== here.pathname) links.add(address.pathname + address.search);
  }
  return links;
}
