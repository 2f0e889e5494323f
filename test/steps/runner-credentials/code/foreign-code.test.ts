import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeTokenMint } from '../../../../local/tenant/seeds/token-mint.ts';
import { findingId } from '../../../../src/cases/stable-id.ts';
import type { GitHubOwners, NameHolder } from '../../../../src/people/evidence/github-owner.ts';
import { remedyOf } from '../../../../src/steps/define-remedy.ts';
import { disableWorkflow } from '../../../../src/steps/runner-credentials/remedies/github/disable-workflow.ts';
import type { CodeReference } from '../../../../src/steps/runner-credentials/rules/code/code-reference.ts';
import {
  type ForeignCode,
  foreignCodeFinding,
  foreignCodeOf,
  loginsIn,
} from '../../../../src/steps/runner-credentials/rules/code/foreign-code.ts';
import { alice, OWNERS, WORKFLOW } from './world.ts';

const reference = (written: string, more: Partial<CodeReference> = {}): CodeReference => ({
  ...{ host: 'github', owner: written.split('/')[0] ?? '', written, how: 'action' },
  ...more,
});
const PERHAPS = { perhaps: true } as const;
const fileOf = (...references: readonly CodeReference[]) => ({
  ...{ organisation: 'corp', repository: 'api', path: WORKFLOW },
  references,
});
const knowing = (names: Readonly<Record<string, NameHolder>>): GitHubOwners => ({
  ...OWNERS,
  names: new Map(Object.entries(names)),
});
const found = (references: readonly CodeReference[], owners = OWNERS, accounts = [alice]) =>
  foreignCodeOf(fileOf(...references), owners, accounts).map(({ kind, owner, why }) => ({ kind, owner, why }));

test('GitHub is asked who the owners are that stand in a file for sure, each once, and never about its own', () => {
  const references = [
    ...[reference('Alice/x'), reference('alice/y'), reference('Actions/checkout'), reference('github/codeql')],
    ...[reference('bob/x', PERHAPS), reference('carol/x', { host: 'docker.io' })],
  ];
  assert.deepEqual(loginsIn([fileOf(...references), fileOf(reference('dan/x'))]), ['alice', 'dan']);
});

test('the references of a file to one owner are told together, in whatever letters', () => {
  const references = [reference('Alice/x'), reference('alice/y'), reference('alice/z', { host: 'docker.io' })];
  const [one, hint, ...more] = foreignCodeOf(fileOf(...references), OWNERS, [alice]);
  assert.deepEqual([one?.owner, one?.references], ['Alice', references.slice(0, 2)]);
  assert.deepEqual([hint?.references, more], [references.slice(2), []]);
});

const LEAVERS = 'alice is the leaver’s account: what the leaver publishes there runs next.';
const UNCLAIMED =
  'GitHub knows no account ghost. Whoever registers that name, the leaver or a stranger, says what runs there.';
const NAMESAKE = 'is called like the leaver’s GitHub account alice, which does not prove that it is the leaver’s.';
const KINDS: readonly (readonly [
  what: string,
  references: readonly CodeReference[],
  owners: GitHubOwners,
  expected: readonly object[],
])[] = [
  ['the leaver’s', [reference('alice/x')], OWNERS, [{ kind: 'runs-leavers-code', owner: 'alice', why: LEAVERS }]],
  [
    'perhaps the leaver’s',
    [reference('alice/x', PERHAPS), reference('alice/y', PERHAPS)],
    OWNERS,
    [{ kind: 'may-run-leavers-code', owner: 'alice', why: `${LEAVERS} “alice/x” may mean something else.` }],
  ],
  [
    'perhaps the leaver’s, and for sure as well',
    [reference('alice/x', PERHAPS), reference('alice/y')],
    OWNERS,
    [{ kind: 'runs-leavers-code', owner: 'alice', why: LEAVERS }],
  ],
  [
    'of the leaver’s login, which GitHub does not know any more',
    [reference('Alice/x')],
    knowing({ alice: { state: 'unclaimed' } }),
    [
      {
        ...{ kind: 'runs-leavers-code', owner: 'Alice' },
        why: 'Alice was the leaver’s account, and GitHub knows nobody of that name any more: the leaver or a stranger can register it.',
      },
    ],
  ],
  [
    'of the leaver’s login, of which GitHub was not asked',
    [reference('alice/x')],
    knowing({}),
    [
      {
        ...{ kind: 'may-run-leavers-code', owner: 'alice' },
        why: 'alice is called like the leaver’s account; GitHub did not say whose it is today.',
      },
    ],
  ],
  [
    'of the leaver’s login, of which GitHub was not asked, perhaps',
    [reference('alice/x', PERHAPS)],
    knowing({}),
    [
      {
        ...{ kind: 'may-run-leavers-code', owner: 'alice' },
        why: 'alice is called like the leaver’s account; GitHub did not say whose it is today. “alice/x” may mean something else.',
      },
    ],
  ],
  ['nobody’s', [reference('ghost/x')], OWNERS, [{ kind: 'runs-unclaimed-code', owner: 'ghost', why: UNCLAIMED }]],
  ['perhaps nobody’s', [reference('ghost/x', PERHAPS)], OWNERS, []],
  [
    'of a login that somebody else has by now',
    [reference('alice/x')],
    knowing({ alice: { state: 'held', id: 222, login: 'alice' } }),
    [
      {
        ...{ kind: 'runs-recycled-code', owner: 'alice' },
        why: 'alice was a name of the leaver’s and is the account with the id 222 by now: somebody else’s code runs under it.',
      },
    ],
  ],
  [
    'perhaps of such a login',
    [reference('alice/x', PERHAPS)],
    knowing({ alice: { state: 'held', id: 222, login: 'alice' } }),
    [],
  ],
  ['a vendor’s', [reference('vendor/x')], OWNERS, []],
  ['GitHub’s own', [reference('Actions/checkout')], knowing({ actions: { state: 'unclaimed' } }), []],
  [
    'of a registry where a name is a hint',
    [reference('Alice/x', { host: 'quay.io' })],
    OWNERS,
    [{ kind: 'may-run-leavers-code', owner: 'Alice', why: `Alice at quay.io ${NAMESAKE}` }],
  ],
  [
    'of a namesake of GitHub’s at a registry',
    [reference('actions/x', { host: 'docker.io' })],
    knowing({ actions: { state: 'unclaimed' } }),
    [],
  ],
];
for (const [what, references, owners, expected] of KINDS) {
  test(`code that is ${what}`, () => assert.deepEqual(found(references, owners), expected));
}

test('a former login counts at a registry as the one of today does', () => {
  const former = { login: 'al', from: '2026-01-01T00:00:00Z', to: '2026-11-01T00:00:00Z' };
  const at = (owner: string) =>
    found([reference(`${owner}/x`, { host: 'docker.io' })], OWNERS, [{ ...alice, formerLogins: [former] }]);
  assert.deepEqual([at('al').length, at('alice').length, at('bob').length], [1, 1, 0]);
});

const API = 'https://api.github.com';
const codeOf = (kind: ForeignCode['kind'], ...references: readonly CodeReference[]): ForeignCode => ({
  ...{ kind, owner: 'Alice', why: 'Why.', file: fileOf(), references },
});
const ADVICE = 'Take a copy into the firm’s organisation, pin it to a commit, and change the file.';

test('the leaver’s code in an active workflow is told whole, with the way to stop it at once', () => {
  const id = findingId('runner-credentials', 'runs-leavers-code', `corp/api/${WORKFLOW}#alice`);
  const call = {
    kind: 'disable-workflow',
    ...{ organisation: 'corp', repository: 'api', path: WORKFLOW, workflowId: 5 },
    expected: { path: WORKFLOW },
  } as const;
  const told = foreignCodeFinding(codeOf('runs-leavers-code', reference('Alice/x@v1')), API, { workflowId: 5 });
  assert.deepEqual(told, {
    id,
    step: 'runner-credentials',
    kind: 'runs-leavers-code',
    title: `${WORKFLOW} of corp/api runs code of the leaver’s account Alice`,
    resource: {
      ...{ system: 'github', type: 'ci-file', id: `corp/api/${WORKFLOW}`, name: WORKFLOW },
      url: `https://github.com/corp/api/blob/HEAD/${WORKFLOW}`,
    },
    severity: 'high',
    status: 'awaiting-decision',
    reason: `Why. ${ADVICE} Disabling the workflow stops it at once, and is left to a person to decide.`,
    evidence: { owner: 'Alice', references: ['action: Alice/x@v1'], inheritsSecrets: false },
    remedy: remedyOf(disableWorkflow, id, call, undefined),
  });
});

const INHERITS = { inheritsSecrets: true } as const;
const SEVERITIES: readonly (readonly [ForeignCode['kind'], Partial<CodeReference>, severity: string, title: string])[] =
  [
    ['runs-leavers-code', {}, 'high', 'runs code of the leaver’s account'],
    ['runs-leavers-code', INHERITS, 'critical', 'runs code of the leaver’s account'],
    ['may-run-leavers-code', INHERITS, 'medium', 'runs code of an account that may be the leaver’s:'],
    ['runs-unclaimed-code', {}, 'high', 'runs code of a name that anybody can register:'],
    ['runs-recycled-code', {}, 'medium', 'runs code under a name that was the leaver’s:'],
  ];
for (const [kind, more, severity, title] of SEVERITIES) {
  test(`a file that ${kind.replaceAll('-', ' ')}${more === INHERITS ? ' with all secrets' : ''} is ${severity}`, () => {
    const code = codeOf(kind, reference('Alice/x'), reference('Alice/y', more));
    const told = foreignCodeFinding(code, API, kind === 'runs-leavers-code' ? undefined : { workflowId: 5 });
    const handed = more === INHERITS ? ' It is handed every secret of the workflow.' : '';
    assert.deepEqual(
      [told.severity, told.status, told.remedy, told.title, told.reason, told.evidence.inheritsSecrets],
      [
        ...[severity, 'needs-code-change', undefined, `${WORKFLOW} of corp/api ${title} Alice`],
        ...[`Why.${handed} ${ADVICE}`, more === INHERITS],
      ],
    );
  });
}

test('a finding shows twenty references, and no token that stands in one', () => {
  const token = makeTokenMint().mint('github-classic');
  const many = Array.from({ length: 25 }, (_, n) => reference(`Alice/${n === 0 ? token : n}`));
  const { evidence } = foreignCodeFinding(codeOf('runs-leavers-code', ...many), API);
  assert.equal((evidence.references as readonly string[]).length, 20);
  assert.ok(!JSON.stringify(evidence).includes(token));
});
