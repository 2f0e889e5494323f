import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../../src/cases/finding.ts';
import { remedyOf } from '../../../../src/steps/define-remedy.ts';
import { blankVariable } from '../../../../src/steps/runner-credentials/remedies/github/blank-variable.ts';
import {
  deleteVariable,
  variableState,
} from '../../../../src/steps/runner-credentials/remedies/github/delete-variable.ts';
import { behindCredential, whereItMayStand } from '../../../../src/steps/runner-credentials/rules/behind-credential.ts';
import { workflowUse } from '../../../../src/steps/runner-credentials/rules/github/workflows/workflow-use.ts';
import { mayBeRevoked } from '../../../../src/steps/runner-credentials/rules/may-be-revoked.ts';
import { finding } from '../../../report/sample-case.ts';

const credential = finding('runner-credentials', 'sso-credential', 'acme/7');
const other = finding('runner-credentials', 'sso-credential', 'acme/8');
const scope = { type: 'organisation', organisation: 'acme' } as const;
const CALL = { scope, name: 'CI', expected: variableState('') } as const;
const place = (id: string, more: Partial<Finding> = {}): Finding =>
  finding('runner-credentials', 'token-in-variable', id, {
    resource: { system: 'github', type: 'organisation-variable', id },
    restsOn: { credentials: [credential.id], proved: true },
    evidence: { owner: 'leaver', tokenType: 'npm' },
    ...more,
  });
const deleting = place('acme#CI');
const withRemedyOf = (of: Finding, kind: 'blank-variable' | 'delete-variable'): Finding => ({
  ...of,
  remedy:
    kind === 'blank-variable'
      ? remedyOf(blankVariable, of.id, { kind, ...CALL }, { place: 'acme' })
      : remedyOf(deleteVariable, of.id, { kind, ...CALL }, { place: 'acme' }),
});
const workflow = workflowUse(
  {
    ...{ organisation: 'acme', repository: 'api', path: '.github/workflows/ci.yml' },
    text: `on: push\njobs:\n  a: { runs-on: x, steps: [{ run: "$\{{ vars.CI }}" }] }`,
  },
  new Set(),
  'https://api.github.com',
);
assert.ok(workflow !== undefined);
const uses = [workflow];
const RUNS = {
  what: 'acme/api/.github/workflows/ci.yml',
  link: 'https://github.com/acme/api/blob/HEAD/.github/workflows/ci.yml',
};

const RESTING: readonly (readonly [what: string, place: Finding, stops: number])[] = [
  ['deletes the variable', withRemedyOf(deleting, 'delete-variable'), 1],
  ['takes it out of the variable', withRemedyOf(deleting, 'blank-variable'), 1],
  ['has no remedy', deleting, 0],
  [
    'only may be of this credential',
    withRemedyOf(place('acme#CI', { restsOn: { credentials: [credential.id], proved: false } }), 'blank-variable'),
    0,
  ],
  [
    'is of another credential',
    withRemedyOf(place('acme#CI', { restsOn: { credentials: [other.id], proved: true } }), 'blank-variable'),
    0,
  ],
];
for (const [what, of, stops] of RESTING) {
  test(`behind a credential whose place ${what} stands ${stops === 0 ? 'nothing that is known' : 'a workflow'}`, () => {
    const { restsOn: _, ...alone } = withRemedyOf(deleting, 'delete-variable');
    const impact = behindCredential(credential, { findings: [of, alone], uses });
    assert.deepEqual(impact, stops === 0 ? [] : [RUNS]);
  });
}

test('where a token of the leaver’s may stand is told with what runs from there, all of it as perhaps', () => {
  const theirs = withRemedyOf(deleting, 'delete-variable');
  const linked = place('acme#X', {
    resource: { system: 'github', type: 'x', id: 'acme#X', url: 'https://x' },
    evidence: { owner: 'likely', tokenType: 'npm' },
  });
  const unknown = place('acme#Y', { evidence: { owner: 'unknown', tokenType: 'npm' } });
  const jwt = place('acme#Z', { evidence: { owner: 'leaver', tokenType: 'jwt' } });
  const read = { findings: [theirs, linked, unknown, jwt], uses };
  const if_ = 'if it is this token that stands there (not known which)';
  assert.deepEqual(
    whereItMayStand(({ evidence }) => evidence.tokenType === 'npm', read),
    [
      { what: `acme#CI, ${if_}`, finding: theirs.id, perhaps: true },
      { ...RUNS, perhaps: true },
      { what: `acme#X, ${if_}`, finding: linked.id, link: 'https://x', perhaps: true },
    ],
  );
});

test('a token of Azure DevOps rests on all of the leaver’s, each once, and nothing else does', () => {
  const listed = ['a', 'b'].map((id) => finding('runner-credentials', 'devops-token', id));
  const token = (owner: string, tokenType = 'azure-devops'): Finding => {
    const { restsOn: _, ...rest } = place(owner, { evidence: { owner, tokenType } });
    return rest;
  };
  const [first, second] = listed;
  assert.ok(first !== undefined && second !== undefined);
  const all = [first, ...listed, token('likely'), token('service'), token('unknown', 'npm'), deleting];
  const restsOn = { credentials: [first.id, second.id], proved: false };
  assert.deepEqual(
    mayBeRevoked(all),
    all.map((each) => (each.evidence.owner === 'likely' ? { ...each, restsOn } : each)),
  );
  const without = [token('leaver')];
  assert.deepEqual(mayBeRevoked(without), without);
});
