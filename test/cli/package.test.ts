import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const folder = mkdtempSync(path.join(tmpdir(), 'cli-package-'));
after(() => rmSync(folder, { recursive: true }));

test('the types of the API are those of its contract', () => {
  const sha256 = createHash('sha256').update(read('docs/openapi.json')).digest('hex');
  const [first = ''] = read('cli/api/schema.d.ts').split('\n');
  assert.ok(first.includes(sha256), 'cli/api/schema.d.ts is of another contract: npm run write:api-types');
});

test('the CLI has the version of the app', () => {
  const versionOf = (file: string): unknown => (JSON.parse(read(file)) as { version: unknown }).version;
  assert.equal(versionOf('cli/package.json'), versionOf('package.json'));
});

test('the packed file runs in a clean folder, with nothing but Node beside it', async () => {
  const npm = (args: readonly string[], cwd: string): string =>
    execFileSync('npm', args, {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, npm_config_cache: path.join(folder, 'cache') },
    });
  execFileSync(process.execPath, [path.join(root, 'scripts/build/build-cli.ts')], { cwd: root });
  const [packed] = npm(['pack', '--silent', '--pack-destination', folder], path.join(root, 'cli')).trim().split('\n');
  assert.ok(packed);
  npm(['install', '--offline', '--no-audit', '--no-fund', '--prefix', folder, path.join(folder, packed)], folder);
  // A PATH without Azure CLI.
  const env = { PATH: folder, HOME: folder };
  const bin = path.join(folder, 'node_modules/.bin/offboard');
  const run = (...args: string[]) =>
    new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
      execFile(process.execPath, [bin, ...args], { cwd: folder, env }, (error, out, err) =>
        resolve({ code: error?.code ?? 0, out, err }),
      );
    });
  const help = await run('--help');
  assert.deepEqual([help.code, help.err], [0, '']);
  assert.match(help.out, /^offboard <command>/);
  assert.match((await run('--version')).out, /^\d+\.\d+\.\d+\n$/);
  const usage = await run('case', 'open');
  assert.deepEqual([usage.code, usage.out], [2, '']);
  // What is read when it is needed is there: signing in.
  const settings = {
    tenantId: 'a0000000-0000-4000-8000-000000000001',
    authority: 'https://login.example',
    resource: 'api://x',
  };
  const app = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(settings)),
  );
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  after(() => app.close());
  const signedOut = await run('whoami', '--url', `http://127.0.0.1:${(app.address() as AddressInfo).port}`);
  assert.deepEqual([signedOut.code, signedOut.out], [4, '']);
  assert.match(signedOut.err, /^offboard: You are not signed in\.\n {2}Azure CLI: /);
});
