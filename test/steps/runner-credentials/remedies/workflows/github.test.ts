import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failed, ok } from '../../../../../src/connectors/result.ts';
import type { Vendors } from '../../../../../src/connectors/vendors.ts';
import { remedyOf } from '../../../../../src/steps/define-remedy.ts';
import { disableWorkflow } from '../../../../../src/steps/runner-credentials/remedies/github/disable-workflow.ts';
import { handOverSchedule } from '../../../../../src/steps/runner-credentials/remedies/github/hand-over-schedule.ts';
import { DENIED, DONE, ID, NOT_FOUND, nowIn, placeIn, stateIn, vendors } from '../github-world.ts';

describe('a workflow', () => {
  const call = {
    kind: 'disable-workflow',
    organisation: 'acme',
    repository: 'pay',
    workflowId: 9,
    path: '.github/w.yml',
    expected: { path: '.github/w.yml', runsAs: 7 },
  } as const;
  const workflow = { id: 9, name: 'w', path: '.github/w.yml', state: 'active' };
  const running = (as: number | null | undefined, state = 'active') =>
    vendors({
      getWorkflow: ok({ ...workflow, state }),
      latestScheduledRun: ok(as === undefined ? undefined : { actor: as === null ? null : { id: as } }),
    });

  test('is told by its file and by whom its schedule runs as, and is gone where it is not active', async () => {
    assert.equal(
      remedyOf(disableWorkflow, ID, call, undefined).what,
      'Disable the workflow .github/w.yml of acme/pay.',
    );
    assert.deepEqual(nowIn(await disableWorkflow.read(running(7), call)), call.expected);
    assert.deepEqual(nowIn(await disableWorkflow.read(running(8), call)), { ...call.expected, runsAs: 8 });
    assert.deepEqual(nowIn(await disableWorkflow.read(running(undefined), call)), { ...call.expected, runsAs: null });
    assert.equal(stateIn(await disableWorkflow.read(running(7, 'disabled_manually'), call)), 'gone');
    const { runsAs: _, ...byFile } = call.expected;
    assert.deepEqual(nowIn(await disableWorkflow.read(running(8), { ...call, expected: byFile })), byFile);
  });

  test('is enabled again where it is the same file', async () => {
    const { restore } = disableWorkflow;
    assert.ok(restore.by === 'app');
    const look = async (answer: unknown) => placeIn(await restore.look(vendors({ getWorkflow: answer }), call));
    assert.equal(await look(ok({ ...workflow, state: 'disabled_manually' })), 'free');
    assert.equal(await look(ok(workflow)), 'back');
    assert.equal(await look(ok({ ...workflow, path: 'other.yml' })), 'other');
    assert.equal(await look(failed(NOT_FOUND)), 'other');
    assert.equal(await look(failed(DENIED)), 'denied');
  });

  const takeOver = {
    kind: 'hand-over-schedule',
    organisation: 'acme',
    repository: 'pay',
    workflowId: 9,
    path: '.github/w.yml',
    crons: ['0 3 * * *'],
    expected: { path: '.github/w.yml', runsAs: 7 },
  } as const;
  const taking = { ...takeOver, crons: [...takeOver.crons] };
  test('is taken over where its run has another actor, or it runs no more', async () => {
    const { what, risk, undo } = remedyOf(handOverSchedule, ID, taking, undefined);
    assert.match(
      what,
      /^Open a pull request in acme\/pay that writes the cron line of \.github\/w\.yml in another form/,
    );
    assert.equal(risk, 'disruptive', 'it is one of two ways, and a person chooses');
    assert.match(undo, /^By hand: Close the pull request/);
    const read = async (of: Vendors) => stateIn(await handOverSchedule.read(of, taking));
    assert.equal(await read(running(7)), 'present');
    assert.equal(await read(running(undefined)), 'present');
    assert.equal(await read(running(8)), 'gone');
    assert.equal(await read(running(7, 'disabled_manually')), 'gone');
    assert.equal(await read(vendors({ getWorkflow: failed(NOT_FOUND) })), 'gone');
  });

  test('is changed in no more than the form of its cron line, on the same branch each time', async () => {
    const proposed: { branch: string; change: (text: string) => string | undefined; body: string }[] = [];
    const proposeChange = (_: unknown, change: (typeof proposed)[number]) => {
      proposed.push(change);
      return DONE;
    };
    await handOverSchedule.act(vendors({ proposeChange }), taking);
    await handOverSchedule.act(vendors({ proposeChange }), taking);
    const [one, other] = proposed;
    assert.equal(one?.branch, other?.branch);
    assert.match(one?.branch ?? '', /^offboarding\/take-over-[0-9a-f]{12}$/);
    assert.equal(
      one?.change("on:\n  schedule:\n    - cron: '0 3 * * *'\n"),
      "on:\n  schedule:\n    - cron: '0 3 * 1-12 *'\n",
    );
    assert.doesNotMatch(one?.body ?? '', /alice|7/, 'it names nobody');
  });
});
