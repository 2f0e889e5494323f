import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { NO_SCOPE } from '../../activities/case/person/identify-leaver.ts';
import { DISCOVER } from '../../activities/phases.ts';
import type { DiscoverUnitInput } from '../../orchestrations/discover-unit.ts';
import type { Unit } from '../../src/cases/discovery.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import type { StepResults } from '../../src/cases/step-result.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import type { Oid } from '../../src/people/oid.ts';
import { world } from '../host/fixtures/discovery/world.ts';
import { hostUnderTest, outputOf } from '../host/host-under-test.ts';

const host = await hostUnderTest('discovery');
after(() => host.stop());

const leaver: Leaver = { oid: '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35' as Oid, state: 'active', github: [], devops: [] };
const policy = { attempts: 1, retryDelayMs: 1_000, window: 20, verifyIntervalMs: 1, verifyDeadlineMs: 1 };
const ref = { container: 'work', name: 'x', sha256: '0'.repeat(64), bytes: 1 } as const;
let asked: { activity: string; input: { readonly [field: string]: unknown } }[] = [];
beforeEach(() => {
  asked = [];
});

/** Every activity answers with a part of its step, and with what the test says besides; `undefined` breaks it. */
function answering(more: (activity: string, input: { readonly [field: string]: unknown }) => object | undefined): void {
  world.answer = (activity, input) => {
    asked.push({ activity, input });
    const also = more(activity, input);
    if (also === undefined) throw new Error('Timeout value of 00:30:00 exceeded by function');
    const step = Object.entries(DISCOVER).find(([, { activities }]) =>
      activities.some(({ name }) => name === activity),
    );
    return { ok: true, value: { step: step?.[0], ref, findings: 0, coverage: 'complete', ...also } };
  };
}

async function discovered(step: DiscoverUnitInput['step'], unit: Unit | undefined): Promise<StepResults> {
  assert.ok(unit);
  const caseId = makeCaseId(leaver.oid, 1);
  const input: DiscoverUnitInput = { caseId, leaver, scope: NO_SCOPE, step, unit, policy };
  const answer = outputOf(await host.finish('discoverUnit', input)) as { ok: boolean; value: StepResults };
  assert.equal(answer.ok, true);
  return answer.value;
}

const stepsOf = (all: readonly { readonly step: string }[]): string[] => all.map(({ step }) => step);

test('a step that comes after another gets what that one hands on', async () => {
  const relatedPrincipals = [{ oid: leaver.oid, name: 'id-etl' }];
  answering((activity) => (activity === 'discoverFederatedCredentials' ? { handsOn: { relatedPrincipals } } : {}));
  const [unit] = DISCOVER['federated-credentials'].units(NO_SCOPE, undefined);
  const { parts, crashed } = await discovered('federated-credentials', unit);
  assert.deepEqual([stepsOf(parts), crashed], [['federated-credentials', 'activity-audit', 'activity-audit'], []]);
  assert.deepEqual(asked[1]?.input, { caseId: makeCaseId(leaver.oid, 1), leaver, relatedPrincipals });
  assert.ok(parts.every((part) => !('handsOn' in part)));
});

test('a step that comes after one that broke runs all the same, and only the broken one is marked', async () => {
  answering((activity) => (activity === 'discoverFederatedCredentials' ? undefined : {}));
  const [unit] = DISCOVER['federated-credentials'].units(NO_SCOPE, undefined);
  const { parts, crashed } = await discovered('federated-credentials', unit);
  assert.deepEqual(
    [stepsOf(parts), stepsOf(crashed)],
    [['activity-audit', 'activity-audit'], ['federated-credentials']],
  );
});

test('what a unit names is run, a window of it in flight, and one that breaks takes nothing from the others', async () => {
  const batches = Array.from({ length: 45 }, (_, batch) => ({ activity: 'scanRepositories', input: { batch } }));
  let inFlight = 0;
  let most = 0;
  answering((activity) => (activity === 'listRepositories' ? { more: batches } : {}));
  const { answer } = world;
  world.answer = async (activity, input) => {
    inFlight += 1;
    most = Math.max(most, inFlight);
    await new Promise(setImmediate);
    inFlight -= 1;
    if (input.batch === 7) throw new Error('the worker was lost');
    return answer(activity, input);
  };
  const { parts, crashed } = await discovered('runner-credentials', { activity: 'listRepositories', input: {} });
  assert.equal(parts.length, 1 + 44);
  assert.deepEqual(stepsOf(crashed), ['runner-credentials']);
  assert.ok(most <= policy.window, `${most} in flight`);
  assert.ok(parts.every((part) => !('more' in part)));
});

test('a unit whose activity is not the step’s is a failure of the step', async () => {
  answering(() => ({}));
  const caseId = makeCaseId(leaver.oid, 1);
  const unit = { activity: 'closeCase', input: {} };
  const row = await host.finish('discoverUnit', { caseId, leaver, scope: NO_SCOPE, step: 'consent', unit, policy });
  const { ok, error } = outputOf(row) as { ok: boolean; error?: { message: string } };
  assert.equal(ok, false);
  assert.match(error?.message ?? '', /closeCase is no activity of the step consent/);
  assert.deepEqual(asked, []);
});

test('a unit that stands in line for a vendor’s budget is asked until it has its turn, however few attempts there are', async () => {
  let turns = 0;
  answering((activity) => {
    if (activity !== 'scanDevOps') return {};
    turns += 1;
    return turns < 6 ? { tryAgainAfterMs: 1, queued: true, coverage: 'unavailable' } : {};
  });
  const unit = { activity: 'scanDevOps', input: {} };
  const caseId = makeCaseId(leaver.oid, 1);
  const soon = { ...policy, retryDelayMs: 1 };
  const row = await host.finish('discoverUnit', {
    caseId,
    leaver,
    scope: NO_SCOPE,
    step: 'runner-credentials',
    unit,
    policy: soon,
  });
  const { value } = outputOf(row) as { value: StepResults };
  assert.deepEqual([turns, value.parts.map(({ coverage }) => coverage)], [6, ['complete']]);
});
