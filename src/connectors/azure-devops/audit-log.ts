import * as z from 'zod';
import type { Listing } from '../listing.ts';
import type { DevOpsSettings } from '../settings.ts';
import { listAll } from './list-all.ts';
import { named, textual } from './odd-values.ts';
import { QUERIES } from './queries.ts';

const described = z.string().nullish().catch(null);

const Entry = z
  .object({
    id: z.string().min(1),
    actionId: z.string(),
    timestamp: z.string(),
    /** The storage key of who acted; a name may be another person's by now. */
    actorUserId: described,
    actorUPN: described,
    data: named(textual).catch({ values: {}, odd: 0 }),
  })
  .transform(({ data, ...entry }) => ({ ...entry, data: data.values }));
/** One event of the organisation's audit log. */
export type AuditEntry = z.output<typeof Entry>;

/** So long events are kept. Source: learn.microsoft.com/azure/devops/organizations/audit/azure-devops-auditing */
export const AUDIT_DAYS = 90;

/**
 * Every event that the organisation's audit log still has. It is off until somebody turns it on, and what happened
 * meanwhile was never written. Source: learn.microsoft.com/azure/devops/organizations/audit/azure-devops-auditing
 */
export function listAuditEntries(
  settings: DevOpsSettings,
  organisation: string,
  now: Date,
): Promise<Listing<AuditEntry>> {
  const from = new Date(now.getTime() - AUDIT_DAYS * 86_400_000);
  return listAll(settings, {
    ...QUERIES.auditLog(from, now),
    identity: 'reader',
    organisation,
    what: `list the audit log of ${organisation}`,
    rowsAs: 'decoratedAuditLogEntries',
    row: Entry,
    keyOf: ({ id }) => id,
  });
}
