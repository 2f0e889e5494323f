import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { build } from 'esbuild';
import { startHost } from '../../local/host/start-host.ts';
import { fixture, stateFolder } from './host-under-test.ts';

const folder = stateFolder();
after(() => folder.remove());

test('a CommonJS bundle that leaves only the worker’s module outside runs like its source', async () => {
  const app = path.join(folder.path, 'dist', 'main.cjs');
  await build({
    entryPoints: [fixture('program')],
    outfile: app,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['@azure/functions-core'],
    logLevel: 'error',
  });
  copyFileSync(path.join(path.dirname(fixture('program')), 'host.json'), path.join(folder.path, 'host.json'));
  const host = await startHost({ app, stateDir: path.join(folder.path, 'state'), settings: {} });
  after(() => host.stop());
  const steps = [
    {
      kind: 'together',
      steps: [
        { kind: 'activity', value: 1 },
        { kind: 'activity', value: 2 },
      ],
    },
  ];
  host.engine.start({ name: 'program', instanceId: 'bundled', input: JSON.stringify(steps) });
  await host.idle();
  assert.equal(host.engine.instance('bundled')?.output, '[[1,2]]');
});
