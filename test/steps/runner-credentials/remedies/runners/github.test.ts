import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failed, ok, type VendorFailure } from '../../../../../src/connectors/result.ts';
import { remedyOf } from '../../../../../src/steps/define-remedy.ts';
import {
  cancelJobsOn,
  refusedTogether,
} from '../../../../../src/steps/runner-credentials/remedies/github/cancel-jobs.ts';
import { removeRunner } from '../../../../../src/steps/runner-credentials/remedies/github/remove-runner.ts';
import { DENIED, DONE, effectIn, ID, NOT_FOUND, nowIn, organisation, stateIn, vendors } from '../github-world.ts';

describe('a runner', () => {
  const call = {
    kind: 'remove-runner',
    organisation: 'acme',
    repository: 'pay',
    runnerId: 3,
    name: 'laptop',
    expected: { name: 'laptop', os: 'linux' },
  } as const;
  const listed = { name: 'laptop', os: 'linux', status: 'online', labels: [], busy: true };
  const on = (runnerId: number, status = 'in_progress') => ({ items: [{ runnerId, status }] });

  test('is removed after what runs on it was cancelled, and a job goes on for five days at the most', () => {
    const { what, undo, risk } = remedyOf(removeRunner, ID, call, undefined);
    assert.equal(
      what,
      'Remove the self-hosted runner laptop (3) from acme/pay; what runs on it then is cancelled first.',
    );
    assert.match(undo, /^By hand: Register the machine again/);
    assert.equal(risk, 'disruptive');
    assert.equal(removeRunner.livesOn !== 'nothing' && removeRunner.livesOn(call).minutes, 7200);
  });

  test('that was set up anew under its number shows other facts', async () => {
    const read = (answer: unknown) => removeRunner.read(vendors({ getRunner: answer }), call);
    assert.deepEqual(nowIn(await read(ok(listed))), call.expected);
    assert.deepEqual(nowIn(await read(ok({ ...listed, os: 'macOS' }))), { name: 'laptop', os: 'macOS' });
    assert.equal(stateIn(await read(failed(NOT_FOUND))), 'gone');
  });

  test('only runs with a job on it are cancelled, and what was refused is told', async () => {
    const jobs: Record<number, object> = { 1: on(3), 2: on(4), 3: on(3, 'completed') };
    const there = (cancel: unknown) =>
      organisation({
        runsInProgress: { items: [{ id: 1 }, { id: 2 }, { id: 3 }] },
        jobsOfRun: (_: unknown, id: number) => jobs[id],
        cancelRun: cancel,
      });
    const place = { organisation: 'acme', repository: 'pay' };
    assert.deepEqual(await cancelJobsOn(there(DONE), place, 3), { cancelled: 1, refused: [] });
    assert.deepEqual(await cancelJobsOn(there(failed(DENIED)), place, 3), { cancelled: 0, refused: [DENIED] });
  });

  test('of an organisation is looked for in its repositories that are not archived', async () => {
    const asked: unknown[] = [];
    const there = organisation({
      listOrganisationRepositories: {
        items: ['old', 'new'].map((name) => ({ name, archived: name === 'old', changedAt: '2026-01-01' })),
        failure: DENIED,
      },
      runsInProgress: ({ repository }: { repository: string }) => {
        asked.push(repository);
        return { items: [] };
      },
    });
    assert.deepEqual(await cancelJobsOn(there, { organisation: 'acme' }, 3), { cancelled: 0, refused: [DENIED] });
    assert.deepEqual(asked, ['new']);
  });

  test('that still works after a refusal is not removed', async () => {
    const deleted: unknown[] = [];
    const at = (cancel: unknown, busy: boolean) =>
      vendors({
        getRunner: ok({ ...listed, busy }),
        runsInProgress: { items: [{ id: 1 }] },
        jobsOfRun: on(3),
        cancelRun: cancel,
        deleteRunner: (...given: unknown[]) => {
          deleted.push(given);
          return DONE;
        },
      });
    assert.equal(effectIn(await removeRunner.act(at(failed(DENIED), true), call)), 'denied');
    assert.deepEqual(deleted, []);
    assert.equal(effectIn(await removeRunner.act(at(failed(DENIED), false), call)), 'done');
    assert.equal(effectIn(await removeRunner.act(at(DONE, true), call)), 'done');
    assert.equal(deleted.length, 2);
  });

  test('all refusals are told as one, by what a person has to mend', () => {
    assert.equal(refusedTogether([]), undefined);
    const gone: VendorFailure = { kind: 'unavailable', tryAgainAfterMs: 0, message: 'Nobody answers.' };
    const worst = refusedTogether([gone, DENIED]);
    assert.equal(worst?.kind, 'denied');
    assert.match(
      worst?.message ?? '',
      /^You may not\. 1 other question or cancellation failed as well\. The runner still works/,
    );
  });
});
