import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommitPerson } from '../../../../src/connectors/github/audit-log/blame.ts';
import { cronChange, nextActor } from '../../../../src/steps/runner-credentials/rules/github/workflows/next-actor.ts';
import { readWorkflowTriggers } from '../../../../src/steps/runner-credentials/rules/github/workflows/read-workflow.ts';

const LEAVER = {
  userPrincipalName: 'alex.moreau@corp.example',
  mail: 'alex@corp.example',
  github: [{ login: 'amoreau', id: 4, source: 'test', confidence: 'proved' }],
} as const;
const WITHOUT_ACCOUNT = { ...LEAVER, github: [] };
const leaver = { id: 4, login: 'amoreau-now' };
const other = { id: 9, login: 'bokafor' };
const ran = (actor: typeof other | null) => ({ actor, createdAt: '2026-11-20T02:00:00Z' });
const changed = (by: readonly CommitPerson[], sinceRun = true) => ({ at: '2026-11-21T09:00:00Z', by, sinceRun });
const by = (account: typeof other | null, email?: string): CommitPerson => ({ account, ...(email ? { email } : {}) });
const WEB_FLOW = { id: 19_864_447, login: 'web-flow' };

const SEVENTY_SEVEN = { vendor: 'github', id: '77', login: 'amoreau2', whose: 'Ana’s' } as const;

const CASES: readonly (readonly [situation: string, args: Parameters<typeof nextActor>, verdict: string])[] = [
  ['it ran as the leaver, and nobody changed it since', [ran(leaver), undefined, LEAVER], 'leaver run'],
  ['it ran as the leaver, who changed it since', [ran(leaver), changed([by(leaver)]), LEAVER], 'leaver change'],
  [
    'it ran as the leaver, and a colleague changed it since',
    [ran(leaver), changed([by(other)]), LEAVER],
    'handed-over',
  ],
  ['it ran as the leaver; nobody knows who changed it since', [ran(leaver), changed([by(null)]), LEAVER], 'leaver run'],
  [
    'it ran as a colleague, and the leaver changed it since',
    [ran(other), changed([by(leaver)]), LEAVER],
    'leaver change',
  ],
  [
    'it ran as a colleague, who took over the leaver’s lines',
    [ran(other), changed([by(leaver)], false), LEAVER],
    'somebody-else',
  ],
  ['it ran as a colleague; nobody knows who changed it since', [ran(other), changed([by(null)]), LEAVER], 'unknown'],
  ['it ran as a colleague, and who changed it could not be read', [ran(other), undefined, LEAVER], 'somebody-else'],
  ['it never ran, and the leaver wrote it', [undefined, changed([by(leaver)]), LEAVER], 'leaver change'],
  ['it never ran, and the leaver merged it', [undefined, changed([by(other), by(leaver)]), LEAVER], 'leaver change'],
  ['it never ran, and a colleague wrote it', [undefined, changed([by(other)]), LEAVER], 'somebody-else'],
  [
    'it never ran, and only GitHub’s own committer is known',
    [undefined, changed([by(null), by(WEB_FLOW)]), LEAVER],
    'unknown',
  ],
  ['it never ran, and who wrote it could not be read', [undefined, undefined, LEAVER], 'unknown'],
  ['it ran as an account that was deleted', [ran(null), undefined, LEAVER], 'unknown'],
  [
    'it never ran, and was committed under the leaver’s mail',
    [undefined, changed([by(null, 'Alex@corp.example')]), LEAVER],
    'maybe',
  ],
  [
    'no account is known, and it ran as one with the leaver’s name',
    [ran({ id: 8, login: 'alex-moreau_acme' }), undefined, WITHOUT_ACCOUNT],
    'maybe',
  ],
  [
    'it was committed under a mail of the leaver’s name at another domain',
    [undefined, changed([by(null, 'alex.moreau@mail.example')]), LEAVER],
    'maybe',
  ],
  [
    'an account that nobody knows committed under such a mail',
    [undefined, changed([by({ id: 77, login: 'zippy' }, 'amoreau@other.example')]), LEAVER],
    'maybe',
  ],
  [
    'an account that is proved to be another’s committed under such a mail',
    [
      undefined,
      changed([by({ id: 77, login: 'amoreau2' }, 'amoreau@other.example')]),
      { ...LEAVER, othersAccounts: [SEVENTY_SEVEN] },
    ],
    'somebody-else',
  ],
  [
    'it was committed under GitHub’s own address of the leaver’s account, by its number',
    [undefined, changed([by(null, '4+svc-nightly@users.noreply.github.com')]), LEAVER],
    'maybe',
  ],
  [
    'it was committed under GitHub’s own address of another account',
    [undefined, changed([by(null, '44+bokafor@users.noreply.github.com')]), LEAVER],
    'unknown',
  ],
  [
    'it was committed under a colleague’s mail that begins like the leaver’s',
    [undefined, changed([by(null, 'alex.moreau-silva@corp.example')]), LEAVER],
    'unknown',
  ],
  [
    'it ran as somebody whose login begins like the leaver’s name',
    [ran({ id: 8, login: 'alex-moreau-silva' }), undefined, LEAVER],
    'somebody-else',
  ],
];
for (const [situation, args, verdict] of CASES) {
  test(`${situation}: ${verdict}`, () => {
    const next = nextActor(...args);
    assert.equal(next.verdict === 'leaver' ? `leaver ${next.basis}` : next.verdict, verdict);
  });
}

const text = (cron: string) => `on:\n  # why\n  schedule:\n    - cron: '${cron}'\n  push:\n`;
const triggers = (of: string) => {
  const read = readWorkflowTriggers(of);
  assert.ok(read.kind === 'scheduled');
  return read;
};
const lines = [
  { from: 1, to: 3, at: '2026-11-25T00:00:00Z', by: [by(other)] },
  { from: 4, to: 4, at: '2026-10-01T00:00:00Z', by: [by(leaver)] },
];

test('the commit that wrote the cron line counts, not a later one beside it', () => {
  const change = cronChange(
    { lines, before: text('1 2 * * *') },
    triggers(text('0 2 * * *')),
    triggers(text('1 2 * * *')),
    ran(other),
  );
  assert.deepEqual([change?.by, change?.at], [[by(leaver)], '2026-10-01T00:00:00Z']);
});

test('a commit that was merged after the latest run is a change since, however old it is', () => {
  const change = cronChange(
    { lines, before: text('1 2 * * *') },
    triggers(text('0 2 * * *')),
    triggers(text('1 2 * * *')),
    ran(other),
  );
  assert.equal(change?.sinceRun, true);
});

test('a file whose cron lines are those of the latest run was not changed, whatever else was', () => {
  const now = triggers(text('0 2 * * *'));
  const change = cronChange({ lines, before: text('0 2 * * *') }, now, now, {
    ...ran(other),
    createdAt: '2026-01-01T00:00:00Z',
  });
  assert.equal(change?.sinceRun, false);
});

for (const [where, before] of [
  ['was not there', null],
  ['had no schedule', 'on: push\n'],
] as const) {
  test(`a file that ${where} at the latest run was changed since`, () => {
    const then = before === null ? undefined : readWorkflowTriggers(before);
    assert.equal(cronChange({ lines, before }, triggers(text('0 2 * * *')), then, ran(other))?.sinceRun, true);
  });
}

test('a cron line behind an anchor is found where it stands', () => {
  assert.deepEqual(triggers("x: &night\n  - cron: '0 2 * * *'\non:\n  schedule: *night\n").lines, [2]);
  assert.deepEqual(triggers(text('0 2 * * *')).lines, [4]);
});
