import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseRow } from '../../../src/cases/case.ts';
import { isAliveAfter, type ToldFinding } from '../../../src/cases/following/reopening.ts';
import { at, FILED, filedOf, iso, RUNNING } from './reopening-world.ts';

const GRANT: ToldFinding = {
  kind: 'grant',
  status: 'manual-action',
  resource: { type: 'oauth2PermissionGrant', id: 'g1' },
};
const PAT: ToldFinding = {
  kind: 'pat',
  status: 'awaiting-decision',
  resource: { type: 'fine-grained-token', id: 'firm/7' },
};
const CRON: ToldFinding = {
  ...{ kind: 'schedule-runs-as-leaver', status: 'needs-code-change' },
  resource: { type: 'workflow', id: 'firm/app/workflows/3', name: '.github/workflows/nightly.yml' },
};
const grant = { kind: 'delegated-grant', id: 'g1' };
const pat = { kind: 'fine-grained-token', id: '7' };
const cron = { kind: 'schedule', id: 'app/.github/workflows/nightly.yml' };
const cached = { kind: 'token-on-machine', id: 'github/firm/build-77#0123456789abcdef' };
const CACHED: ToldFinding = {
  ...{ kind: 'token-on-machine', status: 'manual-action', sha256: '0123456789abcdef'.repeat(4) },
  resource: { type: 'machine', id: 'github/firm/build-77' },
};
const DAY = 24 * 60;

/** The row, what its report tells, what the sweep found, how many minutes after the report, and whether it reopens. */
const SWEPT: readonly (readonly [
  what: string,
  row: CaseRow,
  told: readonly ToldFinding[],
  found: readonly { readonly kind: string; readonly id: string }[],
  after: number,
  reopens: boolean,
])[] = [
  ['alive after clear', FILED, [], [pat], 2 * 60, true],
  ['alive although it was cut', FILED, [{ ...GRANT, status: 'done' }], [grant], 2 * 60, true],
  ['told as open', filedOf(RUNNING, 30, 'attention'), [GRANT, PAT, CRON], [grant, pat, cron], 2 * 60, false],
  ['one of them is not told', filedOf(RUNNING, 30, 'attention'), [GRANT, CRON], [grant, pat, cron], 2 * 60, true],
  ['told with nothing to do', FILED, [{ ...GRANT, status: 'nothing-to-do' }], [grant], 2 * 60, false],
  ['a token on a machine, a month later', FILED, [], [cached], 30 * DAY, true],
  ['one that is told there', filedOf(RUNNING, 30, 'attention'), [CACHED], [cached], 2 * 60, false],
  ['another on the same machine', FILED, [{ ...CACHED, sha256: 'f'.repeat(64) }], [cached], 2 * 60, true],
  ['a vendor may list for a while what was cut', FILED, [], [pat], 59, false],
  ['an hour after the report, to the minute', FILED, [], [pat], 60, true],
  ['the sweep said so a day before, to the minute', { ...FILED, sweptAt: iso(30) }, [], [pat], DAY, true],
  ['the sweep said so today', { ...FILED, sweptAt: iso(30) }, [], [pat], 2 * 60, false],
  ['the sweep said so yesterday', { ...FILED, sweptAt: iso(0) }, [], [pat], DAY, true],
  ['it is being read', RUNNING, [], [pat], 2 * 60, false],
  ['it is reopened already', { ...FILED, followUps: [{ which: 'alive', at: iso(31) }] }, [], [pat], 2 * 60, false],
  [
    'a token that a report tells in its place',
    FILED,
    [{ ...CACHED, kind: 'token-in-variable' }],
    [{ kind: 'token-in-repository', id: 'x' }],
    2 * 60,
    false,
  ],
  ['a token that no report tells', FILED, [CACHED], [{ kind: 'token-in-repository', id: 'x' }], 2 * 60, true],
  ['another schedule', FILED, [CRON], [{ ...cron, id: 'app/.github/workflows/other.yml' }], 2 * 60, true],
  ['that workflow, told for another reason', FILED, [{ ...CRON, kind: 'deploy-key' }], [cron], 2 * 60, true],
  ['a plan cut nothing', { ...FILED, mode: 'plan' }, [], [pat], 2 * 60, false],
];

for (const [what, row, told, found, after, reopens] of SWEPT) {
  test(`what a sweep finds: ${what}`, () => {
    assert.equal(isAliveAfter(row, told, found, at(30 + after)), reopens);
  });
}
