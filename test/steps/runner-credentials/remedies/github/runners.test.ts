import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../../../src/cases/finding.ts';
import { failed, ok, type VendorFailure } from '../../../../../src/connectors/result.ts';
import { remedyOf } from '../../../../../src/steps/define-remedy.ts';
import {
  cancelJobsOn,
  refusedTogether,
} from '../../../../../src/steps/runner-credentials/remedies/github/cancel-jobs.ts';
import { removeRunner } from '../../../../../src/steps/runner-credentials/remedies/github/remove-runner.ts';
import { DENIED, DONE, effectIn, ID, NOT_FOUND, organisation, vendors } from '../github-world.ts';

const IN_ORGANISATION = {
  kind: 'remove-runner',
  ...{ organisation: 'acme', runnerId: 3, name: 'laptop' },
  expected: { name: 'laptop', os: 'linux' },
} as const;
const IN_REPOSITORY = { ...IN_ORGANISATION, repository: 'pay' } as const;
const RUNNER = {
  name: 'laptop',
  os: 'linux',
  status: 'online',
  busy: false,
  labels: [{ name: 'gpu', type: 'custom' }],
};
const UNAVAILABLE: VendorFailure = { kind: 'unavailable', tryAgainAfterMs: 0, message: 'Nobody answers.' };

test('what removing a runner takes depends on where it is registered', () => {
  const { permissions } = removeRunner;
  assert.ok('bySort' in permissions);
  const takes = (call: Parameters<typeof permissions.sortOf>[0]) =>
    permissions.bySort[permissions.sortOf(call)]?.at(-1);
  assert.equal(takes(IN_ORGANISATION), 'remover/github/organization_self_hosted_runners=write');
  assert.equal(takes(IN_REPOSITORY), 'remover/github/administration=write');
  const what = 'Remove the self-hosted runner laptop (3) from acme; what runs on it then is cancelled first.';
  assert.equal(remedyOf(removeRunner, ID, IN_ORGANISATION, undefined).what, what);
});

test('removing a runner stops what asks for its labels, as far as these are known', () => {
  const use = {
    kind: 'github-workflow',
    ...{ organisation: 'acme', repository: 'pay', path: 'a.yml', url: 'https://x.example' },
    ...{ variables: [], ownVariables: [], environments: [], runsOn: [['gpu']], events: [], crons: [], calls: [] },
  };
  const { stops } = removeRunner;
  assert.ok(stops !== 'nothing-read');
  const stopped = (evidence: Finding['evidence']) =>
    stops(IN_ORGANISATION, { uses: [use], findings: [] }, { evidence } as Finding).map(({ what }) => what);
  assert.deepEqual(stopped({ labels: ['gpu'] }), ['acme/pay/a.yml']);
  assert.deepEqual(stopped({}), []);
});

test('a runner is read with its labels by name, in the place where it is registered', async () => {
  const asked: unknown[] = [];
  const getRunner = (...given: unknown[]) => {
    asked.push(given);
    return ok(RUNNER);
  };
  const image = { name: 'laptop', os: 'linux', status: 'online', labels: ['gpu'] };
  const present = ok({ state: 'present', image, now: { name: 'laptop', os: 'linux' } });
  assert.deepEqual(await removeRunner.read(vendors({ getRunner }), IN_ORGANISATION), present);
  assert.deepEqual(await removeRunner.read(vendors({ getRunner }), IN_REPOSITORY), present);
  assert.deepEqual(asked, [
    [{ organisation: 'acme' }, 3],
    [{ organisation: 'acme', repository: 'pay' }, 3],
  ]);
});

/** How the runner answers before and after a job on it could not be cancelled, and what becomes of it. */
const ANSWERS: readonly (readonly [situation: string, answers: readonly object[], effect: string, deleted: boolean])[] =
  [
    ['it is idle', [ok(RUNNER)], 'done', true],
    ['it is gone already', [failed(NOT_FOUND)], 'done', true],
    ['it may not be read', [failed(DENIED)], 'denied', false],
    ['it works on', [ok({ ...RUNNER, busy: true }), ok({ ...RUNNER, busy: true })], 'unavailable', false],
    ['it is idle by then', [ok({ ...RUNNER, busy: true }), ok(RUNNER)], 'done', true],
    ['it is gone by then', [ok({ ...RUNNER, busy: true }), failed(NOT_FOUND)], 'done', true],
    ['it may not be read any more', [ok({ ...RUNNER, busy: true }), failed(DENIED)], 'denied', false],
  ];
for (const [situation, answers, effect, deleted] of ANSWERS) {
  test(`a runner is removed only when nothing is known to run on it: ${situation}`, async () => {
    const [left, gone]: [object[], unknown[]] = [[...answers], []];
    const at = vendors({
      getRunner: () => left.shift(),
      runsInProgress: { items: [{ id: 1 }] },
      jobsOfRun: { items: [{ runnerId: 3, status: 'in_progress' }] },
      cancelRun: failed(UNAVAILABLE),
      deleteRunner: (...given: unknown[]) => {
        gone.push(given);
        return DONE;
      },
    });
    assert.equal(effectIn(await removeRunner.act(at, IN_REPOSITORY)), effect);
    assert.deepEqual(gone, deleted ? [[{ organisation: 'acme', repository: 'pay' }, 3]] : []);
    assert.equal(left.length, 0);
  });
}

test('a runner whose jobs were all cancelled is removed, and nobody asks again what it does', async () => {
  const left = [ok({ ...RUNNER, busy: true })];
  const at = vendors({
    getRunner: () => left.shift(),
    runsInProgress: { items: [{ id: 1 }] },
    jobsOfRun: { items: [{ runnerId: 3, status: 'in_progress' }] },
    cancelRun: DONE,
    deleteRunner: DONE,
  });
  assert.equal(effectIn(await removeRunner.act(at, IN_REPOSITORY)), 'done');
});

const PLACE = { organisation: 'acme', repository: 'pay' };
const running = (...jobs: readonly object[]) => ({ items: jobs });

test('a run is cancelled for one job on the runner among others, and what could not be asked is told', async () => {
  const mine = { runnerId: 3, status: 'queued' };
  const jobs: Record<number, object> = {
    1: running({ runnerId: 4, status: 'in_progress' }, mine),
    2: running({ runnerId: 4, status: 'in_progress' }),
    3: { items: [], failure: DENIED },
    4: { items: [mine], failure: UNAVAILABLE },
    5: running({ runnerId: 3, status: 'completed' }),
  };
  const cancelled: unknown[] = [];
  const there = organisation({
    runsInProgress: { items: [1, 2, 3, 4, 5].map((id) => ({ id })), failure: UNAVAILABLE },
    jobsOfRun: (_: unknown, id: number) => jobs[id],
    cancelRun: (_: unknown, id: number) => {
      cancelled.push(id);
      return DONE;
    },
  });
  assert.deepEqual(await cancelJobsOn(there, PLACE, 3), { cancelled: 2, refused: [DENIED, UNAVAILABLE] });
  assert.deepEqual(cancelled, [1, 4]);
});

test('of very many repositories those with the latest changes are asked, and how many were not is told', async () => {
  const asked = new Set<string>();
  const day = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString();
  const ask = async (count: number) => {
    asked.clear();
    const items = Array.from({ length: count }, (_, n) => ({ name: `r${n}`, archived: false, changedAt: day(n) }));
    const there = organisation({
      listOrganisationRepositories: { items },
      runsInProgress: ({ repository }: { repository: string }) => {
        asked.add(repository);
        return { items: [] };
      },
    });
    return cancelJobsOn(there, { organisation: 'acme' }, 3);
  };
  assert.deepEqual(await ask(300), { cancelled: 0, refused: [] });
  const message = 'What runs in 2 repositories of acme was not asked: the 300 with the latest changes were.';
  assert.deepEqual(await ask(302), { cancelled: 0, refused: [{ kind: 'incomplete', status: 200, message }] });
  assert.deepEqual([asked.size, asked.has('r301'), asked.has('r2'), asked.has('r1')], [300, true, true, false]);
});

test('one refusal is told by itself, and of several the first unless a person can mend another', () => {
  const still = 'The runner still works, so that it was not removed.';
  assert.equal(refusedTogether([UNAVAILABLE])?.message, `Nobody answers. ${still}`);
  const more = '2 other questions or cancellations failed as well.';
  const later = { ...UNAVAILABLE, message: 'Later.' };
  assert.equal(refusedTogether([UNAVAILABLE, later, later])?.message, `Nobody answers. ${more} ${still}`);
  assert.equal(refusedTogether([UNAVAILABLE, DENIED, later])?.message, `You may not. ${more} ${still}`);
});
