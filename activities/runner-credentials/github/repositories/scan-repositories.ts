import { AboutSchema, DiscoveredSchema } from '../../../../src/cases/discovery.ts';
import { BlobRefSchema } from '../../../../src/cases/remedies/remedy.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import { type ActivityContext, defineActivity } from '../../../../src/durable/activity.ts';
import type { Shaped } from '../../../../src/durable/shapes.ts';
import { text } from '../../../../src/shapes/primitives.ts';
import type { FiledPart } from '../../../../src/steps/registry.ts';
import { countingOf } from '../../../case/counting.ts';
import { fileStepResult } from '../../../case/report/file-step-result.ts';
import { standsInLine, tryAgainAfter } from '../../../case/try-again-after.ts';
import { inventoryCoverage } from '../../machines/inventory-coverage.ts';
import { pointsFor } from '../inventory/points-for.ts';
import { readRepositories } from './read-repositories.ts';
import { type RepositoryBatch, RepositoryBatchSchema, repositoriesOf } from './repository-batch.ts';
import { unreadRepositories } from './unread-repositories.ts';

const InputSchema = AboutSchema.extend({ organisation: text, batch: BlobRefSchema });
type ScanRepositoriesInput = Shaped<typeof InputSchema>;

/** Variables, workflow files, runners and schedules of a batch of repositories. */
export const scanRepositories = defineActivity(
  'scanRepositories',
  { input: InputSchema, output: DiscoveredSchema },
  async (input, context) => {
    const batch = await context.vendors.storage.getParsed(input.batch, RepositoryBatchSchema);
    const { repositories } = batch;
    const { part, failures } = await scan(input, batch, context);
    const { organisation } = input;
    context.log.info('repositories scanned', {
      organisation,
      repositories: repositories.length,
      findings: part.findings.length,
    });
    const again = tryAgainAfter(failures);
    // What is tried again is not done.
    if (again === undefined)
      await countingOf(context, input.caseId, repositoriesOf(organisation)).done(input.batch.name, repositories.length);
    return fileStepResult(context.vendors, input.caseId, part, again, standsInLine(failures));
  },
);

async function scan(
  { caseId, leaver, organisation, batch: { name } }: ScanRepositoriesInput,
  batch: RepositoryBatch,
  context: ActivityContext,
): Promise<{ part: FiledPart; failures: readonly VendorFailure[] }> {
  const unread = (failure: VendorFailure): { part: FiledPart; failures: readonly VendorFailure[] } => {
    const coverage = unreadRepositories(organisation, [failure]);
    return { part: { step: 'runner-credentials', findings: [], coverage, actions: [] }, failures: [failure] };
  };
  const connected = await context.vendors.github.organisation('reader', organisation);
  if (!connected.ok) return unread(connected.failure);
  const client = connected.value;
  const points = pointsFor(organisation, batch.repositories, batch.inventory?.touched ?? null);
  const admitted = await client.admit(`${caseId} ${name}`, points);
  if (!admitted.ok) return unread(admitted.failure);
  try {
    const { failures, machines, ...read } = await readRepositories(client, { caseId, leaver }, batch, context);
    const told = await inventoryCoverage({ vendor: 'github', organisation, machines }, context);
    const coverage = [...read.coverage, ...told.coverage];
    const part = { step: 'runner-credentials', actions: [], ...read, coverage } as const;
    return { part, failures: [...failures, ...told.failures] };
  } finally {
    await admitted.value.done();
  }
}
