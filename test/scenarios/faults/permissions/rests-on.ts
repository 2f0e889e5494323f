import type { ReportFinding } from '../../../../src/cases/finding.ts';
import type { Dependent, Permission } from '../../../../src/permissions/permission.ts';
import { PERMISSIONS } from '../../../../src/permissions/table.ts';
import type { RemedyCall } from '../../../../src/steps/registry.ts';

/** A wider permission hides that a narrower one is missing, so that both are taken away. */
export const wider = ({ id }: Permission): Permission[] => PERMISSIONS.filter(({ contains }) => contains?.includes(id));

/** Whether anything of this kind rests on a permission. */
export const restsOn = (row: Permission, kind: Dependent['kind']): boolean =>
  row.neededFor.some((each) => each.kind === kind);
/** Who can tell people by an issue is no finding: what rests on that is seen by whether there is one. */
export const ISSUE = 'the follow-up issue';
/** Azure's own storage and what only the doctor asks are not what a case's report is about. */
const inCase = ({ system, inherent, neededFor }: Permission): boolean =>
  inherent !== true &&
  system !== 'storage' &&
  neededFor.some((each) => each.kind !== 'function' || each.what === ISSUE);
/** Of the gateway's read actions those on which the same lines rest: one of them here, all of them where a unit reads them. */
const isFirstOfItsLines = (row: Permission): boolean =>
  !row.id.startsWith('reader/azure/gateway/') ||
  PERMISSIONS.find((each) => JSON.stringify(each.neededFor) === JSON.stringify(row.neededFor)) === row;

/** Permissions to look, of which each has lines of a report that rest on it. */
export const READS = PERMISSIONS.filter((row) => inCase(row) && row.identity === 'reader' && isFirstOfItsLines(row));
/** Permissions to change something. */
export const WRITES = PERMISSIONS.filter((row) => inCase(row) && row.identity === 'remover');

/** Without the key nothing of GitHub is read, and without the log nothing says that the day of the departure is not known. */
const isAlone = ({ system }: Permission): boolean => system === 'key-vault' || system === 'logs';
const placeOf = ({ system, grant }: Permission): string =>
  'scope' in grant && system === 'azure' ? `${system}/${grant.scope}` : system;

/**
 * Permissions of different vendors or places on which nothing rests together are taken away at once: every line and
 * every failure names the one that it misses, so that each is still told apart from the others.
 */
export function together(rows: readonly Permission[]): Permission[][] {
  const restingOn = (row: Permission): string[] =>
    [row, ...wider(row)].flatMap(({ neededFor }) => neededFor.map((each) => JSON.stringify(each)));
  const groups: Permission[][] = [];
  for (const row of rows) {
    const own = new Set(restingOn(row));
    const apart = (other: Permission): boolean =>
      !isAlone(other) && placeOf(other) !== placeOf(row) && !restingOn(other).some((each) => own.has(each));
    const group = isAlone(row) ? undefined : groups.find((each) => each.every(apart));
    if (group === undefined) groups.push([row]);
    else group.push(row);
  }
  return groups;
}

/** What a test without these permissions is called by. */
export const namesOf = (rows: readonly Permission[]): string => rows.map(({ id }) => id).join(', ');

/** Whether what was found is cut by means of this permission. */
export function restsOnIt({ kind, remedy }: ReportFinding, { neededFor }: Permission): boolean {
  return neededFor.some(
    (each) =>
      (each.kind === 'containment' && kind === each.finding) ||
      (each.kind === 'remedy' && remedy !== undefined && isOf(each, remedy.call as RemedyCall)),
  );
}

/** Whether the remedy that rests on a permission is of the sort that this call is. */
export function isOf({ remedy, of }: Extract<Dependent, { kind: 'remedy' }>, call: RemedyCall): boolean {
  if (call.kind !== remedy) return false;
  return of === undefined || of === sortOf(call);
}

function sortOf(call: RemedyCall): string | undefined {
  switch (call.kind) {
    case 'delete-variable':
    case 'blank-variable':
      return call.scope.type;
    case 'remove-runner':
      return call.repository === undefined ? 'organisation' : 'repository';
    case 'delete-federated-credential':
      return call.parent.type;
    default:
      return undefined;
  }
}
