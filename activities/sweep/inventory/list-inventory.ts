import * as z from 'zod';
import { coverageOf, coverageOfList } from '../../../src/cases/coverage/coverage-of.ts';
import { BlobRefSchema } from '../../../src/cases/remedies/remedy.ts';
import { type ActivityContext, defineActivity } from '../../../src/durable/activity.ts';
import { instant, text } from '../../../src/shapes/primitives.ts';
import { CoverageLineSchema } from '../../../src/sweep/sweep-report.ts';
import { sweepRun } from '../../../src/sweep/sweep-run.ts';
import { countingOf } from '../../case/counting.ts';
import { tryAgainAfter } from '../../case/try-again-after.ts';
import { type InventoryIndex, latestIndex } from '../../runner-credentials/github/inventory/inventory-index.ts';
import { batchesWith } from '../../runner-credentials/github/inventory/known-facts.ts';
import { pointsFor } from '../../runner-credentials/github/inventory/points-for.ts';
import { LogMarkSchema, markToday, readLog, TouchedSchema } from '../../runner-credentials/github/inventory/touched.ts';
import {
  BATCH_SIZE,
  BatchedRepositorySchema,
  repositoriesOf,
} from '../../runner-credentials/github/repositories/repository-batch.ts';
import { seenBy } from '../../runner-credentials/github/repositories/selected-only.ts';

/** Repositories that one call of `readInventory` reads, and where an earlier pass knows them. */
export const InventoryTaskSchema = z.strictObject({
  organisation: text,
  repositories: z.array(BatchedRepositorySchema),
  before: z.array(BlobRefSchema),
  /** What the audit log names since the earlier pass; null where every list is asked. */
  touched: TouchedSchema,
});

const ListedSchema = z.strictObject({
  organisations: z.array(
    z.strictObject({
      organisation: text,
      tasks: z.array(BlobRefSchema),
      wholeAt: instant,
      /** An entry of the audit log by which the next pass knows the log again. */
      mark: z.exactOptional(LogMarkSchema),
      coverage: CoverageLineSchema,
    }),
  ),
  tryAgainAfterMs: z.exactOptional(z.number()),
});

/** So often every list is asked, whatever the audit log says: it may lack an event, and nobody documents that it has all. */
const WHOLE_EVERY_MS = 24 * 3_600_000;

/** Every repository of every organisation in batches, with what is known of it: the list itself is always read anew. */
export const listInventory = defineActivity(
  'listInventory',
  { input: z.strictObject({ at: instant }), output: ListedSchema },
  async ({ at }, context) => {
    const read = await Promise.all(
      context.settings.GITHUB_ORGANISATIONS.map((organisation) => listOne(organisation, at, context)),
    );
    const again = tryAgainAfter(read.map(({ failure }) => failure));
    return {
      organisations: read.map(({ failure: _, ...listed }) => listed),
      ...(again === undefined ? {} : { tryAgainAfterMs: again }),
    };
  },
);

async function listOne(organisation: string, at: string, context: ActivityContext) {
  const { vendors, log } = context;
  const progress = countingOf(context, sweepRun(at), repositoriesOf(organisation));
  await progress.open();
  const source = `github/repositories:${organisation}`;
  const connected = await vendors.github.organisation('reader', organisation);
  if (!connected.ok) {
    const { failure } = connected;
    const coverage = coverageOf(source, { count: 0, unit: 'repositories' }, [failure]);
    return { organisation, tasks: [], wholeAt: at, coverage, failure };
  }
  const client = connected.value;
  const [listed, installation, index] = await Promise.all([
    client.listOrganisationRepositories(),
    // Read anew: an owner who took repositories away since would make the rest look like everything.
    client.refreshed(),
    latestIndex(vendors.storage, organisation),
  ]);
  // Of what was filed after this pass began the log could name nothing.
  const due = index === undefined || index.at > at || Date.parse(at) - Date.parse(index.wholeAt) >= WHOLE_EVERY_MS;
  const { touched, newest }: Awaited<ReturnType<typeof readLog>> = due
    ? { touched: null }
    : await readLog(client, index);
  // A log that did not answer this time is measured by what it held before.
  const mark = newest ?? (await markToday(client, context.now())) ?? index?.mark;
  // By id, so that a batch of this pass is that of the last one, but for what came and went.
  const repositories = listed.items
    .map(({ changedAt: _, ...repository }) => repository)
    .sort((one, other) => one.id - other.id);
  const points = pointsFor(organisation, repositories, touched);
  await progress.begin(repositories.length, { name: organisation, points });
  const tasks = [];
  for (let start = 0; start < repositories.length; start += BATCH_SIZE) {
    const batch = repositories.slice(start, start + BATCH_SIZE);
    const before = index === undefined ? [] : documentsOf(index, batch);
    tasks.push(
      await vendors.storage.putJson('work', `sweeps/inventory/${at}/${organisation}`, {
        organisation,
        repositories: batch,
        before,
        touched,
      }),
    );
  }
  log.info('inventory listed', { organisation, repositories: repositories.length, touched: touched?.length ?? 'all' });
  const unseen = installation.ok ? undefined : installation.failure;
  const failures = [listed.failure, unseen].filter((each) => each !== undefined);
  const coverage = seenBy(installation, coverageOfList(source, 'repositories', { items: listed.items, failures }));
  const wholeAt = touched === null ? at : (index?.wholeAt ?? at);
  return {
    organisation,
    tasks,
    wholeAt,
    ...(mark === undefined ? {} : { mark }),
    coverage,
    failure: listed.failure ?? unseen,
  };
}

function documentsOf(index: InventoryIndex, batch: readonly { readonly id: number }[]) {
  return batchesWith(
    index,
    batch.map(({ id }) => id),
  );
}
