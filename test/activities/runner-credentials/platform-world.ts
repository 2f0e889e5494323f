import assert from 'node:assert/strict';
import { scanPlatform } from '../../../activities/runner-credentials/platform/scan-platform.ts';
import { SERVICE_ID } from '../../../local/tenant/arm/seeds/case-study-platform.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

export const LEAVER: Leaver = {
  oid: WORLD.leaver.oid as Oid,
  state: 'active',
  displayName: WORLD.leaver.displayName,
  givenName: 'Alex',
  familyName: 'Moreau',
  userPrincipalName: WORLD.leaver.userPrincipalName,
  github: [],
  devops: [],
};

/** Kind, severity and status of what was found besides the seeded access policy. */
export const told = ({ findings }: StepResult): string[] =>
  findings
    .filter(({ kind }) => kind !== 'connection-access')
    .map(({ kind, severity, status, evidence }) => `${kind} ${severity} ${status} ${evidence.owner}`)
    .sort();

/** A token of Entra that names somebody by object id. */
export const jwt = (oid: string): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iss = `https://login.microsoftonline.com/${WORLD.tenantId}/v2.0`;
  const claims = { iss, tid: WORLD.tenantId, oid, exp: Math.floor(Date.now() / 1_000) + 86_400 };
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.${Buffer.alloc(256, 7).toString('base64url')}`;
};

/** A platform without tokens until a test puts one there, and a scan of it. */
export async function startPlatform() {
  const seed = seedContext();
  const arm = seedArm(seed);
  const app = await startApp({ vendors: (core) => [makeArm(core, arm)], storage: 'memory' });

  function prepare(): void {
    const fresh = seedArm(seed);
    for (const kind of ['namedValues', 'gatewayObjects', 'containerGroups'] as const) arm[kind].clear();
    for (const row of fresh.namedValues.all()) arm.namedValues.add(row);
    for (const row of fresh.gatewayObjects.all()) arm.gatewayObjects.add(row);
    for (const row of fresh.containerGroups.all()) arm.containerGroups.add(row);
  }

  async function scan(leaver: Leaver = LEAVER, settings: typeof app.config = app.config): Promise<StepResult> {
    const about = { caseId: makeCaseId(leaver.oid, 1), leaver };
    const { ref } = await scanPlatform.handler(about, { ...app.context, settings });
    return getJson<StepResult>(app.config, ref);
  }

  const namedValue = (name: string, value: string, secret = false): void => {
    arm.namedValues.add({ serviceId: SERVICE_ID, name, value, secret, version: 1 });
  };
  const GROUP = arm.containerGroups.all()[0];
  assert.ok(GROUP !== undefined);
  const environment = (variables: readonly object[], command: readonly string[] = []): void => {
    const container = { name: 'server', properties: { command, environmentVariables: variables } };
    arm.containerGroups.add({ ...GROUP, properties: { containers: [container] } });
  };

  return { arm, app, scan, namedValue, GROUP, environment, prepare };
}

export type PlatformWorld = Awaited<ReturnType<typeof startPlatform>>;
