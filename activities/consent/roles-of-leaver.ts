import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import { coverageOfList } from '../../src/cases/coverage/coverage-of.ts';
import type { AppRoleAssignment } from '../../src/connectors/graph/applications/app-role-assignments.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { classifyAssignment } from '../../src/steps/consent/rules/classify-assignment.ts';
import { confirmed, sameIds } from '../../src/steps/consent/rules/confirm-absence.ts';
import type { ShownElsewhere } from './shown-elsewhere.ts';
import { ROLES, type ShownOfDeleted } from './shown-of-deleted.ts';

export interface RolesOnGateway {
  /** What either way of asking showed. */
  readonly items: readonly AppRoleAssignment[];
  readonly coverage: Coverage;
  readonly failure?: VendorFailure;
}

const SOURCE = 'entra/app-role-assignments';

/** Who holds a role on the gateway, asked in two ways: a list that leaves somebody out looks like any other. */
export async function rolesOnGateway(
  vendors: Pick<Vendors, 'graph'>,
  gatewayId: string,
  { oid, state }: Pick<Leaver, 'oid' | 'state'>,
  shown: ShownOfDeleted,
  elsewhere: ShownElsewhere,
): Promise<RolesOnGateway> {
  const [plain, again] = await Promise.all([
    vendors.graph.listAssignedTo(gatewayId),
    vendors.graph.listAssignedTo(gatewayId, 'advanced'),
  ]);
  const items = [...new Map([...again.items, ...plain.items].map((each) => [each.id, each])).values()];
  if (plain.failure !== undefined) {
    const { failure } = plain;
    return { items, coverage: coverageOfList(SOURCE, 'assignments', { ...plain, items }), failure };
  }
  const relevant = (rows: readonly AppRoleAssignment[]): string[] =>
    rows.flatMap((row) => (classifyAssignment(row, oid) === 'unrelated' ? [] : [row.id]));
  const own = items.some((row) => classifyAssignment(row, oid) === 'direct');
  const { failure } = again;
  const deleted = state === 'soft-deleted' || state === 'unreadable';
  const silent = deleted && !own && failure === undefined;
  const cutOn = silent ? await shown.cut(ROLES) : undefined;
  const unknown = silent && cutOn === undefined;
  const showsDeleted =
    unknown &&
    (await shown.now(
      ROLES,
      items.map((row) => row.principalId),
    ));
  const control = unknown && !showsDeleted ? await elsewhere.roles() : {};
  const [first, second] = [relevant(plain.items), relevant(again.items)];
  if (own) shown.note(ROLES, failure !== undefined || sameIds(first, second));
  const told = confirmed({
    source: SOURCE,
    things: 'roles on the gateway',
    looked: { count: items.length, unit: 'assignments' },
    first,
    second,
    ...(failure === undefined ? {} : { failure }),
    state,
    // A group’s role says nothing about what the list shows of a person.
    seen: own,
    showsDeleted,
    shownElsewhere: control.why,
    cutOn,
    shownBefore: unknown && !showsDeleted && control.why === undefined ? await shown.before(ROLES) : undefined,
  });
  const passing = failure ?? control.failure;
  return { items, coverage: told, ...(passing === undefined ? {} : { failure: passing }) };
}
