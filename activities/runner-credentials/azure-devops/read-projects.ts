import type { Coverage } from '../../../src/cases/coverage/coverage.ts';
import { type Together, together } from '../../../src/connectors/azure-devops/list-all.ts';
import type { DevOpsProject } from '../../../src/connectors/azure-devops/pipelines/pipelines.ts';
import type { Viewed } from '../../../src/connectors/azure-devops/visibility.ts';
import type { Listing } from '../../../src/connectors/listing.ts';
import { mapBounded } from '../../../src/connectors/map-bounded.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { IN_FLIGHT } from './scan.ts';

/** The projects of an organisation, as far as the app is shown any: what is in them is a list for each. */
export interface Projects {
  readonly organisation: string;
  readonly items: readonly DevOpsProject[];
  /** Why these may not be all. */
  readonly unread: Together<never>;
}

/** The projects, asked for once for all that is read in them. */
export async function readProjects(vendors: Pick<Vendors, 'devops'>, organisation: string): Promise<Projects> {
  const [projects, hidden] = await Promise.all([
    vendors.devops.listProjects(organisation),
    vendors.devops.hiddenInOrganisation(organisation, 'projects'),
  ]);
  return { organisation, items: projects.items, unread: together<never>([{ ...projects, items: [] }, unseen(hidden)]) };
}

/** What lists leave out without a word. */
export function unseen(...hidden: readonly (VendorFailure | undefined)[]): Together<never> {
  return { items: [], failures: hidden.flatMap((failure) => failure ?? []) };
}

/**
 * The line of a source that lives in projects, where the app is shown none although nothing failed: an organisation
 * without a project has nobody who would have made it known to us.
 */
export function withoutProjects(
  { organisation, items, unread }: Projects,
  sources: readonly string[],
): Coverage[] | undefined {
  if (items.length > 0 || unread.failures.length > 0) return undefined;
  const detail = `${organisation} shows the app no project: add it to the organisation’s readers.`;
  const missing = { state: 'denied', looked: { count: 0, unit: 'projects' }, detail } as const;
  return sources.map((source): Coverage => ({ source, ...missing, missingPermission: 'vso.project' }));
}

/** One list in each project, together with what no project shows of its kind. */
export async function inProjects<T>(
  vendors: Pick<Vendors, 'devops'>,
  projects: Projects,
  what: Exclude<Viewed, 'projects' | 'agent pools' | 'service hooks'>,
  list: (project: DevOpsProject) => Promise<Listing<T> | Together<T>>,
): Promise<Together<T>> {
  const [hidden, lists] = await Promise.all([
    vendors.devops.hiddenInProjects(
      projects.organisation,
      what,
      projects.items.map(({ id }) => id),
    ),
    mapBounded(projects.items, IN_FLIGHT, list),
  ]);
  return together<T>([projects.unread, unseen(hidden), ...lists]);
}
