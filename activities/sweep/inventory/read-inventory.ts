import * as z from 'zod';
import { BlobRefSchema } from '../../../src/cases/remedies/remedy.ts';
import type { GitHubOrganisation } from '../../../src/connectors/github/index.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import { withoutSecretsIn } from '../../../src/credentials/without-secrets.ts';
import { type ActivityContext, defineActivity } from '../../../src/durable/activity.ts';
import type { Shaped } from '../../../src/durable/shapes.ts';
import { count, instant } from '../../../src/shapes/primitives.ts';
import { sweepRun } from '../../../src/sweep/sweep-run.ts';
import { countingOf } from '../../case/counting.ts';
import { standsInLine, tryAgainAfter } from '../../case/try-again-after.ts';
import { readAgain } from '../../runner-credentials/github/facts/read-again.ts';
import { readingOf } from '../../runner-credentials/github/facts/reading.ts';
import type { RepositoryFacts } from '../../runner-credentials/github/facts/repository-source.ts';
import { REPOSITORY_SOURCES } from '../../runner-credentials/github/facts/repository-sources.ts';
import type { InventoryBatch } from '../../runner-credentials/github/inventory/inventory-index.ts';
import { knownFacts } from '../../runner-credentials/github/inventory/known-facts.ts';
import { pointsFor } from '../../runner-credentials/github/inventory/points-for.ts';
import { untouchedBy } from '../../runner-credentials/github/inventory/touched.ts';
import { repositoriesOf } from '../../runner-credentials/github/repositories/repository-batch.ts';
import { provedIn } from '../proved-owner.ts';
import { everybodysOwners } from './everybodys-owners.ts';
import { InventoryTaskSchema } from './list-inventory.ts';

const ReadSchema = z.strictObject({
  /** An `InventoryBatch`; absent where the organisation did not let the App in. */
  batch: z.exactOptional(z.strictObject({ ref: BlobRefSchema, first: count, last: count })),
  tryAgainAfterMs: z.exactOptional(z.number()),
  /** Others come first: nothing was read yet. */
  queued: z.exactOptional(z.literal(true)),
});

/**
 * Reads what is known of one batch of repositories again and files it. Nobody who has left is asked about, so that
 * it costs the same for one of them as for a thousand.
 */
export const readInventory = defineActivity(
  'readInventory',
  { input: z.strictObject({ at: instant, task: BlobRefSchema }), output: ReadSchema },
  async ({ at, task }, context) => {
    const { vendors, settings, log } = context;
    const { organisation, repositories, before, touched } = await vendors.storage.getParsed(task, InventoryTaskSchema);
    const connected = await vendors.github.organisation('reader', organisation);
    if (!connected.ok) return againAfter([connected.failure]);
    const client = connected.value;
    const admitted = await client.admit(`sweep ${task.name}`, pointsFor(organisation, repositories, touched));
    if (!admitted.ok) {
      const queued = standsInLine([admitted.failure]);
      return { ...againAfter([admitted.failure]), ...(queued && { queued }) };
    }
    const facts = await read(client, { at, repositories, before, touched }, context).finally(() =>
      admitted.value.done(),
    );
    const batch = batchOf(organisation, at, facts, settings.TENANT_ID);
    const ref = await vendors.storage.putJson('inventory', `${organisation.toLowerCase()}/${at}`, batch);
    const ids = repositories.map(({ id }) => id);
    const again = againAfter(
      facts.flatMap(({ sources }) => Object.values(sources).flatMap(({ failures }) => failures)),
    );
    // What is tried again is not done.
    if (again.tryAgainAfterMs === undefined)
      await countingOf(context, sweepRun(at), repositoriesOf(organisation)).done(task.name, repositories.length);
    log.info('inventory read', { organisation, repositories: facts.length, cut: batch.cut.length });
    return {
      batch: { ref, first: Math.min(...ids), last: Math.max(...ids) },
      ...again,
    };
  },
);

async function read(
  client: GitHubOrganisation,
  {
    at,
    repositories,
    before,
    touched,
  }: Omit<Shaped<typeof InventoryTaskSchema>, 'organisation'> & { readonly at: string },
  context: ActivityContext,
): Promise<RepositoryFacts[]> {
  const known = await knownFacts(context.vendors.storage, before);
  const ownersOf = everybodysOwners(at, context);
  const reading = readingOf(client, repositories, ownersOf, context.now());
  return readAgain(reading, known, ownersOf, untouchedBy(client.name, touched));
}

function againAfter(failures: readonly VendorFailure[]): { readonly tryAgainAfterMs?: number } {
  const again = tryAgainAfter(failures);
  return again === undefined ? {} : { tryAgainAfterMs: again };
}

/** What is filed: names lose the secrets that stand in them, and what lost one is not used again. */
function batchOf(
  organisation: string,
  at: string,
  facts: readonly RepositoryFacts[],
  tenantId: string,
): InventoryBatch {
  const safe = facts.map((each) => withoutSecretsIn(each));
  const cut = facts.filter((each, index) => safe[index] !== each).map(({ repository }) => repository.nodeId);
  const owned = REPOSITORY_SOURCES.flatMap((source) => source.ownedIn(safe, organisation));
  return {
    organisation,
    at,
    facts: safe,
    cut,
    owned: owned.flatMap((each) => provedIn(each, tenantId)),
    coverage: REPOSITORY_SOURCES.map((source) => source.lineOf(safe, organisation)),
  };
}
