import assert from 'node:assert/strict';
import type { DurableClient } from 'durable-functions';
import { makeArm, seedArm } from '../../../../local/tenant/arm/vendor.ts';
import type { CaseRow, OffboardingRequest } from '../../../../src/cases/case.ts';
import { type CaseId, makeCaseId } from '../../../../src/cases/ids.ts';
import { openVendors, type Vendors } from '../../../../src/connectors/vendors.ts';
import { startScheduledCases } from '../../../../src/duties/cases/start-scheduled-cases.ts';
import type { DutyContext } from '../../../../src/duties/duty.ts';
import { openCase } from '../../../../src/intake/starting/open-case.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { startIntakeApp } from '../../../support/apps/intake-app.ts';
import { forgetDenied } from '../../../support/forget-denied.ts';
import { seedContext } from '../../../support/seed-context.ts';

const arm = seedArm(seedContext());
export const app = await startIntakeApp({
  vendors: (core) => [makeArm(core, arm)],
  settings: { MAX_CASES_PER_HOUR: '1000' },
});

export const { config, administrator } = app;
export const vendors = openVendors(config);
export const isListed = (oid: string): boolean => arm.namedValues.all().some(({ value }) => value.includes(oid));

const HOUR_MS = 3_600_000;
const base = Date.now();
export const at = (hours: number) => (): Date => new Date(base + hours * HOUR_MS);
export const isoAt = (hours: number): string => at(hours)().toISOString();
export const reset = async () => {
  app.tenant.faults.clear();
  await forgetDenied(config);
};

/** The engine, which knows what was started; `down` while it answers nobody. */
export const engine = { down: false, asked: [] as string[] };
export const client = {
  getStatus: async (instanceId: string) => {
    if (app.started.some((each) => each.instanceId === instanceId)) return { runtimeStatus: 'Running' };
    throw new Error('HTTP 404');
  },
  startNew: async (_name: string, { instanceId = '', input }: { instanceId?: string; input?: unknown }) => {
    if (engine.down) throw new Error('the engine is down');
    if (app.started.some((each) => each.instanceId === instanceId)) throw new Error('HTTP 409');
    engine.asked.push(instanceId);
    await app.start(instanceId, input as Parameters<typeof app.start>[1]);
    return instanceId;
  },
} as unknown as DurableClient;

export const round = (hours: number, hooked: Vendors = vendors): Promise<number> => {
  const context: DutyContext = { vendors: hooked, settings: config, log: app.log, client, now: at(hours) };
  return startScheduledCases.run(context);
};
export const requestFor = (oid: Oid, more: Partial<OffboardingRequest> = {}): OffboardingRequest => ({
  oid,
  trigger: 'hr-queue',
  reason: 'HR reported a leaver.',
  requestedBy: 'hr',
  requestedAt: isoAt(0),
  mode: 'apply',
  lastDay: isoAt(24).slice(0, 10),
  startsAt: isoAt(24),
  ...more,
});
export const event = (oid: Oid): OffboardingRequest => {
  const { startsAt: _, lastDay: __, ...now } = requestFor(oid, { trigger: 'entra-event', requestedBy: 'entra' });
  return now;
};

export const ask = (request: OffboardingRequest, hours = 0) => openCase(vendors, config, request, app.start, at(hours));
export async function schedule(more: Partial<OffboardingRequest> = {}): Promise<{ oid: Oid; caseId: CaseId }> {
  const oid = app.hire();
  await ask(requestFor(oid, more));
  return { oid, caseId: makeCaseId(oid, 1) };
}

export const rowOf = async (caseId: CaseId): Promise<CaseRow> => {
  const stored = await vendors.storage.getCase(caseId);
  assert.ok(stored !== undefined);
  return stored.row;
};
export const stateOf = async (caseId: CaseId): Promise<string> => (await rowOf(caseId)).state;
/** Everything that is due is started or taken away, so that tests do not share it. */
export const clear = (): Promise<number> => round(10_000);
