import * as z from 'zod';
import { coverageOfList } from '../../src/cases/coverage-of.ts';
import { BlobRefSchema } from '../../src/cases/remedy.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { Oid } from '../../src/people/oid.ts';
import { count, instant } from '../../src/shapes/primitives.ts';
import { findOrphans, type InactivePerson } from '../../src/sweep/find-orphans.ts';
import type { SweepFindings } from '../../src/sweep/sweep-report.ts';
import { tryAgainAfter } from '../case/try-again-after.ts';
import { gatewayGrants } from './gateway-grants.ts';
import { githubCredentials } from './github-credentials.ts';

const FoundOrphansSchema = z.strictObject({
  /** A `SweepFindings`. */
  found: BlobRefSchema,
  orphaned: count,
  tryAgainAfterMs: z.exactOptional(z.number()),
});

/**
 * Reads once, for everybody, who has left and which credentials name an owner, and joins the two. What was read is
 * joined even where a source failed: a credential that was found is found.
 */
export const findOrphanedCredentials = defineActivity(
  'findOrphanedCredentials',
  { input: z.strictObject({ at: instant }), output: FoundOrphansSchema },
  async ({ at }, { vendors, settings }) => {
    const [people, ...owned] = await Promise.all([
      vendors.graph.listInactiveUsers(new Date(at)),
      gatewayGrants(vendors, settings),
      ...settings.GITHUB_ORGANISATIONS.map((organisation) => githubCredentials(vendors, organisation)),
    ]);
    const inactive = byOid([...people.departed.items, ...people.deleted.items]);
    const credentials = owned.flatMap((source) => source.credentials);
    const identities = owned.flatMap((source) => source.identities ?? []);
    const { orphaned, unlinked } = findOrphans(inactive, credentials, identities);
    const failures = [people.deleted.failure, people.departed.failure, ...owned.flatMap((source) => source.failures)];
    const findings: SweepFindings = {
      orphaned,
      coverage: [
        coverageOfList('entra/deleted-users', 'people', people.deleted),
        coverageOfList('entra/departed-users', 'people', people.departed),
        ...owned.flatMap((source) => source.coverage),
      ],
      looked: { people: inactive.length, credentials: credentials.length, unlinked: unlinked.length },
      faults: [...new Set(failures.flatMap((failure) => failure?.message ?? []))],
    };
    const found = await vendors.storage.putJson('work', `sweeps/${at}`, findings);
    const again = tryAgainAfter(failures);
    return { found, orphaned: orphaned.length, ...(again === undefined ? {} : { tryAgainAfterMs: again }) };
  },
);

/** Somebody past the last day who was deleted meanwhile is in both lists; the deletion is the later news. */
function byOid(people: readonly InactivePerson[]): InactivePerson[] {
  const known = new Map<Oid, InactivePerson>();
  for (const { oid, state, userPrincipalName, deletedAt, leaveAt } of people) {
    known.set(oid, {
      oid,
      state,
      ...(userPrincipalName && { userPrincipalName }),
      ...(deletedAt && { deletedAt }),
      ...(leaveAt && { leaveAt }),
    });
  }
  return [...known.values()];
}
