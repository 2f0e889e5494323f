import { makeArm, seedArm } from '../../../../local/tenant/arm/vendor.ts';
import type { CaseId } from '../../../../src/cases/ids.ts';
import { openDenied } from '../../../../src/connectors/denied/index.ts';
import { openVendors, type Vendors } from '../../../../src/connectors/vendors.ts';
import type { DutyContext } from '../../../../src/duties/duty.ts';
import { startCaseWith } from '../../../../src/intake/starting/start-case.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { receiveEntraEvent } from '../../../../src/triggers/entra/entra-events.ts';
import { startIntakeApp } from '../../../support/apps/intake-app.ts';
import { makeEngine } from '../../../support/engine.ts';
import { forgetDenied } from '../../../support/forget-denied.ts';
import { seedContext } from '../../../support/seed-context.ts';
import { keepBlobsInMemory } from '../../../support/storage-in-memory/blobs.ts';
import { keepTablesInMemory } from '../../../support/storage-in-memory/tables.ts';

/*
 * Two hosts at the same moment, each order of what they do to each other forced: one waits at a barrier in a call of
 * storage or of the gateway until the other has done its part.
 */
keepTablesInMemory();
keepBlobsInMemory();
export const arm = seedArm(seedContext());
export const app = await startIntakeApp({
  vendors: (core) => [makeArm(core, arm)],
  storage: 'memory',
  settings: { MAX_CASES_PER_HOUR: '1000' },
});

export const { config, administrator, log } = app;
export const begun: string[] = [];
const engine = makeEngine((caseId) => begun.push(caseId));
export const start = startCaseWith(engine.client);
export const isListed = (oid: string): boolean => arm.namedValues.all().some(({ value }) => value.includes(`,${oid},`));
export const reset = async () => {
  for (const row of arm.namedValues.all()) row.value = ',none,';
  await forgetDenied(config);
};

export type Storage = Vendors['storage'];
export type Gateway = Vendors['gateway'];

/** A host of its own, some of whose calls are others. */
export function host(
  change: { readonly storage?: Partial<Storage>; readonly gateway?: Partial<Gateway> } = {},
): Vendors {
  const opened = openVendors(config);
  const [storage, gateway] = [
    { ...opened.storage, ...change.storage },
    { ...opened.gateway, ...change.gateway },
  ];
  return { ...opened, storage, gateway, denied: openDenied({ storage, gateway, restMs: 0 }) };
}

/** Whoever comes to `pass` first waits until `open` is called. */
export function barrier() {
  const [arrival, opening] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const pass = (): Promise<void> => {
    arrival.resolve();
    return opening.promise;
  };
  return { pass, arrived: arrival.promise, open: opening.resolve };
}

export const plain = host();
export const contextOf = (vendors: Vendors, now = new Date()): DutyContext => ({
  ...{ vendors, settings: config, log, client: engine.client },
  now: () => now,
});
export const deleted = async (): Promise<Oid> => {
  const oid = app.hire();
  await administrator.deleteUser(oid);
  return oid;
};
export const told = (oid: Oid, vendors: Vendors): Promise<void> =>
  receiveEntraEvent(vendors, config, app.updated(oid), start, log);
export const rowsOf = async (oid: Oid) => (await plain.storage.casesOf(oid)).map(({ row }) => row);
export const startsOf = (caseId: CaseId): number => begun.filter((each) => each === caseId).length;
