// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Two ways of using a page: with a finger on a phone, and with the keyboard only.

const STOPS_AT_MOST = 200;

/** A finger: taps what it sees. */
export class Finger {
  constructor(tab) {
    this.tab = tab;
  }

  async press(name) {
    await leaving(this.tab, () => this.tab.getByRole('button', { name, exact: true }).click());
  }

  async follow(name) {
    await leaving(this.tab, () => this.tab.getByRole('link', { name, exact: true }).first().click());
  }

  async choose(item, value) {
    await this.tab.locator(`label[for="${item}-${value}"]`).click();
  }

  async write(label, text) {
    await this.tab.getByLabel(label, { exact: true }).fill(text);
  }
}

/** Ten fingers and no mouse: only Tab, arrows, space and Enter. */
export class Keys {
  constructor(tab) {
    this.tab = tab;
  }

  async press(name) {
    await this.#reach(this.tab.getByRole('button', { name, exact: true }), name);
    await leaving(this.tab, () => this.tab.keyboard.press('Enter'));
  }

  async follow(name) {
    await this.#reach(this.tab.getByRole('link', { name, exact: true }).first(), name);
    await leaving(this.tab, () => this.tab.keyboard.press('Enter'));
  }

  async choose(item, value) {
    const group = this.tab.locator(`input[type=radio][name="${item}"]`);
    await this.#reach(group, item);
    const wanted = this.tab.locator(`#${item}-${value}`);
    if (await has(wanted)) {
      await this.tab.keyboard.press('Space');
      return;
    }
    const choices = await group.count();
    for (let steps = 0; steps < choices; steps += 1) {
      await this.tab.keyboard.press('ArrowDown');
      if (await has(wanted)) return;
    }
    throw new Error(`the arrows do not reach ${value} of ${item}`);
  }

  async write(label, text) {
    await this.#reach(this.tab.getByLabel(label, { exact: true }), label);
    await this.tab.keyboard.press('Control+A');
    await this.tab.keyboard.type(text);
  }

  /** Presses Tab until one of these elements has the focus. */
  async #reach(locator, what) {
    await locator.first().waitFor();
    // Looked up once: asking for a role again at every stop would take most of the time.
    await locator.evaluateAll((elements) => { window.insiemeWanted = elements; });
    const arrived = () => this.tab.evaluate(() => window.insiemeWanted.includes(document.activeElement));
    for (let stops = 0; stops < STOPS_AT_MOST; stops += 1) {
      if (await arrived()) return;
      await this.tab.keyboard.press('Tab');
    }
    throw new Error(`the Tab key does not reach “${what}”`);
  }
}

/** Does something that leads to another page, and waits for it. */
async function leaving(tab, action) {
  const arrived = tab.waitForEvent('framenavigated', (frame) => frame === tab.mainFrame());
  await Promise.all([arrived, action()]);
  await tab.waitForLoadState('load');
}

function has(locator) {
  return locator.evaluateAll((elements) => elements.includes(document.activeElement));
}
