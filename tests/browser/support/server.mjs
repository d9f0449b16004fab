// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Starts the demonstration, or a service that nobody has set up, on a free port with a throw-away database, and ends it.

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const START_SECONDS = 90;
const STOP_SECONDS = 6;

const ENTRANCES = [
  ['base', 'Listening on '],
  ['signIn', 'Staff sign-in: '],
  ['answer', 'Answer as a stakeholder: '],
  ['definition', 'Take part (definition): '],
  ['weights', 'Take part (weights): '],
  ['restitution', 'Take part (restitution): '],
  ['results', 'Public results: '],
];

// A sign-in service of another body, at an address where nobody answers.
const DOWN = `[[oidc]]
id = "spid-cie"
name = { it = "SPID o CIE", en = "SPID or CIE" }
issuer = "http://127.0.0.1:1"
client_id = "insieme"
`;

/** The running demonstration: its addresses, and how to end it. */
export async function startDemonstration(binary) {
  const folder = await mkdtemp(join(tmpdir(), 'insieme-browser-'));
  const site = await start(binary, ['demo', '--listen', '127.0.0.1:0'], folder, ENTRANCES);
  return { ...site, code: site.answer.split('/').pop() };
}

/** A service that nobody has set up, at an address with a name: its addresses, and how to end it. */
export async function startFresh(binary) {
  const folder = await mkdtemp(join(tmpdir(), 'insieme-browser-'));
  const port = await freePort();
  const base = `http://localhost:${port}`;
  const database = `sqlite:${join(folder, 'fresh.db')}`;
  const settings = join(folder, 'insieme.toml');
  await writeFile(settings, DOWN);
  const listen = ['--listen', `127.0.0.1:${port}`, '--base-url', base];
  const command = ['serve', ...listen, '--database', database, '--config', settings];
  return { ...(await start(binary, command, folder, [['setUp', 'First set-up: ']])), base };
}

function freePort() {
  return new Promise((known) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => known(port));
    });
  });
}

async function start(binary, command, folder, entrances) {
  const child = spawn(binary, command, {
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
    return { ...(await readEntrances(child, entrances)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Reads the printed lines until all addresses are known. */
function readEntrances(child, entrances) {
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
      for (const [name, words] of entrances) {
        if (line.startsWith(words)) site[name] = line.slice(words.length).trim();
      }
      if (entrances.every(([name]) => site[name])) {
        clearTimeout(late);
        known(site);
      }
    });
  });
}
