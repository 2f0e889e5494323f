/**
 * Many instances of the app, each in a process of its own, read one organisation of a GitHub that enforces its limits:
 * `npm run test:budget -- --instances 40 --pieces 1`. Together they may spend 900 points in any minute, nobody is refused,
 * nothing waits longer than two minutes, and everything is read.
 */
import { fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readNumber } from '../../local/read-number.ts';
import { makeGraph, seedEntra } from '../../local/tenant/entra/vendor.ts';
import { makeGitHub, seedGitHub } from '../../local/tenant/github/vendor.ts';
import { makeTokenMint } from '../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../local/tenant/vault/vendor.ts';
import { startApp } from '../support/apps/start-app.ts';

const { values } = parseArgs({ options: { instances: { type: 'string' }, pieces: { type: 'string' } } });
const instances = readNumber('--instances', values.instances, 40, 1, 60);
const pieces = readNumber('--pieces', values.pieces, 1, 1, 20);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const seed = {
  now: new Date(),
  scale: { repositories: 60, identities: 0, credentialsPerIdentity: 0 },
  mint: makeTokenMint(),
};
const vault = seedVault(seed);
const state = seedGitHub(seed, vault);
const app = await startApp({
  vendors: (core) => [makeVault(core, vault), makeGraph(core, seedEntra(seed)), makeGitHub(core, state)],
  storage: true,
  settings: { REQUEST_TIMEOUT_SECONDS: '60' },
});
const organisation = WORLD.github.organisation;
const reader = await app.context.vendors.github.organisation('reader', organisation);
if (!reader.ok) throw new Error(reader.failure.message);
const listed = await reader.value.listOrganisationRepositories();
const repositories = listed.items.slice(0, 60).map(({ name }) => name);

interface Told {
  readonly read: number;
  readonly failed: number;
  readonly turnedAway: number;
  readonly longestMs: number;
}
const folder = await mkdtemp(join(tmpdir(), 'budget-'));
const authority = join(folder, 'authority.pem');
await writeFile(authority, app.tenant.certificate.authority);
const env = { ...process.env, NODE_EXTRA_CA_CERTS: authority };
const began = performance.now();
const told = await Promise.all(
  Array.from({ length: instances }, () => {
    const child = fork(fileURLToPath(new URL('instance.ts', import.meta.url)), { env });
    child.send({ organisation, repositories, pieces, settings: app.settings });
    return new Promise<Told>((resolve, reject) => {
      child.once('message', (message) => resolve(message as Told));
      child.once('exit', (code) => (code === 0 ? undefined : reject(new Error(`an instance ended with ${code}`))));
    });
  }),
);
const seconds = Math.round((performance.now() - began) / 1000);
await app.stop();
await rm(folder, { recursive: true });

const sum = (of: (each: Told) => number): number => told.reduce((all, each) => all + of(each), 0);
const wanted = instances * pieces * repositories.length;
const longest = Math.max(...told.map(({ longestMs }) => longestMs)) / 1000;
say(
  `${instances} instances read ${sum(({ read }) => read)} of ${wanted} lists in ${seconds} s; ${sum(({ failed }) => failed)} failed`,
);
say(`turned away ${sum(({ turnedAway }) => turnedAway)} times; the longest wait in one call ${longest.toFixed(1)} s`);
const good = sum(({ read }) => read) === wanted && sum(({ failed }) => failed) === 0 && longest <= 120;
process.exitCode = good ? 0 : 1;
