// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Starts the demonstration on a free port with a throw-away database, and ends it.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const START_SECONDS = 90;
const STOP_SECONDS = 6;

const ENTRANCES = [
  ['base', 'Listening on '],
  ['signIn', 'Staff sign-in: '],
  ['answer', 'Answer as a stakeholder: '],
  ['results', 'Public results: '],
];

/** The running demonstration: its addresses, and how to end it. */
export async function startDemonstration(binary) {
  const folder = await mkdtemp(join(tmpdir(), 'insieme-browser-'));
  const child = spawn(binary, ['demo', '--listen', '127.0.0.1:0'], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const ended = new Promise((done) => child.once('close', done));
  const stop = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_SECONDS * 1000);
    await ended;
    clearTimeout(late);
    process.removeListener('exit', killAtExit);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const site = await readEntrances(child);
    return { ...site, code: site.answer.split('/').pop(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Reads the printed lines until all four addresses are known. */
function readEntrances(child) {
  return new Promise((known, failed) => {
    const site = {};
    const said = [];
    const give = (why) => failed(new Error(`${why}; it said: ${said.join(' / ') || 'nothing'}`));
    const late = setTimeout(() => give(`no address after ${START_SECONDS} seconds`), START_SECONDS * 1000);
    child.once('error', (error) => give(error.message));
    child.once('close', (code) => give(`the program ended with ${code}`));
    createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      for (const [name, words] of ENTRANCES) {
        if (line.startsWith(words)) site[name] = line.slice(words.length).trim();
      }
      if (ENTRANCES.every(([name]) => site[name])) {
        clearTimeout(late);
        known(site);
      }
    });
  });
}
