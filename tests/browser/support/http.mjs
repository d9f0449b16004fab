// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Plain requests without a browser: to prepare sessions and to look at headers.

import { request } from 'node:http';

/** Fetches an address without following redirects. */
export function get(base, path, { cookies = [], headers = {}, method = 'GET' } = {}) {
  return fetch(new URL(path, base), {
    method,
    redirect: 'manual',
    headers: { ...headers, ...(cookies.length > 0 ? { cookie: cookieHeader(cookies) } : {}) },
  });
}

/** Sends a form as a page of the site would. */
export function post(base, path, fields, { cookies = [], headers = {} } = {}) {
  return fetch(new URL(path, base), {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: new URL(base).origin,
      ...(cookies.length > 0 ? { cookie: cookieHeader(cookies) } : {}),
      ...headers,
    },
    body: new URLSearchParams(fields).toString(),
  });
}

/** The cookies that a response sets, in the form that a browser context takes. */
export function cookiesOf(response, base) {
  const url = new URL('/', base);
  url.protocol = 'https:';
  return response.headers.getSetCookie().map((line) => {
    const [pair] = line.split(';');
    const cut = pair.indexOf('=');
    return {
      name: pair.slice(0, cut),
      value: pair.slice(cut + 1),
      url: url.href,
      secure: true,
      httpOnly: true,
      sameSite: 'Lax',
    };
  });
}

/** The status of a form sent from another address of this machine, so that its mistakes do not count against ours. */
export function postFrom(localAddress, base, path, body) {
  return new Promise((known, failed) => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      origin: new URL(base).origin,
    };
    const asked = request(new URL(path, base), { method: 'POST', localAddress, headers }, (response) => {
      response.resume();
      response.once('end', () => known(response.statusCode));
    });
    asked.once('error', failed);
    asked.end(body);
  });
}

/** The value of a hidden or other field in a page's text. */
export function fieldIn(html, name) {
  const tag = html.match(new RegExp(`<input[^>]*name="${name}"[^>]*>`))?.[0] ?? '';
  return tag.match(/value="([^"]*)"/)?.[1];
}

function cookieHeader(cookies) {
  return cookies.map((cookie) => `${cookie.name}=${cookie.value}`).join('; ');
}
