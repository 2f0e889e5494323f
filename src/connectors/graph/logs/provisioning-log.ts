import * as z from 'zod';
import type { ProvisioningWrite } from '../../../people/evidence/provisioning-evidence.ts';
import { type Oid, parseOid } from '../../../people/oid.ts';
import type { Listing } from '../../listing.ts';
import type { GraphSettings } from '../../settings.ts';
import { listAll } from '../call/list-all.ts';
import { READ_AUDITS } from '../people/name-holders.ts';

const text = z.string().nullish();
const Fields = z.object({
  id: z.string(),
  activityDateTime: text,
  provisioningAction: text,
  provisioningStatusInfo: z.object({ status: text }).nullish(),
  servicePrincipal: z.object({ displayName: text }).nullish(),
  targetSystem: z.object({ displayName: text }).nullish(),
  sourceIdentity: z.object({ id: text }).nullish(),
  targetIdentity: z.object({ id: text, displayName: text }).nullish(),
});
/** What it may have come to, in lower case. Source: learn.microsoft.com/graph/api/resources/provisioningstatusinfo */
const STATUSES = ['success', 'warning', 'failure', 'skipped', 'unknownfuturevalue'];
/** A row that does not say what came of it, or that wrote and does not say for whom or where, cannot be read. */
const Row = Fields.refine(
  (row) => STATUSES.includes(statusOf(row)) && (statusOf(row) !== 'success' || writtenBy(row) !== undefined),
);

/**
 * What Entra's provisioning service wrote for a person to accounts elsewhere, within the days that Entra keeps its log:
 * 30, or 7 without a licence. What failed is left out. Takes two permissions.
 * Source: learn.microsoft.com/graph/api/provisioningobjectsummary-list
 */
export function provisionedFor(settings: GraphSettings, oid: Oid): Promise<Listing<ProvisioningWrite>> {
  return writesWhere(settings, `sourceIdentity/id eq '${oid}'`);
}

/** For whom the service wrote to one account elsewhere, by the id that the account has there. */
export function provisionedTo(settings: GraphSettings, targetId: string): Promise<Listing<ProvisioningWrite>> {
  return writesWhere(settings, `targetIdentity/id eq '${targetId.replaceAll("'", "''")}'`);
}

async function writesWhere(settings: GraphSettings, filter: string): Promise<Listing<ProvisioningWrite>> {
  const listing = await listAll(settings, {
    identity: 'reader',
    path: `/auditLogs/provisioning?$filter=${encodeURIComponent(filter)}`,
    what: 'list what provisioning wrote',
    permission: READ_AUDITS,
    shape: Row,
  });
  return { ...listing, items: listing.items.flatMap(writeOf) };
}

function statusOf({ provisioningStatusInfo }: z.output<typeof Fields>): string {
  return provisioningStatusInfo?.status?.toLowerCase() ?? '';
}

function writtenBy({ sourceIdentity, targetIdentity }: z.output<typeof Fields>) {
  const oid = parseOid(sourceIdentity?.id ?? '');
  const targetId = targetIdentity?.id;
  return oid === undefined || !targetId ? undefined : { oid, targetId };
}

function writeOf(row: z.output<typeof Fields>): ProvisioningWrite[] {
  const written = statusOf(row) === 'success' ? writtenBy(row) : undefined;
  if (written === undefined) return [];
  const systems = [row.targetSystem?.displayName, row.servicePrincipal?.displayName];
  return [
    {
      ...written,
      ...(row.targetIdentity?.displayName && { targetName: row.targetIdentity.displayName }),
      made: row.provisioningAction?.toLowerCase() === 'create',
      toGitHub: systems.some((system) => /github/i.test(system ?? '')),
      at: row.activityDateTime ?? '',
    },
  ];
}
