import type { GitHubOrganisation } from '../../src/connectors/github/index.ts';
import { mapBounded } from '../../src/connectors/map-bounded.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Orphaned } from '../../src/sweep/find-orphans.ts';

type Schedule = Orphaned['credentials'][number];

const IN_FLIGHT = 10;

/**
 * Leaves out whom nothing was found of but schedules that are switched off: nothing runs as them. Only of those is it
 * asked, since whoever has something else gets a case, and the case asks itself. A schedule of which GitHub does not say
 * that it is switched off counts.
 */
export async function withoutDisabledSchedules(
  vendors: Pick<Vendors, 'github'>,
  orphaned: readonly Orphaned[],
): Promise<{ readonly orphaned: readonly Orphaned[]; readonly failures: readonly VendorFailure[] }> {
  const schedules = orphaned
    .filter((each) => isScheduledOnly(each))
    .flatMap(({ credentials }) => credentials)
    .map((schedule) => ({ schedule, ...placeOf(schedule) }));
  const asked = await Promise.all(
    [...Map.groupBy(schedules, ({ organisation }) => organisation)].map(([organisation, own]) =>
      switchedOffIn(vendors, organisation, own),
    ),
  );
  const off = new Set(asked.flatMap((each) => each.off));
  const kept = orphaned.flatMap((each): Orphaned[] => {
    if (!isScheduledOnly(each)) return [each];
    const credentials = each.credentials.filter((schedule) => !off.has(schedule));
    return credentials.length === 0 ? [] : [{ ...each, credentials }];
  });
  return { orphaned: kept, failures: asked.flatMap(({ failures }) => failures) };
}

function isScheduledOnly({ credentials }: Orphaned): boolean {
  return credentials.every(({ kind }) => kind === 'schedule');
}

interface Placed {
  readonly schedule: Schedule;
  readonly repository: string;
  readonly file: string;
}

function placeOf({ source, id }: Schedule): Omit<Placed, 'schedule'> & { readonly organisation: string } {
  return {
    organisation: source.slice(source.indexOf(':') + 1),
    repository: id.slice(0, id.indexOf('/')),
    file: id.slice(id.lastIndexOf('/') + 1),
  };
}

interface SwitchedOff {
  readonly off: readonly Schedule[];
  readonly failures: readonly VendorFailure[];
}

/** One question for each schedule, out of points that are set aside for all of them: cases share the same minute. */
async function switchedOffIn(
  { github }: Pick<Vendors, 'github'>,
  organisation: string,
  schedules: readonly Placed[],
): Promise<SwitchedOff> {
  const client = await github.organisation('reader', organisation);
  if (!client.ok) return { off: [], failures: [client.failure] };
  const admitted = await client.value.admit(`sweep schedules ${organisation}`, schedules.length);
  if (!admitted.ok) return { off: [], failures: [admitted.failure] };
  const ask = (each: Placed): Promise<SwitchedOff> => askOne(client.value, organisation, each);
  const answers = await mapBounded(schedules, IN_FLIGHT, ask).finally(() => admitted.value.done());
  return { off: answers.flatMap(({ off }) => off), failures: answers.flatMap(({ failures }) => failures) };
}

async function askOne(
  client: Pick<GitHubOrganisation, 'getWorkflow'>,
  organisation: string,
  { schedule, repository, file }: Placed,
): Promise<SwitchedOff> {
  const workflow = await client.getWorkflow({ organisation, repository }, file);
  if (workflow.ok) return { off: workflow.value.state === 'active' ? [] : [schedule], failures: [] };
  return { off: [], failures: workflow.failure.kind === 'not-found' ? [] : [workflow.failure] };
}
