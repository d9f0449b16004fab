// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// What was checked, and what did not hold? One line for each failed check, one line of counts at the end.

/** Counts named assertions and prints those that fail. */
export class Report {
  #passed = 0;
  #failed = 0;
  #print;

  constructor(print = console.log) {
    this.#print = print;
  }

  /** One assertion about one page. Returns whether it held. */
  check(page, what, holds, detail = '') {
    if (holds) {
      this.#passed += 1;
      return true;
    }
    this.#failed += 1;
    const because = String(detail).replace(/\s+/g, ' ').trim().slice(0, 400);
    this.#print(`FAIL ${page} | ${what}${because ? `: ${because}` : ''}`);
    return false;
  }

  /** One assertion that a list of defects is empty; each defect is a failed check of its own. */
  none(page, what, defects) {
    if (defects.length === 0) return this.check(page, what, true);
    for (const defect of defects) this.check(page, what, false, defect);
    return false;
  }

  /** Says that something could not be checked here. It counts neither as passed nor as failed. */
  leftOut(what) {
    this.#print(`LEFT OUT ${what}`);
  }

  /** Runs a part; if it cannot be carried out, that is one failed check. */
  async part(page, work) {
    try {
      return await work();
    } catch (error) {
      this.check(page, 'can be carried out', false, firstLines(error));
      return undefined;
    }
  }

  /** Prints the last line. Returns the exit code. */
  end() {
    this.#print(`${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed === 0 ? 0 : 1;
  }
}

function firstLines(error) {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\u001b\[\d+m/g, '').split('\n').slice(0, 6).join(' ');
}
