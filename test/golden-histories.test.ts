import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { ACTIVITIES } from '../activities/index.ts';
import { type VirtualClock, virtualClock } from '../local/host/engine/clock.ts';
import { createEngine, type Engine } from '../local/host/engine/engine.ts';
import type { EpisodeParts } from '../local/host/engine/replay/episode.ts';
import { EVENT, type HistoryEvent } from '../local/host/engine/replay/history.ts';
import { TERMINAL } from '../local/host/engine/storage/instance-row.ts';
import { Store } from '../local/host/engine/storage/store.ts';
import { compareVersions } from '../local/host/engine/versions.ts';
import { installFunctionsCore } from '../local/host/functions-core.ts';
import { readAppRoot } from '../local/host/host-settings.ts';
import { createInvoker } from '../local/host/invoker.ts';
import { functionNamed, loadApp } from '../local/host/registry.ts';
import { gate, stateFolder } from './host/host-under-test.ts';
import { answers, resultsIn } from './support/golden/answers.ts';
import { currentVersion, type RecordedInstance, readRecordings } from './support/golden/recording.ts';
import { firstDifference } from './support/golden/replay-recording.ts';
import { shapeFaults } from './support/golden/shape-faults.ts';

const APP = `${import.meta.dirname}/support/golden/fixtures/app.ts`;
const log = (): void => undefined;
installFunctionsCore(log);
const app = await loadApp(APP);
const invoke = createInvoker({ app, log, inputBinding: () => undefined });
const recordings = readRecordings();

/** What was decided is compared by the test, inputs included; the engine looks at what Azure looks at. */
const parts: EpisodeParts = {
  invoke,
  determinism: 'names',
  orchestrator: (name) => functionNamed(app, name),
  refuse: (_kind, name) =>
    functionNamed(app, name) === undefined ? `there is no function '${name}' any more` : undefined,
};

const BREAKS =
  'This change would break cases in flight. Keep the old way where context.df.version is an older one, and raise ' +
  'defaultVersion in host.json for the new way (CONTRIBUTING.md, "Orchestrations have versions"). What a new step ' +
  'does is kept out of older cases by its `since` in activities/phases.ts.';
const RECORD =
  'Raise defaultVersion in host.json if that version was released, and record: npx node scripts/record-histories.ts ' +
  '(with --replace where its folder in test/golden/ is there already).';

async function assertReplays(instance: RecordedInstance): Promise<void> {
  const difference = await firstDifference(parts, instance);
  if (difference === undefined) return;
  const { recorded, today } = difference;
  const names = (decision: typeof today): string => decision.decided.map(({ what }) => what).join(', ') || 'nothing';
  const where = `${instance.instanceId} of version ${instance.version}, at ${recorded.at}`;
  assert.equal(
    names(today),
    names(recorded),
    `${where}: it decided ${names(recorded)}, today's code ${names(today)}. ${BREAKS}`,
  );
  assert.deepEqual(today.decided, recorded.decided, `${where}: another input, time or result. ${BREAKS}`);
}

describe('today’s code takes up, at every moment of its life,', () => {
  for (const { file, recording } of recordings) {
    test(`${recording.title} (${file})`, async () => {
      for (const instance of recording.instances) await assertReplays(instance);
    });
  }
});

describe('today’s code understands every input and every result of', () => {
  for (const { file, recording } of recordings) {
    test(`${recording.title} (${file})`, () => {
      for (const instance of recording.instances)
        assert.deepEqual(shapeFaults(instance), [], `${instance.instanceId}. ${BREAKS}`);
    });
  }
});

test('every orchestration, every kind of wait and the version of host.json are in the recordings', () => {
  const instances = recordings.flatMap(({ recording }) => recording.instances);
  const orchestrators = [...app.functions.values()].filter(({ triggerType }) => triggerType === 'orchestrationtrigger');
  assert.deepEqual(
    [...new Set(instances.map(({ name }) => name))].sort(),
    orchestrators.map(({ name }) => name).sort(),
    `The recordings lack an orchestration, or have one that is gone. ${RECORD}`,
  );
  const events = instances.flatMap((instance) => instance.events);
  for (const kind of [EVENT.timerFired, EVENT.taskFailed, EVENT.subOrchestrationFailed, EVENT.executionTerminated])
    assert.ok(
      events.some(({ EventType }) => EventType === kind),
      `no event of kind ${kind}`,
    );
  const ends = events.flatMap((each) =>
    each.EventType === EVENT.executionCompleted ? [each.OrchestrationStatus] : [],
  );
  assert.deepEqual([...new Set(ends)].sort(), ['Completed', 'Failed', 'Terminated']);
  const versions = [...new Set(instances.map(({ version }) => version))].sort(compareVersions);
  assert.equal(versions.at(-1), currentVersion(), `host.json has a version that is not recorded. ${RECORD}`);
  const called = new Set(events.flatMap((each) => (each.EventType === EVENT.taskScheduled ? [each.Name] : [])));
  const known = ACTIVITIES.map(({ name }) => name);
  const unrecorded = known.filter((name) => !called.has(name));
  assert.deepEqual(unrecorded, [], `Of these activities there is no recording: ${unrecorded.join(', ')}. ${RECORD}`);
  const gone = [...called].filter((name) => !known.includes(name));
  assert.deepEqual(gone, [], `Recorded cases call ${gone.join(', ')}, which is gone. ${BREAKS}`);
  for (const { file, recording } of recordings)
    for (const { version } of recording.instances) assert.equal(version, file.split('/')[0]);
});

describe('a change that would break cases in flight is noticed:', () => {
  const apply = recordings.find(({ file }) => file.endsWith('apply.jsonl'))?.recording.instances[0];
  assert.ok(apply);
  const changed = (change: (event: HistoryEvent) => HistoryEvent[]): RecordedInstance => ({
    ...apply,
    events: apply.events.flatMap(change),
  });
  const renamed = (from: string, to: string) => (event: HistoryEvent) =>
    event.EventType === EVENT.taskScheduled && event.Name === from ? [{ ...event, Name: to }] : [event];

  test('another activity in a place', async () => {
    await assert.rejects(
      assertReplays(changed(renamed('makePlan', 'makePlans'))),
      /it decided makePlans, today's code makePlan\. This/,
    );
  });
  const fieldRenamed = (from: string, to: string) => (event: HistoryEvent) => {
    const text = JSON.stringify(event);
    assert.ok(!text.includes(`\\"${to}\\"`));
    return [JSON.parse(text.replaceAll(`\\"${from}\\"`, `\\"${to}\\"`)) as HistoryEvent];
  };
  test('a field of an input or a result that has another name', () => {
    for (const field of ['remedyId', 'verifyDeadlineMs', 'nextSteps', 'steps'])
      assert.notDeepEqual(shapeFaults(changed(fieldRenamed(field, 'another'))), [], field);
  });
  test('another input of the same activity', async () => {
    const edited = (event: HistoryEvent) =>
      event.EventType === EVENT.taskScheduled && event.Name === 'applyRemedy'
        ? [{ ...event, Input: event.Input.replace(/R-[0-9a-f]{12}/, 'R-000000000000') }]
        : [event];
    await assert.rejects(assertReplays(changed(edited)), /another input, time or result/);
  });
  test('a step more', async () => {
    const without = (event: HistoryEvent) =>
      event.EventType === EVENT.taskScheduled && event.Name === 'verifyCase' ? [] : [event];
    await assert.rejects(assertReplays(changed(without)), /today's code verifyCase/);
  });
  test('an orchestration that is gone', async () => {
    await assert.rejects(assertReplays({ ...apply, name: 'offboardLeavers' }), /'offboardLeavers' doesn't exist/);
  });
});

/** The product's orchestrations on a task hub, as the app of one version. */
function appOfVersion(store: Store, clock: VirtualClock, defaultVersion: string): Engine {
  const { durableTask } = readAppRoot(APP, { TASK_HUB_NAME: 'hub' }).settings;
  const settings = { ...durableTask, defaultVersion };
  const engine = createEngine({ app, store, clock, invoke, log, settings, determinism: 'strict' });
  engine.run();
  return engine;
}

test('a case that is in flight while the app is upgraded finishes as the version that it began as', async () => {
  const { recording } = recordings.find(({ file }) => file === '1.0/apply.jsonl') ?? {};
  const whole = recording?.instances[0];
  assert.ok(recording !== undefined && whole !== undefined);
  const results = resultsIn(recording);
  const { passed, open } = gate();
  let reached = (): void => undefined;
  const inFlight = new Promise<void>((resolve) => {
    reached = resolve;
  });
  answers.of = (activity) => {
    const left = results.get(activity) ?? [];
    // The last one stays: what was running when the app stopped runs again.
    const next = left.length > 1 ? left.shift() : left[0];
    if (activity !== 'discoverFederatedCredentials') return next;
    reached();
    return passed.then(() => next);
  };
  const state = stateFolder();
  const store = new Store(state.path);
  after(() => {
    store.close();
    state.remove();
  });
  const clock = virtualClock();
  const started = whole.events.find(({ EventType }) => EventType === EVENT.executionStarted);
  const input = started?.EventType === EVENT.executionStarted ? started.Input : null;

  const old = appOfVersion(store, clock, '1.0');
  old.start({ name: whole.name, instanceId: 'upgraded', input });
  await inFlight;
  await old.stop(0);

  const upgraded = appOfVersion(store, clock, '2.0');
  open();
  for (let turn = 0; turn < 100; turn += 1) {
    await upgraded.idle();
    if (TERMINAL.has(upgraded.instance('upgraded')?.status ?? 'Running')) break;
    clock.advanceToNextTimer();
  }
  const row = upgraded.instance('upgraded');
  assert.equal(row?.status, 'Completed', row?.output ?? '');
  assert.equal(row?.version, '1.0');
  await upgraded.stop(0);

  // The way back: what the new version started waits for an app that may run it, and is not broken by the old one.
  store.deleteInstance('upgraded');
  const rolledBack = appOfVersion(store, clock, '1.0');
  rolledBack.start({ name: 'sweep', instanceId: 'newer', version: '2.0', input: '{}' });
  await rolledBack.idle();
  assert.equal(rolledBack.instance('newer')?.status, 'Pending');
  await rolledBack.stop(0);
});

test('no history tells in which folder of which machine it was recorded', () => {
  for (const { file, recording } of recordings) {
    assert.doesNotMatch(JSON.stringify(recording), /file:\/\/\/(?!app\/)/, file);
  }
});
