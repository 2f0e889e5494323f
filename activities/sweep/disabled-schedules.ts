import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Orphaned } from '../../src/sweep/find-orphans.ts';

/**
 * Leaves out whom nothing was found of but schedules that are switched off: nothing runs as them. Only of those is it
 * asked, since whoever has something else gets a case, and the case asks itself. A schedule of which GitHub does not say
 * that it is switched off counts.
 */
export async function withoutDisabledSchedules(
  vendors: Pick<Vendors, 'github'>,
  orphaned: readonly Orphaned[],
): Promise<{ readonly orphaned: readonly Orphaned[]; readonly failures: readonly VendorFailure[] }> {
  const failures: VendorFailure[] = [];
  const runs = async ({ source, id }: Orphaned['credentials'][number]): Promise<boolean> => {
    const organisation = source.slice(source.indexOf(':') + 1);
    const client = await vendors.github.organisation('reader', organisation);
    const repository = id.slice(0, id.indexOf('/'));
    const file = id.slice(id.lastIndexOf('/') + 1);
    const workflow = client.ok ? await client.value.getWorkflow({ organisation, repository }, file) : client;
    if (workflow.ok) return workflow.value.state === 'active';
    if (workflow.failure.kind !== 'not-found') failures.push(workflow.failure);
    return true;
  };
  const kept = await Promise.all(
    orphaned.map(async (each): Promise<Orphaned[]> => {
      if (each.credentials.some(({ kind }) => kind !== 'schedule')) return [each];
      const active = await Promise.all(each.credentials.map(runs));
      const credentials = each.credentials.filter((_, at) => active[at]);
      return credentials.length === 0 ? [] : [{ ...each, credentials }];
    }),
  );
  return { orphaned: kept.flat(), failures };
}
