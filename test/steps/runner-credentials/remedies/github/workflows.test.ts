import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GitHub } from '../../../../../src/connectors/github/index.ts';
import { failed, ok } from '../../../../../src/connectors/result.ts';
import type { Vendors } from '../../../../../src/connectors/vendors.ts';
import { remedyOf } from '../../../../../src/steps/define-remedy.ts';
import { disableWorkflow } from '../../../../../src/steps/runner-credentials/remedies/github/disable-workflow.ts';
import { handOverSchedule } from '../../../../../src/steps/runner-credentials/remedies/github/hand-over-schedule.ts';
import { removeDeployKey } from '../../../../../src/steps/runner-credentials/remedies/github/remove-deploy-key.ts';
import { DENIED, effectIn, gitHub, ID, placeIn, stateIn, vendors } from '../github-world.ts';

const TARGET = { organisation: 'acme', repository: 'pay', workflowId: 9, path: '.github/w.yml' };
const DISABLE = { kind: 'disable-workflow', ...TARGET, expected: { path: '.github/w.yml', runsAs: 7 } } as const;
const BY_FILE = { ...DISABLE, expected: { path: '.github/w.yml' } } as const;
const HAND_OVER = {
  kind: 'hand-over-schedule',
  ...{ ...TARGET, crons: ['0 3 * * *'] },
  expected: { path: '.github/w.yml', runsAs: 7 },
} as const;
const WORKFLOW = { id: 9, name: 'w', path: '.github/w.yml', state: 'active' };
const at = (latestScheduledRun: unknown, state = 'active') =>
  vendors({ getWorkflow: ok({ ...WORKFLOW, state }), latestScheduledRun });
const nobodySignsIn: Vendors = { github: gitHub({}, failed(DENIED)) as GitHub } as Vendors;

test('a workflow is read with whom it runs as, and that is asked only where it matters', async () => {
  const ran = ok({ actor: { id: 8 } });
  const image = (runsAs: number | null) => ({ ...WORKFLOW, runsAs });
  const path = '.github/w.yml';
  assert.deepEqual(
    await disableWorkflow.read(at(ran), DISABLE),
    ok({ state: 'present', image: image(8), now: { path, runsAs: 8 } }),
  );
  assert.deepEqual(
    await disableWorkflow.read(at(ok({ actor: null })), DISABLE),
    ok({ state: 'present', image: image(null), now: { path, runsAs: null } }),
  );
  assert.deepEqual(
    await disableWorkflow.read(at(failed(DENIED)), BY_FILE),
    ok({ state: 'present', image: image(null), now: { path } }),
  );
  assert.equal(stateIn(await disableWorkflow.read(at(failed(DENIED)), DISABLE)), 'denied');
  assert.equal(stateIn(await disableWorkflow.read(at(failed(DENIED), 'disabled_manually'), DISABLE)), 'gone');
  assert.equal(stateIn(await disableWorkflow.read(vendors({ getWorkflow: failed(DENIED) }), DISABLE)), 'denied');
});

test('a run that has begun goes on for thirty-five days', () => {
  assert.ok(disableWorkflow.livesOn !== 'nothing');
  assert.equal(disableWorkflow.livesOn(DISABLE).minutes, 50_400);
});

test('what stands in its place is not known where nobody signs in', async () => {
  assert.ok(disableWorkflow.restore.by === 'app' && removeDeployKey.restore.by === 'app');
  assert.equal(placeIn(await disableWorkflow.restore.look(nobodySignsIn, DISABLE)), 'denied');
  assert.equal(placeIn(await removeDeployKey.restore.look(nobodySignsIn, KEY)), 'denied');
});

test('a schedule is read before it is handed over, and what could not be asked is no answer', async () => {
  const { path } = TARGET;
  const read = (of: Vendors) => handOverSchedule.read(of, { ...HAND_OVER, crons: [...HAND_OVER.crons] });
  const present = (runsAs: number | null) =>
    ok({ state: 'present', image: { id: 9, name: 'w', path, runsAs }, now: { path, runsAs: 7 } });
  assert.deepEqual(await read(at(ok({ actor: { id: 7 } }))), present(7));
  assert.deepEqual(await read(at(ok({ actor: null }))), present(null));
  assert.deepEqual(await read(at(ok(undefined))), present(null));
  assert.equal(stateIn(await read(at(failed(DENIED)))), 'denied');
  assert.equal(stateIn(await read(vendors({ getWorkflow: failed(DENIED) }))), 'denied');
  assert.equal(stateIn(await read(nobodySignsIn)), 'denied');
});

test('nothing is proposed where nobody signs in, or for no line', async () => {
  const call = { ...HAND_OVER, crons: [...HAND_OVER.crons] };
  assert.equal(effectIn(await handOverSchedule.act(nobodySignsIn, call)), 'denied');
  assert.ok(!handOverSchedule.call.safeParse({ ...call, crons: [] }).success);
  assert.ok(handOverSchedule.call.safeParse({ ...call, crons: ['0 3 * * *', '0 4 * * *'] }).success);
});

const KEY = {
  kind: 'remove-deploy-key',
  ...{ organisation: 'acme', repository: 'pay', keyId: 3 },
  expected: { title: 'ci', readOnly: false, keySha256: 'ab' },
} as const;

test('a deploy key is told by what it may, and is the same key however its repository is written', () => {
  const what = 'Remove the deploy key ci (3), which writes to acme/pay.';
  assert.equal(remedyOf(removeDeployKey, ID, KEY, undefined).what, what);
  assert.ok(removeDeployKey.restore.by === 'app');
  const { same } = removeDeployKey.restore;
  assert.equal(same?.(KEY), 'acme/pay ab');
  assert.equal(same?.({ ...KEY, organisation: 'ACME', repository: 'Pay' }), 'acme/pay ab');
});
