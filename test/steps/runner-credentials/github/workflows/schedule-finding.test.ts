import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingId } from '../../../../../src/cases/stable-id.ts';
import {
  type LeaversSchedule,
  scheduleFindings,
} from '../../../../../src/steps/runner-credentials/rules/github/workflows/schedule-finding.ts';

const PATH = '.github/workflows/nightly.yml';
const KEY = 'acme/pay/workflows/9';
const RUN = { actor: { id: 7, login: 'alice' }, createdAt: '2026-11-20T03:00:00Z' };
const BY_RUN = { verdict: 'leaver', basis: 'run', login: 'alice', accountId: 7 } as const;
const BY_CHANGE = { ...BY_RUN, basis: 'change' } as const;
const CHANGE = {
  at: '2026-11-21T00:00:00Z',
  by: [{ account: RUN.actor, email: 'a@corp.example' }, { account: null, email: 'b@corp.example' }, { account: null }],
  sinceRun: true,
};
const NEVER_RAN = {
  ...{ organisation: 'acme', repository: 'pay', workflowId: 9, path: PATH, filedAs: 'filed.yml' },
  ...{ crons: ['0 3 * * *'], next: BY_RUN },
} satisfies LeaversSchedule;
const told = (more: Partial<LeaversSchedule>) => scheduleFindings({ ...NEVER_RAN, ...more }, 'https://api.github.com');
const resource = {
  ...{ system: 'github', type: 'workflow', id: KEY, name: PATH },
  url: 'https://github.com/acme/pay/actions/workflows/nightly.yml',
};
const BY_HAND =
  'and leaving the organisation does not stop that. Somebody has to take the schedule over (disable and enable the workflow, or change its cron line) or let it end.';

test('a schedule that ran as the leaver is told whole, with both ways to close it', () => {
  const [ends, takes, ...more] = told({ run: RUN, crons: ['0 3 * * *', '5 4 * * 1'] });
  assert.deepEqual(more, []);
  const id = findingId('runner-credentials', 'schedule-runs-as-leaver', KEY);
  const { remedy: ending, ...told1 } = ends ?? {};
  assert.deepEqual(told1, {
    ...{ id, step: 'runner-credentials', kind: 'schedule-runs-as-leaver', resource },
    evidence: {
      ...{ crons: ['0 3 * * *', '5 4 * * 1'], lastRunAt: RUN.createdAt, actor: 'alice', actorId: 7 },
      ...{ changedAt: null, changedBy: [] },
    },
    title: 'The schedule of nightly.yml in acme/pay runs as alice',
    ...{ severity: 'high', status: 'awaiting-decision' },
    reason: `Its latest scheduled run had the leaver as actor, ${BY_HAND} There are two ways, and a person chooses one: disable the workflow, which ends the schedule, or have somebody take it over by a pull request, and then nothing stops.`,
  });
  assert.deepEqual(ending?.call, {
    ...{ kind: 'disable-workflow', organisation: 'acme', repository: 'pay', workflowId: 9, path: PATH },
    expected: { path: 'filed.yml', runsAs: 7 },
  });
  const { remedy: taking, reason: _, ...told2 } = takes ?? {};
  assert.deepEqual(told2, {
    id: findingId('runner-credentials', 'schedule-can-be-handed-over', KEY),
    ...{ step: 'runner-credentials', kind: 'schedule-can-be-handed-over', resource, closedWith: id },
    title: 'Instead of ending it, somebody can take over the schedule of nightly.yml in acme/pay',
    ...{ severity: 'info', status: 'nothing-to-do' },
    evidence: { crons: ['0 3 * * *', '5 4 * * 1'], proposed: ['0 3 * 1-12 *', '5 4 * 1-12 1'] },
  });
  assert.deepEqual(taking?.call, {
    ...{ kind: 'hand-over-schedule', organisation: 'acme', repository: 'pay', workflowId: 9, path: PATH },
    ...{ crons: ['0 3 * * *', '5 4 * * 1'], expected: { path: 'filed.yml', runsAs: 7 } },
  });
});

test('one that the leaver changed since it ran as a colleague is disabled alone, for its next run is not known', () => {
  const [finding, ...more] = told({ next: BY_CHANGE, run: { ...RUN, actor: { id: 8, login: 'bob' } }, change: CHANGE });
  assert.deepEqual(more, []);
  assert.equal(finding?.title, 'The schedule of nightly.yml in acme/pay will run as alice');
  assert.equal(
    finding?.reason,
    `The leaver changed its cron line last, on 2026-11-21, and it has not run since; whoever does that is its actor, ${BY_HAND}`,
  );
  assert.deepEqual(finding?.evidence, {
    ...{ crons: ['0 3 * * *'], lastRunAt: RUN.createdAt, actor: 'bob', actorId: 8, changedAt: CHANGE.at },
    changedBy: ['alice', 'b@corp.example'],
  });
  assert.deepEqual(finding?.remedy?.call.expected, { path: 'filed.yml', runsAs: 8 });
});

test('one that never ran, or as an account that was deleted, has no actor', () => {
  const nobody = { lastRunAt: null, actor: null, actorId: null };
  const [unrun] = told({ next: BY_CHANGE });
  assert.deepEqual(unrun?.evidence, { crons: ['0 3 * * *'], ...nobody, changedAt: null, changedBy: [] });
  assert.match(unrun?.reason ?? '', /^The leaver changed its cron line last, and it has not run since;/);
  const deleted = { run: { ...RUN, actor: null } };
  const [finding, ...more] = told({ ...deleted, next: BY_CHANGE });
  assert.deepEqual(
    [finding?.evidence.actor, finding?.evidence.actorId, finding?.remedy?.call.expected],
    [null, null, { path: 'filed.yml', runsAs: null }],
  );
  assert.deepEqual(more, []);
  assert.equal(told(deleted).length, 1, 'nobody could be told from it afterwards');
});

test('what may be the leaver’s, or was taken over, is for a person to look at', () => {
  const [maybe, ...more] = told({ next: { verdict: 'maybe', why: 'x' }, run: RUN });
  assert.deepEqual(more, []);
  const looks = (finding: typeof maybe) => [finding?.kind, finding?.title, finding?.severity, finding?.status];
  assert.deepEqual(looks(maybe), [
    'schedule-may-run-as-leaver',
    'The schedule of nightly.yml in acme/pay may run as the leaver',
    ...['medium', 'manual-action'],
  ]);
  assert.equal(
    maybe?.reason,
    'Nothing proves whose account it runs as, but x. Look at its latest runs and at who changed its cron line.',
  );
  const [over] = told({ next: { verdict: 'handed-over', login: 'alice', accountId: 7, to: 'ana' }, run: RUN });
  assert.deepEqual(looks(over), [
    'schedule-may-run-as-leaver',
    'The schedule of nightly.yml in acme/pay ran as alice last, and ana has changed it since',
    ...['low', 'manual-action'],
  ]);
});
