import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';

const ROOT = resolve(import.meta.dirname, '../..');

/** One line each that reads a clock, chance, the process or the network. */
const BANNED = [
  'export const a = new Date();',
  'export const a = new Date;',
  'export const a = Date();',
  'export const a = Date.now();',
  'export const a = [1].map(Date.now);',
  'export const Clock = Date;',
  'export const { now } = Date;',
  'export const a = Math.random();',
  'export const { random } = Math;',
  'export const a = performance.now();',
  'export const a = crypto.randomUUID();',
  'export const a = crypto.getRandomValues(new Uint8Array(8));',
  'export const a = globalThis.crypto;',
  'export const a = self.crypto;',
  'import { randomBytes } from "node:crypto"; export const a = randomBytes(8);',
  'import { randomUUID as id } from "node:crypto"; export const a = id();',
  'import * as all from "node:crypto"; export const a = all;',
  'import whole from "node:crypto"; export const a = whole;',
  'export const a = process.env;',
  'export const a = process.hrtime();',
  'export const a = fetch("https://example.com");',
  'export const a = setTimeout(String, 1);',
  'export const a = setInterval(String, 1);',
  'export const a = setImmediate(String);',
  'console.log("seen");',
];

/** What looks like it and is not. */
const ALLOWED = [
  'export const a = (instant: string): Date => new Date(instant);',
  'export const a = Date.parse("2026-11-02T00:00:00Z");',
  'export const a = Math.max(1, 2);',
  'export const a = (each: unknown): boolean => each instanceof Date;',
  'import { createHash } from "node:crypto"; export const a = createHash("sha256");',
];

/** Every folder of code that is replayed, or that is rules over plain data. */
const FOLDERS = [
  'orchestrations',
  'orchestrations/lib',
  'orchestrations/phases',
  'src/shapes',
  'src/people',
  'src/cases',
  'src/credentials/detector',
  'src/ingestion',
  'src/sweep',
  'src/permissions',
  'src/steps',
  'src/steps/a-step/rules',
  'src/steps/a-step/remedies',
  'src/intake/rules',
];

describe('lint refuses a clock, chance, the process and I/O', () => {
  let house: string;
  let refused: ReadonlySet<string>;
  before(async () => {
    house = await realpath(await mkdtemp(join(tmpdir(), 'bans-')));
    await cp(join(ROOT, 'biome.json'), join(house, 'biome.json'));
    await cp(join(ROOT, 'scripts/lint'), join(house, 'scripts/lint'), { recursive: true });
    for (const folder of [...FOLDERS, 'activities']) {
      for (const [kind, lines] of Object.entries({ banned: BANNED, allowed: ALLOWED })) {
        for (const [index, line] of lines.entries()) await write(`${folder}/${kind}-${index}.ts`, line);
      }
    }
    refused = await filesRefusedIn(house);
  });
  after(() => rm(house, { recursive: true, force: true }));

  async function write(file: string, line: string): Promise<void> {
    await mkdir(dirname(join(house, file)), { recursive: true });
    await writeFile(join(house, file), `${line}\n`);
  }

  for (const folder of FOLDERS) {
    test(`in ${folder}`, () => {
      const passed = BANNED.filter((_, index) => !refused.has(`${folder}/banned-${index}.ts`));
      assert.deepEqual(passed, []);
      const wronged = ALLOWED.filter((_, index) => refused.has(`${folder}/allowed-${index}.ts`));
      assert.deepEqual(wronged, []);
    });
  }
  test('and not where vendors are called', () => {
    assert.deepEqual(
      [...refused].filter((file) => file.startsWith('activities/')),
      [],
    );
  });
});

/** Every file about which Biome, with the house's rules, says an error. */
function filesRefusedIn(cwd: string): Promise<ReadonlySet<string>> {
  const args = ['lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none', '.'];
  return new Promise((found, reject) => {
    execFile(join(ROOT, 'node_modules/.bin/biome'), args, { cwd, maxBuffer: 64 * 1_048_576 }, (_, stdout, stderr) => {
      const files = [...stdout.matchAll(/^::error .*?\bfile=([^,]+),/gm)].map(([, file = '']) => relative(cwd, file));
      if (files.length > 0) found(new Set(files));
      else reject(new Error(stderr));
    });
  });
}
