import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BlamedLines, CommitPerson } from '../../../../../src/connectors/github/audit-log/blame.ts';
import type { NamedPerson } from '../../../../../src/people/names/whole-names.ts';
import {
  actorsOf,
  type CronChange,
  cronChange,
  nextActor,
} from '../../../../../src/steps/runner-credentials/rules/github/workflows/next-actor.ts';

const OWN = { id: 4, login: 'amoreau-now' };
const OTHER = { id: 9, login: 'bokafor' };
const LIKE = { id: 77, login: 'alex-moreau' };
const WEB_FLOW = { id: 19_864_447, login: 'web-flow' };
const LEAVER: NamedPerson = {
  userPrincipalName: 'alex.moreau@corp.example',
  github: [
    { login: 'spare', id: 5, source: 'test', confidence: 'proved' },
    { login: 'amoreau', id: 4, source: 'test', confidence: 'proved' },
  ],
};
const anothers = (vendor: 'github' | 'azure-devops'): NamedPerson => ({
  ...LEAVER,
  othersAccounts: [{ vendor, id: '77', login: 'alex-moreau', whose: 'Ana’s' }],
});
const ran = (actor: typeof OTHER | null) => ({ actor, createdAt: '2026-11-20T02:00:00Z' });
const person = (account: typeof OTHER | null, email?: string): CommitPerson => ({
  account,
  ...(email === undefined ? {} : { email }),
});
const changed = (...by: readonly CommitPerson[]): CronChange => ({
  ...{ at: '2026-11-21T09:00:00Z', by: [...by] },
  sinceRun: true,
});
const mailed = (email: string) => changed(person(null, email));
const NOBODY = { verdict: 'unknown', why: 'the commit that changed it last names no account of GitHub' };
const SOMEBODY = { verdict: 'somebody-else' };
const committedAs = (email: string) => ({ verdict: 'maybe', why: `its last change was committed as ${email}` });
const alike = (email: string) => ({
  verdict: 'maybe',
  why: `its last change was committed as ${email}, which is like the leaver’s name and none of their addresses`,
});
const named = {
  verdict: 'maybe',
  why: 'the account alex-moreau has the leaver’s name, and is not one that is known as theirs',
};

const CASES: readonly (readonly [situation: string, args: Parameters<typeof nextActor>, next: object])[] = [
  [
    'it ran as one of their accounts',
    [ran(OWN), undefined, LEAVER],
    { verdict: 'leaver', basis: 'run', login: 'amoreau-now', accountId: 4 },
  ],
  [
    'they changed it with one of their accounts',
    [ran(OTHER), changed(person(null), person(OWN)), LEAVER],
    { verdict: 'leaver', basis: 'change', login: 'amoreau-now', accountId: 4 },
  ],
  [
    'a colleague’s change was merged on GitHub’s pages',
    [ran(OWN), changed(person(WEB_FLOW), person(OTHER)), LEAVER],
    { verdict: 'handed-over', login: 'amoreau-now', accountId: 4, to: 'bokafor' },
  ],
  [
    'only GitHub’s own committer is known of the change',
    [ran(OWN), changed(person(WEB_FLOW)), LEAVER],
    { verdict: 'leaver', basis: 'run', login: 'amoreau-now', accountId: 4 },
  ],
  ['it ran as one of the leaver’s name', [ran(LIKE), undefined, LEAVER], named],
  ['one of the leaver’s name changed it since', [ran(OTHER), changed(person(LIKE)), LEAVER], named],
  ['a colleague changed it after one of the leaver’s name', [ran(LIKE), changed(person(OTHER)), LEAVER], SOMEBODY],
  ['the one of that name is proved to be another', [ran(LIKE), undefined, anothers('github')], SOMEBODY],
  ['an account elsewhere has that number', [ran(LIKE), undefined, anothers('azure-devops')], named],
  [
    'another committed under the leaver’s address',
    [undefined, changed(person(LIKE, 'alex.moreau@corp.example')), anothers('github')],
    SOMEBODY,
  ],
  [
    'the leaver’s address stands on it',
    [undefined, mailed('alex.moreau@corp.example'), LEAVER],
    committedAs('alex.moreau@corp.example'),
  ],
  ['an address like their name', [undefined, mailed('alex.moreau@x.example'), LEAVER], alike('alex.moreau@x.example')],
  [
    'GitHub’s own address of one of their accounts, whatever its capitals',
    [undefined, mailed('4+x@Users.NoReply.GitHub.com'), LEAVER],
    committedAs('4+x@Users.NoReply.GitHub.com'),
  ],
  [
    'GitHub’s own address of one that is called like them',
    [undefined, mailed('44+alex.moreau@users.noreply.github.com'), LEAVER],
    alike('44+alex.moreau@users.noreply.github.com'),
  ],
  ['what ends like GitHub’s own address', [undefined, mailed('svc4+x@users.noreply.github.com'), LEAVER], NOBODY],
  ['what begins like it', [undefined, mailed('4+x@users.noreply.github.com.other.example'), LEAVER], NOBODY],
  [
    'it never ran, and nobody can be asked',
    [undefined, undefined, LEAVER],
    { verdict: 'unknown', why: 'it has not run, and nothing tells who wrote it' },
  ],
  [
    'the account of its run was deleted',
    [ran(null), undefined, LEAVER],
    { verdict: 'unknown', why: 'its latest run had an account that was deleted since' },
  ],
];
for (const [situation, args, next] of CASES) {
  test(`whose a schedule is: ${situation}`, () => assert.deepEqual(nextActor(...args), next));
}

test('the accounts that may be next are those of a change since the run, or else that of the run', () => {
  const change = changed(person(WEB_FLOW), person(OWN), person(null), person(OTHER), person(OWN));
  assert.deepEqual(actorsOf(ran(LIKE), change), [4, 9]);
  assert.deepEqual(actorsOf(ran(LIKE), { ...change, sinceRun: false }), [77]);
  assert.deepEqual(actorsOf(ran(LIKE), changed(person(WEB_FLOW), person(null))), [77]);
  assert.deepEqual(actorsOf(ran(LIKE), undefined), [77]);
  assert.deepEqual(actorsOf(ran(null), undefined), []);
  assert.deepEqual(actorsOf(undefined, undefined), []);
});

const lines = (from: number, to: number, at: string): BlamedLines => ({ from, to, at, by: [person(OTHER, at)] });
const [OLD, MIDDLE, NEW] = ['2026-01-01T00:00:00Z', '2026-05-01T00:00:00Z', '2026-09-01T00:00:00Z'] as const;
const FILE = { lines: [lines(1, 3, NEW), lines(4, 6, OLD), lines(7, 9, MIDDLE)] };
const scheduled = (on: readonly number[], ...crons: readonly string[]) =>
  ({ kind: 'scheduled', crons, lines: on }) as const;
const RUN_AT = (createdAt: string) => ({ actor: OTHER, createdAt });

test('the newest of the commits that wrote the cron lines counts, and of the file where no line is known', () => {
  const at = (on: readonly number[] | undefined) =>
    cronChange(FILE, on && scheduled(on, '0 2 * * *'), undefined, undefined)?.at;
  assert.equal(at([4]), OLD);
  assert.equal(at([6]), OLD);
  assert.equal(at([5, 8]), MIDDLE);
  assert.equal(at([99]), NEW);
  assert.equal(at(undefined), NEW);
  assert.equal(cronChange({ lines: [] }, undefined, undefined, undefined), undefined);
});

test('of two commits of the same moment the first is told', () => {
  const [first, second] = [lines(1, 1, OLD), { ...lines(2, 2, OLD), by: [] }];
  assert.deepEqual(cronChange({ lines: [first, second] }, undefined, undefined, undefined)?.by, first.by);
});

test('a schedule was changed since its run where its lines differ, and by the date where these are not known', () => {
  const now = scheduled([4], '1 1 * * *', '0 2 * * *');
  const since = (before: Parameters<typeof cronChange>[2], run = RUN_AT(NEW), file: object = {}) =>
    cronChange({ ...FILE, ...file }, now, before, run)?.sinceRun;
  assert.equal(since(scheduled([], '0 2 * * *', '1 1 * * *')), false, 'the same lines in another order');
  assert.equal(since(scheduled([], '0 2 * * *')), true);
  assert.equal(since({ kind: 'unreadable' }), true);
  assert.equal(since(undefined, RUN_AT(NEW)), false);
  assert.equal(since(undefined, RUN_AT('2025-01-01T00:00:00Z')), true);
  assert.equal(since(undefined, RUN_AT(OLD)), false, 'it ran at that very moment');
  assert.equal(since(scheduled([], '0 2 * * *', '1 1 * * *'), RUN_AT(NEW), { before: null }), true);
  assert.equal(cronChange(FILE, undefined, now, RUN_AT('2026-12-01T00:00:00Z'))?.sinceRun, false);
  assert.equal(cronChange(FILE, now, now, undefined)?.sinceRun, true, 'it never ran');
});
