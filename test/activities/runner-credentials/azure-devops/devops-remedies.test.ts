import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import type { StepResult } from '../../../../src/cases/step-result.ts';
import type { RemedyCall } from '../../../../src/steps/registry.ts';
import { disableAgent } from '../../../../src/steps/runner-credentials/remedies/azure-devops/disable-agent.ts';
import { revokeDevOpsToken } from '../../../../src/steps/runner-credentials/remedies/azure-devops/revoke-devops-token.ts';
import { organisation, type ScanDevopsWorld, startScanDevops } from './scan-devops-world.ts';

let context: ScanDevopsWorld['context'];
let state: ScanDevopsWorld['state'];
let app: ScanDevopsWorld['app'];
let tenant: ScanDevopsWorld['tenant'];
let scan: ScanDevopsWorld['scan'];
before(async () => {
  ({ context, state, app, tenant, scan } = await startScanDevops());
});
after(() => app.stop());
afterEach(() => tenant.faults.clear());

test('disabling the agent takes it out of service, and the colleague’s stays', async () => {
  const call = remedyOf<'disable-agent'>((await scan()).part, 'disable-agent');
  const before = await disableAgent.read(app.context.vendors, call);
  assert.ok(before.ok && before.value.state === 'present');
  for (const planted of context.mint.all()) assert.ok(!JSON.stringify(before.value.image).includes(planted));

  const acted = await disableAgent.act(app.context.vendors, call);
  assert.ok(acted.ok && acted.value.effect === 'done' && acted.requestId !== undefined);
  assert.deepEqual(await disableAgent.read(app.context.vendors, call), { ok: true, value: { state: 'gone' } });
  assert.ok((await disableAgent.act(app.context.vendors, call)).ok);
  assert.deepEqual(
    state.agents.all().map(({ name, enabled }) => [name, enabled]),
    [
      ['laptop-amoreau', false],
      ['build-amoreau-silva', true],
      ['desk-01', true],
    ],
  );
  const again = (await scan()).part.findings.find(({ kind }) => kind === 'runner-of-leaver');
  assert.deepEqual([again?.status, again?.remedy], ['nothing-to-do', undefined]);
});

test('an agent that is gone counts as cut; one whose pool may not be seen does not', async () => {
  const call = {
    kind: 'disable-agent',
    organisation,
    poolId: WORLD.devops.agent.poolId,
    agentId: 999,
    name: 'gone',
    expected: { name: 'gone', registeredAt: null },
  } as const;
  assert.deepEqual(await disableAgent.read(app.context.vendors, call), { ok: true, value: { state: 'gone' } });
  assert.ok((await disableAgent.act(app.context.vendors, call)).ok);
  assert.equal((await disableAgent.read(app.context.vendors, { ...call, poolId: 99 })).ok, false);
  assert.equal((await disableAgent.act(app.context.vendors, { ...call, poolId: 99 })).ok, false);
});

test('a revoked token is queued, stands while the service still lists it as valid, and is gone afterwards', async () => {
  const call = remedyOf<'revoke-devops-token'>((await scan()).part, 'revoke-devops-token');
  state.behaviour.revocationDelayMs = 3_600_000;
  const acted = await revokeDevOpsToken.act(app.context.vendors, call);
  assert.ok(acted.ok && acted.value.effect === 'queued');
  const meanwhile = await revokeDevOpsToken.read(app.context.vendors, call);
  assert.ok(meanwhile.ok && meanwhile.value.state === 'present');
  state.behaviour.revocationDelayMs = 0;
  assert.deepEqual(await revokeDevOpsToken.read(app.context.vendors, call), { ok: true, value: { state: 'gone' } });
  const revoked = state.tokens.where((token) => token.revokedAt !== undefined);
  assert.deepEqual(
    revoked.map(({ authorizationId }) => authorizationId),
    [call.authorizationId],
  );
});

test('a token list that breaks off does not prove that a token is gone', async () => {
  state.behaviour.pageSize = 1;
  tenant.faults.add({ vendor: 'devops', path: /continuationToken=/, effect: { kind: 'truncate' } });
  const call = {
    kind: 'revoke-devops-token',
    organisation,
    descriptor: WORLD.leaver.devopsDescriptor,
    authorizationId: 'not-on-the-first-page',
    expected: { owner: null },
  } as const;
  assert.equal((await revokeDevOpsToken.read(app.context.vendors, call)).ok, false);
  state.behaviour.pageSize = 1_000;
});

function remedyOf<K extends RemedyCall['kind']>(part: StepResult, kind: K): Extract<RemedyCall, { readonly kind: K }> {
  const call = part.findings.map(({ remedy }) => remedy?.call).find((one) => one?.kind === kind);
  assert.ok(call !== undefined);
  return call as Extract<RemedyCall, { readonly kind: K }>;
}
