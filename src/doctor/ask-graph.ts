import { GRAPH_PERMISSIONS } from '../connectors/graph/permissions.ts';
import type { PermissionRow } from '../connectors/permission.ts';
import { nameOfGrant } from '../connectors/permission.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { type Answers, answerOf, sameAnswer } from './answer-of.ts';

/** No group has this id, which only those are told who may look. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
/** The smallest question that takes each permission to read. */
const READS: Readonly<Record<string, string>> = {
  'User.Read.All': '/users?$top=1&$select=id',
  'User-LifeCycleInfo.Read.All': '/users?$top=1&$select=id,employeeLeaveDateTime',
  'Application.Read.All': '/applications?$top=1&$select=id',
  'DelegatedPermissionGrant.Read.All': '/oauth2PermissionGrants?$top=1',
  'GroupMember.Read.All': `/groups/${NOBODY}/members?$top=1&$select=id`,
};

/** By the `roles` of each identity's own token, and for those that read by reading. */
export async function askGraph(vendors: Pick<Vendors, 'graph'>): Promise<Answers> {
  const answers = await Promise.all(
    (['reader', 'remover'] as const).map(async (identity): Promise<Answers> => {
      const rows = GRAPH_PERMISSIONS.filter((row) => row.identity === identity);
      const roles = await vendors.graph.ownRoles(identity);
      if (!roles.ok) return sameAnswer(rows, { state: 'could-not-check', detail: roles.failure.message });
      return Promise.all(rows.map((row) => ask(vendors, row, roles.value)));
    }),
  );
  return answers.flat();
}

async function ask(
  vendors: Pick<Vendors, 'graph'>,
  row: PermissionRow,
  roles: readonly string[],
): Promise<Answers[number]> {
  const name = nameOfGrant(row.grant);
  if (!roles.includes(name)) {
    const detail = `The ${row.identity}’s access token does not carry it. A grant made within the last 24 hours may not have reached its tokens yet.`;
    return [row.id, { state: 'missing', detail }];
  }
  const path = READS[name];
  return [row.id, path === undefined ? { state: 'granted' } : answerOf(await vendors.graph.tryReading(path, name))];
}
