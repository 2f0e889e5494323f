import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withImpact } from '../../../../src/cases/decisions/impact.ts';
import type { Finding, ResourceRef } from '../../../../src/cases/finding.ts';
import type { Impact, RemedyCall } from '../../../../src/cases/remedies/remedy.ts';
import type { Use } from '../../../../src/cases/remedies/use.ts';
import { type RemedyDefinition, remedyOf } from '../../../../src/steps/define-remedy.ts';
import { isByImpact, stopsIn } from '../../../../src/steps/registry.ts';
import { revokeDevOpsToken } from '../../../../src/steps/runner-credentials/remedies/azure-devops/revoke-devops-token.ts';
import { variableState } from '../../../../src/steps/runner-credentials/remedies/github/delete-variable.ts';
import { revokeFineGrainedToken } from '../../../../src/steps/runner-credentials/remedies/tokens/revoke-fine-grained-token.ts';
import type { PipelineUse, PoolUse } from '../../../../src/steps/runner-credentials/rules/azure-devops/pipeline-use.ts';
import {
  behindDevOpsPlace,
  stopsWithoutAgent,
} from '../../../../src/steps/runner-credentials/rules/azure-devops/what-stops.ts';
import { behindCredential } from '../../../../src/steps/runner-credentials/rules/behind-credential.ts';
import { variablePlace } from '../../../../src/steps/runner-credentials/rules/github/tokens/token-places.ts';
import { workflowUse } from '../../../../src/steps/runner-credentials/rules/github/workflows/workflow-use.ts';
import { finding } from '../../../report/sample-case.ts';

const organisation = 'acme';
const pipeline = (name: string, more: Partial<PipelineUse>): PipelineUse => ({
  kind: 'azure-devops-pipeline',
  organisation,
  id: `acme/p1/definitions/${name}`,
  name: `platform/${name}`,
  url: `https://dev.azure.com/acme/${name}`,
  poolIds: [],
  byFile: false,
  groupIds: [],
  ...more,
});
const pool = (poolId: number, enabled: number, deployment = false): PoolUse => ({
  kind: 'azure-devops-pool',
  organisation,
  poolId,
  name: 'Default',
  deployment,
  enabled,
});
const at = (type: string, id: string): ResourceRef => ({ system: 'azure-devops', type, id });
const token = (resource: ResourceRef, owner: string, tokenType = 'azure-devops'): Finding =>
  finding('runner-credentials', 'token-in-capability', resource.id, { resource, evidence: { owner, tokenType } });

/** Each as `name` where it stops, `name?` where it only may. */
const seen = (impact: readonly Impact[]) =>
  impact.map(({ what, perhaps }) => `${what.replace(/ \(acme.*\)$/, '')}${perhaps ? '?' : ''}`).sort();

const AGENT = at('agent', 'acme/pools/7/agents/31');
const GROUP = at('variableGroup', 'acme/variablegroups/5');
const release = pipeline('release', { poolIds: [7], groupIds: [5] });
const nightly = pipeline('nightly', { poolIds: [7], byFile: true });
const other = pipeline('other', { poolIds: [9], byFile: true });
const elsewhere = { ...release, organisation: 'acme-labs' };

const AGENTS: Readonly<Record<string, readonly [uses: readonly Use[], stops: readonly string[]]>> = {
  'the only agent of a pool: what the page sends there stops, what a file sends there may': [
    [release, nightly, pool(7, 1)],
    ['platform/nightly?', 'platform/release'],
  ],
  'one agent of several: another takes its jobs': [[release, pool(7, 3)], ['platform/release?']],
  'a pool of which nobody knows how many agents it has': [[release], ['platform/release?']],
  'a file that may name the pool: not known which': [
    [other, pool(7, 1)],
    ['1 pipeline in YAML of acme that may run in pool Default (id 7) (not known which)?'],
  ],
  'a machine that is deployed to': [
    [release, pool(7, 1, true)],
    ['releases that deploy to pool Default (id 7) of acme (not known which)?'],
  ],
  'another organisation’s pipelines': [[elsewhere, pool(7, 1)], []],
};

for (const [what, [uses, stops]] of Object.entries(AGENTS)) {
  test(`disabling ${what}`, () => assert.deepEqual(seen(stopsWithoutAgent({ organisation, poolId: 7 }, uses)), stops));
}

const DEVOPS_CALL = {
  kind: 'revoke-devops-token',
  organisation,
  descriptor: 'aad.x',
  authorizationId: 'a1',
  expected: { owner: null },
} as const;

/** The finding of a credential with what its revocation would stop, as plan and report have it. */
function remedyTold<Call extends RemedyCall>(
  definition: RemedyDefinition<Call, { token: string }>,
  call: Call,
  places: readonly Finding[],
  uses: readonly Use[],
): Finding {
  const credential = finding('runner-credentials', 'credential', 'acme/a1', { status: 'planned' });
  const remedy = remedyOf(definition, credential.id, call, { token: 'T' });
  const findings = [{ ...credential, remedy }, ...places];
  const [told] = withImpact(findings, stopsIn({ findings, uses }), isByImpact);
  assert.ok(told !== undefined);
  return told;
}

const TOKENS: Readonly<Record<string, readonly [place: Finding, uses: readonly Use[], listed: boolean]>> = {
  'on an agent that builds run on': [token(AGENT, 'likely'), [release, pool(7, 1)], true],
  'on an agent of several that builds run on': [token(AGENT, 'likely'), [release, pool(7, 3)], true],
  'on an agent that no build is known to run on': [token(AGENT, 'likely'), [pool(7, 1)], true],
  'on an agent that a file may name': [token(AGENT, 'likely'), [other, pool(7, 1)], true],
  'in a variable of a pipeline': [token(at('pipeline', release.id), 'likely'), [release], true],
  'in a variable group': [token(GROUP, 'likely'), [], true],
  'in a variable of GitHub’s': [
    token({ ...at('repository-variable', 'acme/api#T'), system: 'github' }, 'likely'),
    [],
    true,
  ],
  'in another organisation’s variable group': [
    token(at('variableGroup', 'acme-labs/variablegroups/5'), 'likely'),
    [],
    false,
  ],
  'nowhere that points to the leaver': [token(GROUP, 'unknown'), [], false],
  'nowhere: it is a token of another issuer that stands there': [token(GROUP, 'likely', 'npm'), [], false],
};

for (const [where, [place, uses, listed]] of Object.entries(TOKENS)) {
  test(`a token of Azure DevOps that may stand ${where} ${listed ? 'waits for a person, who sees what may stop' : 'is revoked at once: nothing is known to stop'}`, () => {
    const planned = remedyTold(revokeDevOpsToken, DEVOPS_CALL, [place], uses);
    assert.deepEqual(
      [planned.status, planned.remedy?.risk],
      listed ? ['awaiting-decision', 'disruptive'] : ['planned', 'safe'],
    );
    const impact = planned.remedy?.impact ?? [];
    assert.equal(impact.length > 0, listed);
    assert.ok(impact.every(({ perhaps }) => perhaps));
    if (listed) assert.match(planned.reason, /nothing tells whether they do, so that a person decides/);
  });
}

test('that nobody knows which of the leaver’s tokens stands there is said', () => {
  const [first] = remedyTold(revokeDevOpsToken, DEVOPS_CALL, [token(GROUP, 'likely')], []).remedy?.impact ?? [];
  assert.match(first?.what ?? '', /acme\/variablegroups\/5, if it is this token.*not known which/);
});

const ELSEWHERE = { ...at('repository-variable', 'acme/api#T'), system: 'github' } as const;
const FINE_GRAINED: Readonly<Record<string, readonly [place: Finding, waits: boolean]>> = {
  'may stand in a variable': [token(ELSEWHERE, 'likely', 'github-fine-grained'), true],
  'stands nowhere that was read': [token(ELSEWHERE, 'likely', 'github-classic'), false],
  'stands only where nothing points to the leaver': [token(ELSEWHERE, 'unknown', 'github-fine-grained'), false],
};
for (const [what, [place, waits]] of Object.entries(FINE_GRAINED)) {
  test(`a fine-grained token of GitHub’s that ${what} ${waits ? 'waits for a person' : 'is revoked at once'}`, () => {
    const call = {
      kind: 'revoke-fine-grained-token',
      organisation,
      grantId: 1,
      ownerId: 2,
      login: 'x',
      expected: { ownerId: 2 },
    } as const;
    const { status, remedy } = remedyTold(revokeFineGrainedToken, call, [place], []);
    assert.deepEqual([status, remedy?.risk], waits ? ['awaiting-decision', 'disruptive'] : ['planned', 'safe']);
  });
}

test('behind a variable group are the pipelines of the page that name it, and those of files that may', () => {
  assert.deepEqual(seen(behindDevOpsPlace(token(GROUP, 'leaver'), [release, other])), [
    '1 pipeline in YAML of acme that may use variable group 5 (not known which)?',
    'platform/release',
  ]);
});

test('behind a credential of single sign-on stand the workflows that take it from a variable, and the builds of an agent', () => {
  const credential = finding('runner-credentials', 'sso-credential', 'acme/7101');
  const restsOn = { credentials: [credential.id], proved: true };
  const place = variablePlace(
    { type: 'organisation', organisation },
    { name: 'CI', expected: variableState('') },
    'https://api.github.com',
  );
  assert.ok(place.deletion !== undefined);
  const variable = finding('runner-credentials', 'token-in-variable', place.id, {
    resource: place.resource,
    remedy: place.deletion.remedy,
    restsOn,
  });
  const file = {
    organisation,
    repository: 'api',
    path: '.github/workflows/ci.yml',
    text: 'on: push\njobs:\n  a: { runs-on: x, steps: [{ run: "$' + '{{ vars.CI }}" }] }',
  };
  const workflow = workflowUse(file, new Set(), 'https://api.github.com');
  assert.ok(workflow !== undefined);
  const uses = [workflow, release, pool(7, 1)];
  const onAgent = { ...token(AGENT, 'leaver'), restsOn };
  assert.deepEqual(seen(behindCredential(credential, { findings: [variable, onAgent], uses })), [
    'acme/api/.github/workflows/ci.yml',
    'platform/release',
  ]);
  const another = { ...restsOn, credentials: [] };
  assert.deepEqual(behindCredential(credential, { findings: [{ ...variable, restsOn: another }], uses }), []);
});
