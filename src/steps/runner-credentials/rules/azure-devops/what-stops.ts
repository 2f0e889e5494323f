import type { Finding } from '../../../../cases/finding.ts';
import type { Impact } from '../../../../cases/remedies/remedy.ts';
import type { Use } from '../../../../cases/remedies/use.ts';
import { counted } from '../../../../cases/words/wording.ts';
import {
  ConnectionUseSchema,
  type PipelineUse,
  PipelineUseSchema,
  PoolUseSchema,
  ReleaseUseSchema,
} from './pipeline-use.ts';

interface Pool {
  readonly organisation: string;
  readonly poolId: number;
}

/** Pipelines that run in the pool of an agent: they stop for sure where no other agent of it takes jobs. */
export function stopsWithoutAgent(pool: Pool, uses: readonly Use[]): Impact[] {
  const others = poolIn(uses, pool);
  const alone = others !== undefined && others.enabled <= 1;
  return pipelinesInPool(pool, uses).map((each) => (alone ? each : { ...each, perhaps: true as const }));
}

/** Pipelines that run in a pool, and so with what stands in the environment of its agents. */
function pipelinesInPool(pool: Pool, uses: readonly Use[]): Impact[] {
  if (poolIn(uses, pool)?.deployment === true) {
    return [
      {
        what: `releases that deploy to ${nameOfPool(pool, uses)} of ${pool.organisation} (not known which)`,
        perhaps: true,
      },
    ];
  }
  const all = pipelinesIn(uses, pool.organisation);
  const here = all.filter(({ poolIds }) => poolIds.includes(pool.poolId));
  const elsewhere = all.filter((each) => each.byFile && !here.includes(each)).length;
  return [
    ...here.map((each) => (each.byFile ? { ...impactOf(each), perhaps: true as const } : impactOf(each))),
    ...unknown(elsewhere, `may run in ${nameOfPool(pool, uses)}`, pool.organisation),
  ];
}

/** Pipelines that take variables from a group. */
function pipelinesWithGroup(organisation: string, groupId: number, uses: readonly Use[]): Impact[] {
  const all = pipelinesIn(uses, organisation);
  return [
    ...all.filter(({ groupIds }) => groupIds.includes(groupId)).map(impactOf),
    ...releasesIn(uses, organisation)
      .filter(({ groupIds }) => groupIds.includes(groupId))
      .map(impactOf),
    ...unknown(all.filter(({ byFile }) => byFile).length, `may use variable group ${groupId}`, organisation),
  ];
}

/** What runs with a token that stands in a place of Azure DevOps, besides the place. */
export function behindDevOpsPlace({ resource: { system, type, id } }: Finding, uses: readonly Use[]): Impact[] {
  if (system !== 'azure-devops') return [];
  const [organisation = '', , number = ''] = id.split('/');
  if (type === 'agent') return pipelinesInPool({ organisation, poolId: Number(number) }, uses);
  return type === 'variableGroup' ? pipelinesWithGroup(organisation, Number(number), uses) : [];
}

/**
 * Pipelines that used a service connection last. One that did may have been changed since, and one that names it and did
 * not run yet stands in no record.
 */
export function stopsWithoutConnection(organisation: string, connectionId: string, uses: readonly Use[]): Impact[] {
  const used = uses
    .flatMap((use) => ConnectionUseSchema.safeParse(use).data ?? [])
    .filter((each) => each.organisation === organisation && each.connectionId === connectionId);
  const byWhat = new Map(
    used.map(({ name, definitionId, url }): [string, Impact] => {
      const what =
        name === null ? 'a pipeline that its record does not name' : `${name} (pipeline ${definitionId ?? '?'})`;
      return [what, { what, ...(url === undefined ? {} : { link: url }), perhaps: true }];
    }),
  );
  return [...byWhat.values()];
}

function unknown(pipelines: number, what: string, organisation: string): Impact[] {
  if (pipelines === 0) return [];
  const many = counted(pipelines, 'pipeline in YAML', 'pipelines in YAML');
  return [{ what: `${many} of ${organisation} that ${what} (not known which)`, perhaps: true }];
}

function pipelinesIn(uses: readonly Use[], organisation: string): PipelineUse[] {
  return uses.flatMap((use) => {
    const read = PipelineUseSchema.safeParse(use);
    return read.success && read.data.organisation === organisation ? [read.data] : [];
  });
}

function releasesIn(uses: readonly Use[], organisation: string) {
  return uses
    .flatMap((use) => ReleaseUseSchema.safeParse(use).data ?? [])
    .filter((each) => each.organisation === organisation);
}

/** As people call it; the id tells two of one name apart. */
function nameOfPool(pool: Pool, uses: readonly Use[]): string {
  const name = poolIn(uses, pool)?.name;
  return name === undefined ? `the pool with id ${pool.poolId}` : `pool ${name} (id ${pool.poolId})`;
}

function poolIn(uses: readonly Use[], { organisation, poolId }: Pool) {
  return uses
    .flatMap((use) => PoolUseSchema.safeParse(use).data ?? [])
    .find((each) => each.organisation === organisation && each.poolId === poolId);
}

function impactOf({ id, name, url }: Pick<PipelineUse, 'id' | 'name' | 'url'>): Impact {
  return { what: `${name} (${id})`, link: url };
}
