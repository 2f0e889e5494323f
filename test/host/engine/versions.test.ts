import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { virtualClock } from '../../../local/host/engine/clock.ts';
import { createEngine } from '../../../local/host/engine/engine.ts';
import { Store } from '../../../local/host/engine/storage/store.ts';
import { compareVersions, versionMatches } from '../../../local/host/engine/versions.ts';
import { installFunctionsCore } from '../../../local/host/functions-core.ts';
import { readAppRoot } from '../../../local/host/host-settings.ts';
import { createInvoker } from '../../../local/host/invoker.ts';
import { loadApp } from '../../../local/host/registry.ts';
import { fc } from '../../support/properties.ts';
import { fixture, stateFolder } from '../host-under-test.ts';

for (const [left, right, expected] of [
  ['1.0', '1.0', 0],
  ['1.2', '1.10', -1],
  ['2.0', '1.9.9', 1],
  ['1.0', '1.0.0', -1],
  [null, '1.0', -1],
  ['1.0', '', 1],
  [null, '', 0],
  ['blue', 'Green', -1],
] as const) {
  test(`version ${left} is ${['older than', 'equal to', 'newer than'][expected + 1]} ${right}`, () => {
    assert.equal(compareVersions(left, right), expected);
  });
}

test('of two versions one is older, whichever way they are compared', () => {
  const version = fc.tuple(fc.nat(20), fc.nat(20)).map((parts) => parts.join('.'));
  fc.assert(fc.property(version, version, (a, b) => compareVersions(a, b) === -compareVersions(b, a)));
});

test('each strategy says which versions it runs', () => {
  const runs = (strategy: 'None' | 'Strict' | 'CurrentOrOlder') =>
    ['1.0', '2.0', '3.0'].filter((theirs) => versionMatches(strategy, theirs, '2.0'));
  assert.deepEqual(
    [runs('None'), runs('Strict'), runs('CurrentOrOlder')],
    [['1.0', '2.0', '3.0'], ['2.0'], ['1.0', '2.0']],
  );
});

test('with the failure strategy Fail an instance of a newer version fails', async () => {
  const log = (): void => undefined;
  installFunctionsCore(log);
  const state = stateFolder();
  const store = new Store(state.path);
  const app = await loadApp(fixture('durable'));
  const { durableTask } = readAppRoot(fixture('durable'), {}).settings;
  const engine = createEngine({
    app,
    store,
    clock: virtualClock(),
    invoke: createInvoker({ app, log, inputBinding: () => undefined }),
    log,
    settings: { ...durableTask, versionFailureStrategy: 'Fail' },
    determinism: 'strict',
  });
  after(async () => {
    await engine.stop(0);
    store.close();
    state.remove();
  });
  engine.run();
  engine.start({ name: 'sum', instanceId: 'newer', version: '9.0', input: '[1]' });
  await engine.idle();
  const row = engine.instance('newer');
  assert.equal(row?.status, 'Failed');
  assert.match(row?.output ?? '', /has version '9.0', this app '1.2'/);
});
