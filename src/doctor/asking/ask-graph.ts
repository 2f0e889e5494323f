import type { Config } from '../../config.ts';
import { ASSESSOR_PERMISSIONS } from '../../connectors/assessor/permissions.ts';
import { PROBES, type ProbedPermission, type ProbedWith } from '../../connectors/graph/call/probes.ts';
import { GRAPH_PERMISSIONS } from '../../connectors/graph/permissions.ts';
import { nameOfGrant, type PermissionRow } from '../../connectors/permission.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { worstAnswer } from '../diagnosis.ts';
import { type Answers, answerOf, sameAnswer } from './answer-of.ts';

const ROWS = [...GRAPH_PERMISSIONS, ...ASSESSOR_PERMISSIONS.filter(({ system }) => system === 'graph')];

/** By the `roles` of each identity's own token, and for those that read by the very questions that cases and sweeps ask. */
export async function askGraph(
  vendors: Pick<Vendors, 'graph'>,
  { GATEWAY_APP_ID: gatewayAppId }: Pick<Config, 'GATEWAY_APP_ID'>,
  at: Date,
): Promise<Answers> {
  const gateway = await vendors.graph.findServicePrincipal(gatewayAppId);
  const about: ProbedWith = { gatewayAppId, ...(gateway.ok ? { gatewayId: gateway.value.id } : {}), at };
  const answers = await Promise.all(
    (['reader', 'remover', 'assessor'] as const).map(async (identity): Promise<Answers> => {
      const rows = ROWS.filter((row) => row.identity === identity);
      const roles = await vendors.graph.ownRoles(identity);
      if (!roles.ok) return sameAnswer(rows, { state: 'could-not-check', detail: roles.failure.message });
      return Promise.all(rows.map((row) => ask(vendors, row, roles.value, about)));
    }),
  );
  return answers.flat();
}

async function ask(
  vendors: Pick<Vendors, 'graph'>,
  row: PermissionRow,
  roles: readonly string[],
  about: ProbedWith,
): Promise<Answers[number]> {
  const name = nameOfGrant(row.grant);
  if (!roles.includes(name)) {
    const detail = `The ${row.identity}’s access token does not carry it. A grant made within the last 24 hours may not have reached its tokens yet.`;
    return [row.id, { state: 'missing', detail }];
  }
  if (row.identity !== 'reader' || !isProbed(name)) return [row.id, { state: 'granted' }];
  const told = await Promise.all(PROBES[name](about).map((probe) => vendors.graph.tryReading(probe, name)));
  return [row.id, worstAnswer(told.map(answerOf))];
}

function isProbed(name: string): name is ProbedPermission {
  return Object.hasOwn(PROBES, name);
}
