import assert from 'node:assert/strict';
import { administratorOf } from '../../../../local/tenant/entra/people/administrator.ts';
import { makeGraph, seedEntra } from '../../../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import type { VendorResult } from '../../../../src/connectors/result.ts';
import { type Oid, parseOid } from '../../../../src/people/oid.ts';
import { startApp } from '../../../support/apps/start-app.ts';
import { seedContext } from '../../../support/seed-context.ts';

export const leaver = oidOf(WORLD.leaver.oid);

export function oidOf(text: string): Oid {
  const oid = parseOid(text);
  assert.ok(oid !== undefined);
  return oid;
}

export function failureOf<T>(result: VendorResult<T>) {
  assert.ok(!result.ok, 'a failure was expected');
  return result.failure;
}

/** A directory in which one person is asked about. */
export async function startUsers() {
  const now = new Date();
  const state = seedEntra(seedContext(now));
  const app = await startApp({ vendors: (core) => [makeGraph(core, state)] });
  const { config, tenant } = app;
  const admin = administratorOf(tenant.core, WORLD.operator.oid);

  async function prepare(): Promise<void> {
    tenant.faults.clear();
    if (state.deletedUsers.get(leaver) !== undefined) await admin.restoreUser(leaver);
  }

  return { now, state, app, config, tenant, admin, prepare };
}

export type UsersWorld = Awaited<ReturnType<typeof startUsers>>;
