import * as z from 'zod';
import { BlobRefSchema } from '../../src/cases/remedies/remedy.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { RememberedName } from '../../src/people/evidence/remembered.ts';
import { count, instant, text } from '../../src/shapes/primitives.ts';
import { findOrphans, type InactivePerson } from '../../src/sweep/find-orphans.ts';
import { CoverageLineSchema, type SweepFindings } from '../../src/sweep/sweep-report.ts';
import { recall, remember } from '../case/accounts/people-memory.ts';
import { tryAgainAfter } from '../case/try-again-after.ts';
import { checkLogins } from './checked-logins.ts';
import { consentsOfDeleted } from './consents-of-deleted.ts';
import { withoutDisabledSchedules } from './disabled-schedules.ts';
import { GATEWAY_GRANTS, gatewayGrants } from './gateway-grants.ts';
import { githubCredentials } from './github-credentials.ts';
import { inventoryCredentials } from './inventory/inventory-credentials.ts';
import { machineTokens } from './machine-tokens.ts';
import { peopleWhoLeft } from './people-who-left.ts';
import { provedBy } from './proved-accounts.ts';

const FoundOrphansSchema = z.strictObject({
  /** A `SweepFindings`. */
  found: BlobRefSchema,
  orphaned: count,
  tryAgainAfterMs: z.exactOptional(z.number()),
});

const InputSchema = z.strictObject({
  at: instant,
  /** What the pass over repositories filed; a sweep that an earlier version began has none. */
  inventories: z.exactOptional(
    z.array(
      z.strictObject({
        organisation: text,
        coverage: CoverageLineSchema,
        asked: count,
        batches: z.array(BlobRefSchema),
      }),
    ),
  ),
});

/**
 * Reads once, for everybody, who has left and which credentials name an owner, and joins the two. What was read is
 * joined even where a source failed: a credential that was found is found.
 */
export const findOrphanedCredentials = defineActivity(
  'findOrphanedCredentials',
  { input: InputSchema, output: FoundOrphansSchema },
  async ({ at, inventories = [] }, { vendors, settings, log }) => {
    const memory = await recall(vendors, undefined, log);
    const [people, ...owned] = await Promise.all([
      peopleWhoLeft(vendors, settings, at, memory, log),
      gatewayGrants(vendors, settings),
      ...settings.GITHUB_ORGANISATIONS.map((organisation) => githubCredentials(vendors, settings, organisation, at)),
      machineTokens(vendors, settings),
      ...inventories.map((inventory) => inventoryCredentials(vendors, inventory)),
    ]);
    const inactive = people.people;
    const credentials = owned.flatMap((source) => source.credentials);
    const seen = owned.flatMap((source) => source.seen ?? []);
    const names = [...seen.flatMap((each) => each.names), ...namesOf(inactive, at)];
    const accounts = provedBy(
      owned.flatMap((source) => source.accounts ?? []),
      memory,
      await vendors.storage.listAnswers(),
      new Date(at),
    );
    const read = owned.flatMap((source) => source.coverage);
    const left = new Set(inactive.map(({ oid }) => oid));
    const checked = await checkLogins(vendors, left, credentials, accounts, read);
    const everybody = owned.flatMap((source) => source.everybody ?? []);
    const logins = { seen: everybody, doubtful: checked.doubtful, taken: people.taken };
    const { orphaned: found, unlinked } = findOrphans(inactive, credentials, accounts, logins);
    const { orphaned, failures: unasked } = await withoutDisabledSchedules(vendors, found);
    const learned = {
      accounts: seen.flatMap((each) => each.accounts),
      logins: seen.flatMap((each) => each.logins),
      names,
    };
    const remembered = await remember(vendors, learned, memory, log);
    const consents = read.find(({ source }) => source === GATEWAY_GRANTS);
    const ofDeleted =
      consents && (await consentsOfDeleted(vendors, credentials, people.deleted, consents, new Date(at), log));
    const judged = [...checked.coverage, ...(ofDeleted === undefined ? [] : [ofDeleted])];
    const failures = [
      ...people.failures,
      ...owned.flatMap((source) => source.failures),
      ...checked.failures,
      ...unasked,
    ];
    const findings: SweepFindings = {
      orphaned,
      coverage: [
        ...people.coverage,
        ...read.map((line) => judged.find(({ source }) => source === line.source) ?? line),
        remembered,
      ],
      looked: { people: inactive.length, credentials: credentials.length, unlinked: unlinked.length },
      faults: [...new Set(failures.flatMap((failure) => failure?.message ?? []))],
    };
    const filed = await vendors.storage.putJson('work', `sweeps/${at}`, findings);
    const again = tryAgainAfter(failures);
    return { found: filed, orphaned: orphaned.length, ...(again === undefined ? {} : { tryAgainAfterMs: again }) };
  },
);

/** Of people who are gone the name is what is remembered: it may be another's by now. */
function namesOf(people: readonly InactivePerson[], at: string): RememberedName[] {
  return people.flatMap(({ oid, state, userPrincipalName }) =>
    userPrincipalName === undefined || state === 'gone'
      ? []
      : [{ name: userPrincipalName.toLowerCase(), oid, kind: 'directory' as const, from: at, to: at }],
  );
}
