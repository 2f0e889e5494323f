/** Repositories that one call of `scanRepositories` looks through; filed as a blob. */
export interface RepositoryBatch {
  readonly repositories: readonly BatchedRepository[];
}

export interface BatchedRepository {
  readonly nodeId: string;
  readonly id: number;
  readonly name: string;
  readonly archived: boolean;
}

/** Small enough that its reads fit several times into a minute's points, and that a batch that broke costs little. */
export const BATCH_SIZE = 100;
