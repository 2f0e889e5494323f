import { AZURE_PERMISSIONS, KEY_VAULT_PERMISSIONS, LOG_PERMISSIONS } from '../connectors/arm/permissions.ts';
import { ASSESSOR_PERMISSIONS } from '../connectors/assessor/permissions.ts';
import { DEVOPS_PERMISSIONS } from '../connectors/azure-devops/permissions.ts';
import { GITHUB_PERMISSIONS } from '../connectors/github/permissions.ts';
import { GRAPH_PERMISSIONS } from '../connectors/graph/permissions.ts';
import type { PermissionRow } from '../connectors/permission.ts';
import { PLATFORM_PERMISSIONS } from '../connectors/storage/permissions.ts';
import { CHECKS } from '../posture/checks/index.ts';
import { permissionsOf } from '../steps/define-source.ts';
import { REMEDIES, type RemedyKind, STEPS } from '../steps/registry.ts';
import type { Dependent, Permission } from './permission.ts';

const ROWS: readonly PermissionRow[] = [
  ...GRAPH_PERMISSIONS,
  ...AZURE_PERMISSIONS,
  ...KEY_VAULT_PERMISSIONS,
  ...LOG_PERMISSIONS,
  ...DEVOPS_PERMISSIONS,
  ...GITHUB_PERMISSIONS,
  ...PLATFORM_PERMISSIONS,
  ...ASSESSOR_PERMISSIONS,
];

/** What rests on each permission, as steps, sources and remedies declare it. */
const DECLARED: readonly (readonly [id: string, rests: Dependent])[] = [
  ...STEPS.flatMap(({ name: step, sources }) =>
    sources.flatMap((source) =>
      permissionsOf(source).map((id) => [id, { kind: 'coverage', step, source: source.id }] as const),
    ),
  ),
  ...REMEDIES.flatMap((each) => remedyNeeds(each.kind, each.permissions)),
  ...REMEDIES.flatMap(restoringNeeds),
  ...CHECKS.flatMap(({ id: check, reads }) =>
    Object.values(reads).flatMap(({ permissions }) => permissions.map((id) => [id, { kind: 'check', check }] as const)),
  ),
  ...STEPS.flatMap(({ acts }) =>
    acts.flatMap(({ finding, permissions }) =>
      permissions.map((id) => [id, { kind: 'containment', finding }] as const),
    ),
  ),
];

/**
 * Every permission that the app needs, and no other. Terraform grants exactly these, docs/permissions.md explains
 * them, the simulated tenant enforces them, and `GET /api/doctor` probes them.
 */
export const PERMISSIONS: readonly Permission[] = ROWS.map((row) => ({
  ...row,
  neededFor: [
    ...DECLARED.flatMap(([id, dependent]) => (id === row.id ? [dependent] : [])),
    ...(row.duties ?? []).map((what) => ({ kind: 'function', what }) as const),
  ],
}));

/** Every permission that is declared although no row grants it. A test holds that there is none. */
export const UNGRANTED: readonly string[] = DECLARED.flatMap(([id]) => (ROWS.some((row) => row.id === id) ? [] : [id]));

function remedyNeeds(
  remedy: RemedyKind,
  needs: (typeof REMEDIES)[number]['permissions'],
): (readonly [string, Dependent])[] {
  if (!('bySort' in needs)) return needs.map((id) => [id, { kind: 'remedy', remedy }] as const);
  const everySort = Object.values(needs.bySort);
  const shared = (id: string): boolean => everySort.every((each) => each.includes(id));
  return [
    ...[...new Set(everySort.flat())].filter(shared).map((id) => [id, { kind: 'remedy', remedy }] as const),
    ...Object.entries(needs.bySort).flatMap(([of, ids]) =>
      ids.flatMap((id) => (shared(id) ? [] : [[id, { kind: 'remedy', remedy, of }] as const])),
    ),
  ];
}

/** What giving back takes besides what taking away did. */
function restoringNeeds({ restore, permissions, words }: (typeof REMEDIES)[number]): (readonly [string, Dependent])[] {
  if (restore.by !== 'app' || restore.permissions === undefined) return [];
  const taken = new Set(everyOne(permissions));
  const what = `giving back ${words.noun[1]} that a case had cut`;
  return everyOne(restore.permissions)
    .filter((id) => !taken.has(id))
    .map((id) => [id, { kind: 'function', what }]);
}

function everyOne(
  needs: readonly string[] | { readonly bySort: Readonly<Record<string, readonly string[]>> },
): string[] {
  return 'bySort' in needs ? Object.values(needs.bySort).flat() : [...needs];
}
