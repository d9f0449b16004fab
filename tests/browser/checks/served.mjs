// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// What does a page send, ask for and keep, in a browser without JavaScript and with the policy as served?

const BYTES_AT_MOST = 150_000;
const REQUESTS_AT_MOST = 12;
const TITLE_AT_MOST = 70;

/** Opens a page for the first time, without JavaScript, and checks what is served. */
export async function checkServed(context, page, site, report) {
  const tab = await context.newPage();
  try {
    const traffic = await listen(tab, site);
    const response = await page.open(tab, site);
    await tab.waitForLoadState('networkidle');
    report.check(page.name, `answers ${page.status}`, response.status() === page.status, `status ${response.status()}`);
    const type = response.headers()['content-type'] ?? 'none';
    if (!report.check(page.name, 'is a page', type.startsWith('text/html'), `content type ${type}`)) return undefined;
    checkTraffic(page, traffic, report);
    checkHeaders(page, response.headers(), report);
    await checkCookies(context, page, report);
    await checkFrame(tab, page, report);
    return await tab.title();
  } finally {
    await tab.close();
  }
}

/** Records everything about the last document and what it loads; a first load has nothing in its cache. */
async function listen(tab, site) {
  const traffic = { bytes: 0, requests: 0, thirdParty: [], failed: [], violations: [] };
  const protocol = await tab.context().newCDPSession(tab);
  await protocol.send('Network.enable');
  await protocol.send('Network.setCacheDisabled', { cacheDisabled: true });
  protocol.on('Network.loadingFinished', (event) => {
    traffic.bytes += event.encodedDataLength;
  });
  tab.on('request', (request) => {
    // A page reached through another one is weighed by itself.
    if (request.isNavigationRequest() && !request.redirectedFrom()) Object.assign(traffic, { bytes: 0, requests: 0 });
    traffic.requests += 1;
    if (new URL(request.url()).origin !== site.base) traffic.thirdParty.push(request.url());
  });
  tab.on('response', (response) => {
    const isPage = response.request().isNavigationRequest();
    if (!isPage && response.status() >= 400) traffic.failed.push(`${response.status()} ${response.url()}`);
  });
  tab.on('requestfailed', (request) => traffic.failed.push(`${request.failure()?.errorText} ${request.url()}`));
  tab.on('console', (message) => {
    if (/content security policy|refused to/i.test(message.text())) traffic.violations.push(message.text());
  });
  return traffic;
}

function checkTraffic(page, traffic, report) {
  report.none(page.name, 'breaks no content security policy', traffic.violations);
  report.none(page.name, 'asks nobody else for anything', traffic.thirdParty);
  report.none(page.name, 'loads everything it refers to', traffic.failed);
  report.check(page.name, `weighs at most ${BYTES_AT_MOST} bytes`, traffic.bytes <= BYTES_AT_MOST, `${traffic.bytes}`);
  const few = traffic.requests <= REQUESTS_AT_MOST;
  report.check(page.name, `takes at most ${REQUESTS_AT_MOST} requests`, few, `${traffic.requests}`);
}

function checkHeaders(page, headers, report) {
  const policy = headers['content-security-policy'] ?? '';
  const strict = /default-src 'none'/.test(policy) && !/unsafe-|data:|\*/.test(policy);
  report.check(page.name, 'is served with a strict content security policy', strict, policy || 'none');
  const sniffing = headers['x-content-type-options'];
  report.check(page.name, 'is served with nosniff', sniffing === 'nosniff', sniffing ?? 'none');
}

async function checkCookies(context, page, report) {
  const loose = (await context.cookies()).filter((cookie) => {
    return !cookie.name.startsWith('__Host-') || !cookie.httpOnly || !cookie.secure || cookie.sameSite === 'None';
  });
  report.none(page.name, 'keeps only __Host- cookies that are HttpOnly and Secure', loose.map((cookie) => cookie.name));
  if (page.visitor === 'public') {
    const names = (await context.cookies()).map((cookie) => cookie.name);
    report.none(page.name, 'keeps no cookie of a visitor who only reads', names);
  }
}

async function checkFrame(tab, page, report) {
  const seen = await tab.evaluate(() => {
    const shown = (element) => Boolean(element?.getClientRects().length) && element.innerText.trim() !== '';
    const href = (hook) => document.querySelector(`a[data-element="${hook}"]`)?.getAttribute('href');
    // Three small files of our own, and nothing within the page.
    const isOwn = (element) => /^\/assets\/[0-9a-f]+\/(passkey|questionnaire|entry)\.js$/.test(element.getAttribute('src')) && element.textContent === '';
    const found = [...document.querySelectorAll('[style], script, style')].filter((element) => element.tagName !== 'SCRIPT' || !isOwn(element));
    const inline = found.map((element) => element.outerHTML.slice(0, 80));
    const handlers = [...document.querySelectorAll('*')].filter((element) => {
      return [...element.attributes].some((attribute) => attribute.name.startsWith('on'));
    });
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    const anchors = [...document.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href').slice(1));
    return {
      language: document.documentElement.lang,
      headings: document.querySelectorAll('h1').length,
      title: document.title,
      notice: shown(document.querySelector('.demo-notice')),
      privacy: href('privacy-policy-link'),
      accessibility: href('accessibility-link'),
      inline: [...inline, ...handlers.map((element) => element.outerHTML.slice(0, 80))],
      twice: ids.filter((id, place) => ids.indexOf(id) !== place),
      lost: anchors.filter((anchor) => !document.getElementById(anchor)),
    };
  });
  report.check(page.name, 'declares its language', seen.language === page.language, `lang="${seen.language}"`);
  report.check(page.name, 'has one h1', seen.headings === 1, `${seen.headings}`);
  const length = [...seen.title].length;
  report.check(page.name, `has a title of at most ${TITLE_AT_MOST} characters`, length > 0 && length <= TITLE_AT_MOST, seen.title);
  report.check(page.name, 'shows the notice of the demonstration', seen.notice);
  report.check(page.name, 'links to its privacy notice', Boolean(seen.privacy));
  report.check(page.name, 'links to its accessibility page', Boolean(seen.accessibility));
  report.none(page.name, 'has no script, style or handler in the page but its own files', seen.inline);
  report.none(page.name, 'uses each id once', seen.twice);
  report.none(page.name, 'has a target for each link within the page', seen.lost);
}
