import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { makeArm, seedArm } from '../../local/tenant/arm/vendor.ts';
import { makeDevOps, seedDevOps } from '../../local/tenant/devops/vendor.ts';
import { makeGraph, seedEntra } from '../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import { startApp } from '../support/apps/start-app.ts';
import { seedContext } from '../support/seed-context.ts';

const context = seedContext();
const app = await startApp({
  vendors: (core) => [
    makeGraph(core, seedEntra(context)),
    makeArm(core, seedArm(context)),
    makeDevOps(core, seedDevOps(context)),
  ],
});
after(() => app.stop());
afterEach(() => app.tenant.faults.clear());
const { vendors } = app.context;

const ASKED: Readonly<Record<string, () => Promise<VendorFailure | undefined>>> = {
  graph: async () => (await vendors.graph.listAssignedTo(WORLD.gateway.servicePrincipalId)).failure,
  arm: async () => (await vendors.azure.listIdentities(WORLD.subscriptions.platform)).failure,
  devops: async () => (await vendors.devops.listProjects(WORLD.devops.organisation)).failure,
};
const azure = (code: string): string => JSON.stringify({ error: { code, message: 'WORDS' } });
const devops = (typeKey: string): string => JSON.stringify({ typeKey, message: 'WORDS' });

/** What each vendor says, and whether that is the word for a permission that is missing. */
const REFUSALS: readonly (readonly [vendor: string, status: number, body: string, said: string, missing: boolean])[] = [
  ['graph', 403, azure('Authorization_RequestDenied'), 'Authorization_RequestDenied', true],
  ['graph', 403, azure('Forbidden'), 'Forbidden', false],
  ['graph', 401, azure('InvalidAuthenticationToken'), 'InvalidAuthenticationToken', false],
  ['graph', 403, '<html>blocked by a firewall</html>', '403', false],
  ['arm', 403, azure('AuthorizationFailed'), 'AuthorizationFailed', true],
  ['arm', 403, azure('RequestDisallowedByPolicy'), 'RequestDisallowedByPolicy', false],
  ['arm', 401, azure('ExpiredAuthenticationToken'), 'ExpiredAuthenticationToken', false],
  ['devops', 403, devops('AccessDeniedException'), 'AccessDeniedException', true],
  ['devops', 401, devops('UnauthorizedRequestException'), 'UnauthorizedRequestException', true],
  ['devops', 403, devops('VssIPNotAllowedException'), 'VssIPNotAllowedException', false],
  ['devops', 401, '', '401', false],
  ['devops', 203, '<html>Sign In</html>', 'does not take our token', false],
];

for (const [vendor, status, body, said, missing] of REFUSALS) {
  const how = missing ? 'names the permission' : 'blames no permission';
  test(`${vendor} answers ${status} with “${said}”: the line says so and ${how}`, async () => {
    app.tenant.faults.add({ vendor, effect: { kind: 'answer', status, body } });
    const failure = await ASKED[vendor]?.();
    assert.ok(failure?.kind === 'denied', failure?.kind);
    assert.ok(failure.message.includes(said), failure.message);
    assert.equal(failure.missingPermission !== undefined, missing);
    assert.doesNotMatch(failure.message, /WORDS|firewall/);
    if (!missing) assert.doesNotMatch(failure.message, /It needs /);
  });
}
