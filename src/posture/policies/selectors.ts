import type { PolicySelector } from '../readings/policies.ts';

/** Whether something that selectors narrow holds for container groups. */
export type Reach = 'always' | 'never' | 'sometimes';

const CONTAINER_GROUPS = 'microsoft.containerinstance/containergroups';

/**
 * For which container groups all of the selectors hold together. Regions, people and whatever is not known here split
 * them. Source: learn.microsoft.com/azure/governance/policy/concepts/assignment-structure#resource-selectors
 */
export function reachOf(selectors: readonly PolicySelector[], reference?: string): Reach {
  const all = selectors.map((selector): Reach => {
    const about = aboutOf(selector.kind, reference);
    if (about === undefined) return 'sometimes';
    const names = (list: readonly string[] | undefined): boolean =>
      list?.some((each) => each.toLowerCase() === about) === true;
    if (selector.in !== undefined && !names(selector.in)) return 'never';
    return names(selector.notIn) ? 'never' : 'always';
  });
  if (all.includes('never')) return 'never';
  return all.includes('sometimes') ? 'sometimes' : 'always';
}

/** The same of several groups of selectors, of which one is enough; without any nothing is narrowed. */
export function reachOfAny(groups: readonly (readonly PolicySelector[])[], reference?: string): Reach {
  const all = groups.map((selectors) => reachOf(selectors, reference));
  if (all.length === 0 || all.includes('always')) return 'always';
  return all.includes('sometimes') ? 'sometimes' : 'never';
}

/** What a selector compares, in lower case; undefined where that differs from group to group. */
function aboutOf(kind: string, reference: string | undefined): string | undefined {
  switch (kind.toLowerCase()) {
    case 'resourcetype':
      return CONTAINER_GROUPS;
    case 'policydefinitionreferenceid':
      return reference?.toLowerCase();
    default:
      return undefined;
  }
}
