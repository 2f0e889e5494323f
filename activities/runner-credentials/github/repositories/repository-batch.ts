import * as z from 'zod';
import { BlobRefSchema } from '../../../../src/cases/remedies/remedy.ts';
import { RunnerRegistrationSchema } from '../../../../src/connectors/github/audit-log/audit-log.ts';
import { KeyAdditionSchema } from '../../../../src/connectors/github/audit-log/audit-log-keys.ts';
import type { Immutable } from '../../../../src/shapes/immutable.ts';
import { instant, text } from '../../../../src/shapes/primitives.ts';

export const BatchedRepositorySchema = z.strictObject({
  nodeId: text,
  id: z.int(),
  name: text,
  archived: z.boolean(),
});
export type BatchedRepository = Immutable<z.output<typeof BatchedRepositorySchema>>;

/** Repositories that one call of `scanRepositories` looks through; filed as a blob. */
export const RepositoryBatchSchema = z.strictObject({
  repositories: z.array(BatchedRepositorySchema),
  /** Runners that the leaver registered, anywhere in the organisation. */
  registered: z.array(RunnerRegistrationSchema),
  /** Deploy keys that the leaver added, anywhere in the organisation, as far as the audit log tells. */
  addedKeys: z.exactOptional(z.array(KeyAdditionSchema)),
  /** What the last sweep knows of them, where a case may use it: where it stands, and what was changed since. */
  inventory: z.exactOptional(z.strictObject({ at: instant, before: z.array(BlobRefSchema), touched: z.array(text) })),
});
export type RepositoryBatch = Immutable<z.output<typeof RepositoryBatchSchema>>;

/** Small enough that its reads fit several times into a minute's points, and that a batch that broke costs little. */
export const BATCH_SIZE = 100;

/** What is counted while the repositories of an organisation are read. */
export function repositoriesOf(organisation: string) {
  return { source: `github/repositories:${organisation}`, unit: 'repositories', step: 'runner-credentials' };
}
