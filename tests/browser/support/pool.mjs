// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Runs many small pieces of work, a few at a time.

/** Runs `work` on each thing, at most `places` at once. */
export async function inPool(things, places, work) {
  const waiting = [...things];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: places }, worker));
}
