import { GRAPH_PERMISSIONS, type GraphPermission } from '../connectors/graph/permissions.ts';
import { nameOfGrant } from '../connectors/permission.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { type Answers, answerOf, sameAnswer } from './answer-of.ts';

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
  row: GraphPermission,
  roles: readonly string[],
): Promise<Answers[number]> {
  const name = nameOfGrant(row.grant);
  if (!roles.includes(name)) {
    const detail = `The ${row.identity}’s access token does not carry it. A grant made within the last 24 hours may not have reached its tokens yet.`;
    return [row.id, { state: 'missing', detail }];
  }
  const { probe } = row;
  return [row.id, probe === 'token' ? { state: 'granted' } : answerOf(await vendors.graph.tryReading(probe, name))];
}
