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
