import * as z from 'zod';
import type { Immutable } from '../../../../shapes/immutable.ts';

/** A pipeline, as far as it tells what it rests on. */
export const PipelineUseSchema = z.strictObject({
  kind: z.literal('azure-devops-pipeline'),
  organisation: z.string(),
  /** As places call it: `<organisation>/<project id>/definitions/<id>`. */
  id: z.string(),
  name: z.string(),
  url: z.string(),
  /** Ids of the pools that it runs in. */
  poolIds: z.array(z.int()),
  /** A YAML file says where it runs and which groups it uses, and nobody reads that: the pools are those by default. */
  byFile: z.boolean(),
  groupIds: z.array(z.int()),
});
export type PipelineUse = Immutable<z.output<typeof PipelineUseSchema>>;

/** One use of a service connection, by its own record of them. */
export const ConnectionUseSchema = z.strictObject({
  kind: z.literal('azure-devops-connection'),
  organisation: z.string(),
  connectionId: z.string(),
  /** The pipeline’s id, and what it is called; null where the record does not say. */
  definitionId: z.nullable(z.int()),
  name: z.nullable(z.string()),
  url: z.exactOptional(z.string()),
});
export type ConnectionUseRead = Immutable<z.output<typeof ConnectionUseSchema>>;

/** A classic release pipeline, and the groups that it takes variables from. */
export const ReleaseUseSchema = z.strictObject({
  kind: z.literal('azure-devops-release'),
  organisation: z.string(),
  id: z.string(),
  name: z.string(),
  url: z.string(),
  groupIds: z.array(z.int()),
});
export type ReleaseUse = Immutable<z.output<typeof ReleaseUseSchema>>;

/** A pool of own machines. */
export const PoolUseSchema = z.strictObject({
  kind: z.literal('azure-devops-pool'),
  organisation: z.string(),
  poolId: z.int(),
  /** Absent where an earlier version read it. */
  name: z.exactOptional(z.string()),
  deployment: z.boolean(),
  /** Agents that take jobs. */
  enabled: z.int(),
});
export type PoolUse = Immutable<z.output<typeof PoolUseSchema>>;
