import type { RunnerRegistration } from '../../../src/connectors/github/audit-log.ts';

/** Repositories that one call of `scanRepositories` looks through; filed as a blob. */
export interface RepositoryBatch {
  readonly repositories: readonly BatchedRepository[];
  /** Runners that the leaver registered, anywhere in the organisation; absent in batches of an earlier release. */
  readonly registered?: readonly RunnerRegistration[];
}

export interface BatchedRepository {
  readonly nodeId: string;
  readonly id: number;
  readonly name: string;
  readonly archived: boolean;
}

/** Small enough that its reads fit several times into a minute's points, and that a batch that broke costs little. */
export const BATCH_SIZE = 100;
