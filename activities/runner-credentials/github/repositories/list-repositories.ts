import type { Coverage } from '../../../../src/cases/coverage/coverage.ts';
import { coverageOf } from '../../../../src/cases/coverage/coverage-of.ts';
import { AboutSchema, DiscoveredSchema, unit } from '../../../../src/cases/discovery.ts';
import type { CaseId } from '../../../../src/cases/ids.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import { type ActivityContext, defineActivity } from '../../../../src/durable/activity.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import { text } from '../../../../src/shapes/primitives.ts';
import { countingOf } from '../../../case/counting.ts';
import { fileStepResult } from '../../../case/report/file-step-result.ts';
import { tryAgainAfter } from '../../../case/try-again-after.ts';
import { batchesWith } from '../inventory/known-facts.ts';
import { pointsFor } from '../inventory/points-for.ts';
import { rememberUse, type UsableInventory, usableInventory } from '../inventory/usable-inventory.ts';
import { leaversKeyAdditions } from '../log/deploy-key-authors.ts';
import { leaversRegistrations, registrationsCoverage } from '../runners/registrations.ts';
import { BATCH_SIZE, type RepositoryBatch, repositoriesOf } from './repository-batch.ts';
import { scanRepositories } from './scan-repositories.ts';
import { seenBy } from './selected-only.ts';
import { unreadRepositories } from './unread-repositories.ts';

/** Every repository of an organisation, in batches that travel by reference and are scanned next. */
export const listRepositories = defineActivity(
  'listRepositories',
  { input: AboutSchema.extend({ organisation: text }), output: DiscoveredSchema },
  async ({ caseId, organisation, leaver }, context) => {
    const { vendors, log } = context;
    const progress = countingOf(context, caseId, repositoriesOf(organisation));
    await progress.open();
    const { batches, coverage, unregistered, failures } = await read(context, organisation, leaver, caseId);
    // Without a repository nothing is scanned, and nothing else would say so.
    const unscanned = batches.length === 0 ? unreadRepositories(organisation, failures) : [];
    const repositories = batches.flatMap((batch) => batch.repositories);
    const points = pointsFor(organisation, repositories, batches[0]?.inventory?.touched ?? null);
    await progress.begin(repositories.length, { name: organisation, points });
    const filed = await Promise.all(
      batches.map((batch) => vendors.storage.putJson('work', `${caseId}/github/${organisation}`, batch)),
    );
    const part = await fileStepResult(
      vendors,
      caseId,
      { step: 'runner-credentials', findings: [], actions: [], coverage: [coverage, ...unregistered, ...unscanned] },
      tryAgainAfter(failures),
    );
    log.info('repositories listed', { organisation, repositories: repositories.length, coverage: coverage.state });
    return { ...part, more: filed.map((batch) => unit(scanRepositories, { organisation, batch })) };
  },
);

async function read(
  { vendors, settings, now }: Pick<ActivityContext, 'vendors' | 'settings' | 'now'>,
  organisation: string,
  leaver: Leaver,
  caseId: CaseId,
): Promise<{
  batches: RepositoryBatch[];
  coverage: Coverage;
  /** Who registered runners, where it could not be read: the whole organisation's line says it otherwise. */
  unregistered: Coverage[];
  failures: VendorFailure[];
}> {
  const source = `github/repositories:${organisation}`;
  const connected = await vendors.github.organisation('reader', organisation);
  if (!connected.ok) {
    const failures = [connected.failure];
    return {
      batches: [],
      failures,
      unregistered: [],
      coverage: coverageOf(source, { count: 0, unit: 'repositories' }, failures),
    };
  }
  const client = connected.value;
  // Read anew: an owner who took repositories away since would make the rest look like everything.
  const [listed, installation, registered, added, inventory] = await Promise.all([
    client.listOrganisationRepositories(),
    client.refreshed(),
    // Its line of coverage is the organisation's; here it travels with the repositories whose runners it names.
    leaversRegistrations(client, leaver),
    leaversKeyAdditions(client, leaver),
    usableInventory(client, vendors.storage, settings, now()),
  ]);
  // Before anything rests on it.
  if (inventory !== undefined) await rememberUse(vendors.storage, caseId, { ...inventory.index, organisation });
  const repositories = listed.items.map(({ changedAt: _, ...repository }) => repository);
  const batches: RepositoryBatch[] = [];
  for (let start = 0; start < repositories.length; start += BATCH_SIZE) {
    const some = repositories.slice(start, start + BATCH_SIZE);
    batches.push({
      repositories: some,
      registered: registered.items,
      addedKeys: [...added.items],
      ...knownIn(inventory, some),
    });
  }
  const failed = registered.failure?.kind === 'not-found' ? undefined : registered.failure;
  const failures = [listed.failure, failed, installation.ok ? undefined : installation.failure].filter(
    (each) => each !== undefined,
  );
  const looked = { count: repositories.length, unit: 'repositories' };
  const coverage = coverageOf(
    source,
    looked,
    failures.filter((each) => each !== failed),
  );
  return {
    batches,
    failures,
    unregistered: registered.failure === undefined ? [] : registrationsCoverage(organisation, registered, leaver),
    coverage: seenBy(installation, coverage),
  };
}

function knownIn(
  inventory: UsableInventory | undefined,
  repositories: readonly { readonly id: number }[],
): Pick<RepositoryBatch, 'inventory'> {
  if (inventory === undefined) return {};
  const { index, touched } = inventory;
  const ids = repositories.map(({ id }) => id);
  return { inventory: { at: index.at, before: batchesWith(index, ids), touched } };
}
