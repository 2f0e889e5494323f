import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import type { Oid } from '../../../src/people/oid.ts';
import type { JudgedLeaver } from '../../../src/posture/readings/leavers.ts';
import { FiledStepsSchema } from '../../../src/posture/runs/filed-steps.ts';
import { daysKept, enterSeen, type Ledger, LedgerSchema, leaversOf } from '../../../src/posture/runs/ledger.ts';
import type { Reader } from '../reader.ts';

/** In the container `work`. */
const LEDGER = 'posture/leavers.json';

/** Who left and who can get in, entered into the ledger; then of each who left what became of their cases. */
export const readLeavers: Reader = async ({ vendors, settings, now }) => {
  const at = now();
  const [{ departed, deleted }, living, holders] = await Promise.all([
    vendors.graph.listInactiveUsers(at),
    vendors.graph.listUsers(),
    withAccess(vendors, settings.GATEWAY_APP_ID),
  ]);
  const left = [
    ...departed.items.flatMap(({ oid, leaveAt }) => (leaveAt === undefined ? [] : [{ oid, at: utc(leaveAt) }])),
    // One whose day nobody can read is gone all the same, at the latest now.
    ...deleted.items.map(({ oid, deletedAt }) => ({ oid, at: utc(deletedAt ?? at.toISOString()) })),
  ];
  const gone = new Set(left.map(({ oid }) => oid));
  // Whose account is off is not back, whatever became of their last day.
  const here = living.items.filter(({ oid, state }) => state === 'active' && !gone.has(oid)).map(({ oid }) => oid);
  const failures = [departed.failure, deleted.failure, living.failure, ...holders.failures];
  const whole = failures.every((failure) => failure === undefined);
  const seen = { at: at.toISOString(), whole, withAccess: holders.oids, left, here };
  const text = await vendors.storage.changeDocument(LEDGER, (before) =>
    JSON.stringify(enterSeen(parsed(before), seen)),
  );
  const ledger = parsed(text);
  const found = ledger === undefined ? [] : leaversOf(ledger, seen.at);
  return {
    facts: {
      daysKept: ledger === undefined ? 0 : daysKept(ledger, seen.at),
      leavers: await Promise.all(found.map(async (each) => ({ ...each, cases: await casesOf(vendors, each.oid) }))),
    },
    failures: failures.flatMap((failure) => (failure === undefined ? [] : [{ failure }])),
  };
};

const utc = (instant: string): string => new Date(instant).toISOString();

function parsed(text: string | undefined): Ledger | undefined {
  return text === undefined ? undefined : LedgerSchema.parse(JSON.parse(text));
}

/** Whoever may get a token for the gateway: assigned by themselves or by a group, or with a consent of their own. */
async function withAccess(
  { graph }: Pick<Vendors, 'graph'>,
  appId: string,
): Promise<{ readonly oids: readonly Oid[]; readonly failures: readonly VendorFailure[] }> {
  const gateway = await graph.findServicePrincipal(appId);
  if (!gateway.ok) return { oids: [], failures: [gateway.failure] };
  const [assigned, grants] = await Promise.all([
    graph.listAssignedTo(gateway.value.id),
    graph.listGrants('resourceId', gateway.value.id),
  ]);
  const groups = assigned.items.filter(({ principalType }) => principalType === 'Group');
  const members = await Promise.all(groups.map(({ principalId }) => graph.listGroupPeople(principalId)));
  const failures = [assigned.failure, grants.failure, ...members.map(({ failure }) => failure)];
  return {
    oids: [
      ...assigned.items.flatMap(({ principalType, principalId }) =>
        principalType === 'User' ? [principalId as Oid] : [],
      ),
      ...grants.items.flatMap(({ principalId }) => (principalId === null ? [] : [principalId as Oid])),
      ...members.flatMap(({ items }) => items.map(({ id }) => id as Oid)),
    ],
    failures: failures.filter((failure) => failure !== undefined),
  };
}

async function casesOf({ storage }: Pick<Vendors, 'storage'>, oid: Oid): Promise<JudgedLeaver['cases']> {
  const [stored, denied] = await Promise.all([storage.casesOf(oid), storage.getDenied(oid)]);
  const since = denied?.state === 'denied' ? denied.since : undefined;
  return Promise.all(
    stored
      .map(({ row }) => row)
      .toSorted((one, other) => one.n - other.n)
      .map(async (row) => {
        const text = row.report === undefined ? undefined : await storage.getText('evidence', row.report);
        const steps = text === undefined ? [] : FiledStepsSchema.parse(JSON.parse(text)).steps;
        const { caseId, mode, state, openedAt, filedAt, contained } = row;
        return {
          ...{ caseId, mode, state, openedAt, steps },
          ...(filedAt === undefined ? {} : { filedAt }),
          ...(contained === 'done' && since !== undefined ? { containedAt: since } : {}),
          contained: contained === 'done' || contained === 'no-gateway',
        };
      }),
  );
}
