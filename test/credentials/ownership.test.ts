import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FOREIGN_KINDS, PLANTED_KINDS } from '../../local/tenant/seeds/seed-context.ts';
import { type Known, type Ownership, ownershipOf } from '../../src/credentials/ownership.ts';
import type { CredentialPlace } from '../../src/credentials/whose-place.ts';
import {
  capabilityPlace,
  pipelineVariablePlace,
} from '../../src/steps/runner-credentials/rules/azure-devops/token-places.ts';
import { variablePlace, workflowPlace } from '../../src/steps/runner-credentials/rules/github/tokens/token-places.ts';
import type { TokenPlace } from '../../src/steps/runner-credentials/rules/tokens/token-place.ts';
import {
  ana,
  elsewhere,
  iss,
  listed,
  mint,
  nobody,
  oid,
  plain,
  tenantId,
  tokenIn,
  verdict,
} from './ownership/world.ts';

/** Where a credential may stand, as the scans of both vendors describe it. None of it may change the answer. */
const endpoint = 'https://api.github.example';
const repository = { organisation: 'acme', repository: 'payments-api' };
const resource = { system: 'azure-devops', type: 'test', id: 'northwind/1' } as const;
const made = { resource, writtenBy: [], lastEditedBy: [], evidence: {} };
const PLACES: readonly TokenPlace[] = [
  variablePlace({ type: 'organisation', organisation: 'acme' }, { name: 'TOKEN' }, endpoint),
  variablePlace({ type: 'repository', ...repository }, { name: 'TOKEN' }, endpoint),
  variablePlace({ type: 'environment', ...repository, environment: 'production' }, { name: 'TOKEN' }, endpoint),
  workflowPlace({ ...repository, path: '.github/workflows/nightly.yml' }, endpoint),
  pipelineVariablePlace({ ...made, kind: 'token-in-pipeline-variable', what: 'pipeline', name: 'nightly' }, 'TOKEN'),
  pipelineVariablePlace({ ...made, kind: 'token-in-variable-group', what: 'variable group', name: 'legacy' }, 'TOKEN'),
  capabilityPlace(resource, { name: 'build-07', enabled: true }, 'TOKEN', false),
];

/** What in a place points to somebody. */
const SITUATIONS = {
  nothing: {},
  'a variable named after the leaver': { variable: 'ALEX_MOREAU_TOKEN' },
  'a variable named after somebody alike': { variable: 'AMOREAU_SILVA_TOKEN' },
  'made by the leaver': { writtenBy: ['aad.leaver'] },
  'made by somebody with the leaver’s sign-in name': { writtenBy: ['aad.other', 'Alex.Moreau@corp.example'] },
  'made by a colleague': { writtenBy: ['aad.ana', 'ana@corp.example'], lastEditedBy: ['aad.ana'] },
  'made by a colleague, edited last by the leaver': { writtenBy: ['aad.ana'], lastEditedBy: ['aad.leaver'] },
  'the leaver’s machine': { onLeaversMachine: true },
  'beside a token of the leaver': { besideLeavers: true },
} satisfies Record<string, Partial<CredentialPlace>>;
type Situation = keyof typeof SITUATIONS;

/** What the token is, and what is known of it. */
const HOLDERS: Readonly<Record<string, () => { readonly text: string; readonly known?: Known }>> = {
  ...Object.fromEntries(
    (
      [
        'github-classic',
        'github-oauth',
        'github-fine-grained',
        'azure-devops',
        'azure-devops-legacy',
        'anthropic-oauth',
      ] as const
    ).map((kind) => [`a person’s ${kind}`, () => ({ text: mint.mint(kind) })]),
  ),
  ...Object.fromEntries(
    (['npm', 'aws-access-key', 'openai'] as const).map((kind) => [
      `anybody’s ${kind}`,
      () => ({ text: mint.mint(kind) }),
    ]),
  ),
  'a JWT that names nobody': () => ({ text: mint.jwt({ aud: 'x' }) }),
  'a service’s github-installation': () => ({ text: mint.mint('github-installation') }),
  'a service’s entra-client-secret': () => ({ text: mint.mint('entra-client-secret') }),
  'a service’s azure-sas': () => ({ text: mint.sas({}) }),
  'a service’s JWT': () => ({ text: mint.jwt({ idtyp: 'app', oid: elsewhere, iss }) }),
  'the leaver’s JWT by object id': () => ({ text: mint.jwt({ oid: oid.toUpperCase(), iss }) }),
  'the leaver’s SAS by object id': () => ({ text: mint.sas({ skoid: oid, sktid: tenantId }) }),
  'the leaver’s JWT by UPN': () => ({ text: mint.jwt({ upn: 'Alex.Moreau@corp.example' }) }),
  'the leaver’s github-classic by its list': () => listed('amoreau'),
  'a colleague’s JWT by object id': () => ({
    text: mint.jwt({ oid: ana.oid, iss, upn: 'alex.moreau@corp.example' }),
  }),
  'a colleague’s SAS by object id': () => ({ text: mint.sas({ skoid: ana.oid, sktid: tenantId }) }),
  'a colleague’s github-classic by its list': () => listed('amoreau-silva'),
  'a JWT by a colleague’s UPN': () => ({ text: mint.jwt({ upn: 'ana@corp.example' }) }),
  'a JWT of another tenant': () => ({ text: mint.jwt({ oid: ana.oid, iss: iss.replace(tenantId, elsewhere) }) }),
};

/** The table: what each holder is in each situation. A row that says one word says it for all of them. */
const BY_SIGNS: Readonly<Record<Situation, Ownership['owner']>> = {
  nothing: 'unknown',
  'a variable named after the leaver': 'likely',
  'a variable named after somebody alike': 'unknown',
  'made by the leaver': 'likely',
  'made by somebody with the leaver’s sign-in name': 'likely',
  'made by a colleague': 'unknown',
  'made by a colleague, edited last by the leaver': 'unknown',
  'the leaver’s machine': 'likely',
  'beside a token of the leaver': 'unknown',
};

function expected(holder: string, situation: Situation): Ownership['owner'] {
  if (holder === 'the leaver’s JWT by UPN') return 'likely';
  if (holder === 'a JWT by a colleague’s UPN') return 'unknown';
  if (holder.startsWith('the leaver’s')) return 'leaver';
  if (holder.startsWith('a colleague’s')) return 'someone-else';
  if (holder.startsWith('a service’s')) return 'service';
  return BY_SIGNS[situation];
}

describe('whose a token is, at every vendor and in every place', () => {
  for (const [holder, make] of Object.entries(HOLDERS)) {
    for (const situation of Object.keys(SITUATIONS) as Situation[]) {
      test(`${holder}, ${situation}: ${expected(holder, situation)}`, () => {
        const { text, known = nobody } = make();
        const answers = PLACES.map(({ words, whose }) => {
          const place = { ...whose, ...SITUATIONS[situation] };
          const { reasons, ...answer } = ownershipOf(tokenIn(`TOKEN=${text}`), place, known);
          assert.ok(reasons.length > 0 && reasons.every((reason) => reason.length > 10), `${words} gives its reasons`);
          assert.ok(!reasons.some((reason) => reason.includes(text.slice(-8))), 'no reason holds a piece of the token');
          return { words, answer };
        });
        for (const { words, answer } of answers) {
          assert.deepEqual(answer, answers[0]?.answer, `${words} is like every other place`);
        }
        assert.equal(answers[0]?.answer.owner, expected(holder, situation));
      });
    }
  }
});

test('no name in any place, and no number of names, is proof', () => {
  const everywhere: CredentialPlace = {
    variable: 'AMOREAU_TOKEN',
    container: { what: 'variable group', names: ['alex.moreau', 'amoreau'] },
    writtenBy: ['aad.leaver', 'alex.moreau@corp.example'],
    lastEditedBy: ['aad.leaver'],
    onLeaversMachine: true,
  };
  for (const kind of [...PLANTED_KINDS, ...FOREIGN_KINDS]) {
    if (kind === 'jwt') continue;
    assert.notEqual(verdict(mint.mint(kind), everywhere), 'leaver', kind);
  }
  const claims = { upn: 'alex.moreau@corp.example', email: 'a.moreau@corp.example', preferred_username: 'amoreau' };
  assert.equal(verdict(mint.jwt(claims), everywhere), 'likely');
});

test('no format is dropped: where nothing points to anybody, the owner is unknown or a service', () => {
  for (const kind of [...PLANTED_KINDS, ...FOREIGN_KINDS]) {
    if (kind === 'jwt') continue;
    assert.match(verdict(`export X=${mint.mint(kind)}`), /^(?:unknown|service)$/, kind);
  }
});

test('a service’s token is in the leaver’s hands on the leaver’s machine, where the leaver wrote, and under the leaver’s name', () => {
  const text = mint.mint('entra-client-secret');
  const held = (situation: Situation): boolean => {
    const answer = ownershipOf(tokenIn(text), { ...plain, ...SITUATIONS[situation] }, nobody);
    return answer.owner === 'service' && answer.inLeaversHands;
  };
  const situations = Object.keys(SITUATIONS) as Situation[];
  assert.deepEqual(
    situations.filter((situation) => !held(situation)),
    ['nothing', 'a variable named after somebody alike', 'made by a colleague'],
  );
});
