import { counted } from '../../src/cases/words/wording.ts';
import type { GitHubOrganisation } from '../../src/connectors/github/index.ts';
import { mapBounded } from '../../src/connectors/map-bounded.ts';
import type { Holding } from '../../src/exposure/holding.ts';
import { ofSchedule } from '../../src/exposure/words.ts';
import type { Gap } from '../../src/posture/reading.ts';
import { actorsOf, nextActor } from '../../src/steps/runner-credentials/rules/github/workflows/next-actor.ts';
import { scheduleFindings } from '../../src/steps/runner-credentials/rules/github/workflows/schedule-finding.ts';
import type { ProvedAccount } from '../../src/sweep/find-orphans.ts';
import { gapOf } from '../posture/make-read.ts';
import type { RepositoryFacts } from '../runner-credentials/github/facts/repository-source.ts';
import type { ScheduleFact } from '../runner-credentials/github/facts/schedules/schedule-fact.ts';
import { schedules } from '../runner-credentials/github/facts/schedules/schedules.ts';
import { asLeaver, provedAccount } from './as-leaver.ts';
import type { Owners } from './owners.ts';
import type { PartReading } from './part-reading.ts';

const IN_FLIGHT = 10;

interface Owned {
  readonly account: ProvedAccount;
  readonly repository: string;
  readonly schedule: ScheduleFact;
}

/** Schedules by whom they run as. Each is asked once whether it is switched off: then nothing runs. */
export async function scheduleHoldings(
  context: Pick<PartReading, 'at'>,
  client: GitHubOrganisation,
  facts: readonly RepositoryFacts[],
  owners: Pick<Owners, 'ofId'>,
): Promise<{ readonly holdings: readonly Holding[]; readonly gaps: readonly Gap[] }> {
  // Of an archived repository no schedule runs.
  const all = facts
    .filter(({ repository }) => !repository.archived)
    .flatMap((each) =>
      (schedules.factOf(each) ?? []).map((schedule) => ({
        ...{ repository: each.repository.name, schedule },
        actors: actorsOf(schedule.run ?? undefined, schedule.change),
      })),
    );
  const owned = all.flatMap(({ actors: [id, ...others], ...rest }): Owned[] => {
    const account = id === undefined || others.length > 0 ? undefined : owners.ofId(id);
    return account === undefined ? [] : [{ account, ...rest }];
  });
  const shared = all.filter(({ actors }) => actors.length > 1).length;
  const untold: Gap = {
    ...{ reason: 'no-data', source: `github/schedules:${client.name}` },
    detail: `Of ${counted(shared, 'schedule')} of ${client.name} the last change has more than one author, so that it is not known as whom it runs.`,
  };
  const gaps = shared === 0 ? [] : [untold];
  if (owned.length === 0) return { holdings: [], gaps };
  const gap = gapOf('github/schedules');
  const admitted = await client.admit(`exposure ${context.at} ${client.name}`, owned.length);
  if (!admitted.ok) return { holdings: [], gaps: [...gaps, gap({ which: client.name, failure: admitted.failure })] };
  const asked = await mapBounded(owned, IN_FLIGHT, (each) => holdingOf(client, each)).finally(() =>
    admitted.value.done(),
  );
  return {
    holdings: asked.flatMap(({ holdings }) => holdings),
    gaps: [...gaps, ...asked.flatMap((each) => each.gaps)],
  };
}

async function holdingOf(
  client: GitHubOrganisation,
  { account, repository, schedule: { workflow: named, path, crons, run, change } }: Owned,
): Promise<{ readonly holdings: readonly Holding[]; readonly gaps: readonly Gap[] }> {
  const { name: organisation, apiEndpoint } = client;
  const latest = run ?? undefined;
  const next = nextActor(latest, change, asLeaver(account.oid, { github: [provedAccount(account)] }));
  // It never ran, and nothing tells that it is one: as far as GitHub knows there is no schedule.
  if (next.verdict !== 'leaver' || (latest === undefined && crons === undefined)) return { holdings: [], gaps: [] };
  const workflow = await client.getWorkflow({ organisation, repository }, latest?.workflowId ?? named);
  if (!workflow.ok) {
    if (workflow.failure.kind === 'not-found' && latest === undefined) return { holdings: [], gaps: [] };
    return { holdings: [], gaps: [gapOf('github/schedules')({ which: organisation, failure: workflow.failure })] };
  }
  if (workflow.value.state !== 'active') return { holdings: [], gaps: [] };
  const { id: workflowId, path: filedAs } = workflow.value;
  const findings = scheduleFindings(
    {
      ...{ organisation, repository, workflowId, path, filedAs, crons: crons ?? [], next },
      ...(latest === undefined ? {} : { run: latest }),
      ...(change === undefined ? {} : { change }),
    },
    apiEndpoint,
  );
  const where = `${organisation}/${repository}`;
  const holding: Holding = {
    owner: account.oid,
    kind: 'schedule',
    marks: [`schedule ${where.toLowerCase()}/${workflowId}`],
    ...ofSchedule(path, where, findings[0]?.resource.url),
    findings: [...findings],
  };
  return { holdings: [holding], gaps: [] };
}
