import assert from 'node:assert/strict';
import { discoverConsent } from '../../../activities/consent/discover-consent.ts';
import { ENTRA } from '../../../local/tenant/entra/directory.ts';
import { administratorOf } from '../../../local/tenant/entra/people/administrator.ts';
import { makeGraph, seedEntra } from '../../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { StepResult, StepResultRef } from '../../../src/cases/step-result.ts';
import { findPerson } from '../../../src/connectors/graph/people/users.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { type Oid, parseOid } from '../../../src/people/oid.ts';
import { grantIdOf } from '../../../src/steps/consent/rules/grant-id.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

export const oid = parseOid(WORLD.leaver.oid) as Oid;
export const caseId = makeCaseId(oid, 1);
export const gateway = WORLD.gateway.servicePrincipalId;
export const claude = WORLD.clients.claudeCode.servicePrincipalId;
export const vscode = WORLD.clients.vscode.servicePrincipalId;
export const grantOf = (clientId: string, resourceId: string, principalId: string = oid) =>
  grantIdOf({ clientId, resourceId, principalId });
export const OWN = [
  grantOf(claude, gateway),
  grantOf(vscode, gateway),
  grantOf(gateway, ENTRA.documents.servicePrincipalId),
].sort();

export interface Discovered extends StepResult {
  readonly ref: StepResultRef;
}

export const planned = ({ findings }: StepResult): string[] =>
  findings.flatMap(({ status, resource }) => (status === 'planned' ? [resource.id] : [])).sort();

/** A person with consents and roles in a seeded directory, and a case that looks for them. */
export async function startConsent() {
  const state = seedEntra(seedContext());
  const app = await startApp({
    vendors: (core) => [makeGraph(core, state)],
    storage: 'memory',
  });
  const { config, tenant, context } = app;
  const admin = administratorOf(tenant.core, WORLD.operator.oid);

  async function prepare(): Promise<void> {
    tenant.faults.clear();
    state.switches.hideGrantsOfSoftDeleted = false;
    if (state.deletedUsers.get(oid) !== undefined) await admin.restoreUser(oid);
  }

  async function leaverNow(): Promise<Leaver> {
    const found = await findPerson(config, oid);
    assert.ok(found.ok);
    return { ...found.value, github: [], devops: [] };
  }

  async function discover(leaver?: Leaver): Promise<Discovered> {
    const ref = await discoverConsent.handler({ caseId, leaver: leaver ?? (await leaverNow()) }, context);
    return { ...(await getJson<StepResult>(config, ref.ref)), ref };
  }

  return { state, app, config, tenant, context, admin, leaverNow, discover, prepare };
}

export type ConsentWorld = Awaited<ReturnType<typeof startConsent>>;
