import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { millisecondsOf, readAppRoot, withSettings } from '../../local/host/host-settings.ts';
import { stateFolder } from './host-under-test.ts';

const folder = stateFolder();
after(() => folder.remove());

function appWith(hostJson: unknown): string {
  const src = path.join(folder.path, 'dist', 'src');
  mkdirSync(src, { recursive: true });
  writeFileSync(path.join(folder.path, 'host.json'), JSON.stringify(hostJson));
  return path.join(src, 'main.cjs');
}

test('host.json is found above the app, with the defaults of Azure and settings put in', () => {
  const app = appWith({ version: '2.0', extensions: { durableTask: { hubName: '%HUB%' }, somethingElse: {} } });
  const { folder: root, settings } = readAppRoot(app, { HUB: 'mine' });
  assert.equal(root, folder.path);
  assert.equal(settings.durableTask.hubName, 'mine');
  assert.deepEqual(settings.queues, {
    batchSize: 16,
    maxDequeueCount: 5,
    visibilityTimeout: 0,
    messageEncoding: 'base64',
  });
  assert.equal(settings.http.routePrefix, 'api');
});

test('functionTimeout is a time span; -1 and nothing mean no limit', () => {
  const limitOf = (functionTimeout?: string) =>
    readAppRoot(appWith({ version: '2.0', functionTimeout }), {}).functionTimeout;
  assert.deepEqual(limitOf('00:10:00'), { ms: 600_000, text: '00:10:00' });
  assert.deepEqual([limitOf('-1'), limitOf()], [undefined, undefined]);
  assert.throws(() => limitOf('ten minutes'), /functionTimeout/);
});

test('every fault of host.json is named', () => {
  const app = appWith({ version: '1.0', extensions: { queues: { batchSize: 99, visibilityTimeout: 'soon' } } });
  assert.throws(() => readAppRoot(app, {}), /host\.json[\s\S]*version[\s\S]*batchSize[\s\S]*visibilityTimeout/);
});

test('a setting that a binding needs and nobody gave is named', () => {
  assert.equal(withSettings('a-%X%-%Y%', { X: '1', Y: '2' }), 'a-1-2');
  assert.throws(() => withSettings('%MISSING%', {}), /MISSING is not set/);
});

test('time spans are read as .NET writes them', () => {
  assert.deepEqual(
    ['00:00:30', '1.00:00:00', '00:00:00.250', '01:30'].map(millisecondsOf),
    [30_000, 86_400_000, 250, 5_400_000],
  );
  assert.equal(millisecondsOf('30s'), undefined);
});
