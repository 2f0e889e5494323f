import {
  DEVOPS_ORGANISATIONS,
  type Firm,
  type Item,
  isLeavers,
  MOVING,
  ownedByLeaver,
  personOf,
  rightMark,
} from '../firm/firm.ts';
import { devopsAt, devopsTokenOf, grantKey, type TenantStates, trustKey, workloadOf } from './rows.ts';

/** What a case may do to a row of the tenant, in truth. */
export interface Belonging {
  readonly item?: Item;
  /** Why the case may change it by itself; absent where it may not. */
  readonly leavers?: true;
  /** For whoever reads a failure: whose it is. */
  readonly whose: string;
}

/** Whose each row of the untouched tenant is. Rows that no item tells of are the firm's. */
export function belongingsIn(firm: Firm, states: TenantStates): ReadonlyMap<string, Belonging> {
  const rows = new Map<string, Belonging>();
  const { oid } = personOf(firm, firm.leaver);
  // Who came back is a colleague like any other.
  const back = firm.leaving.returns === true;
  const put = (key: string, item: Item, leavers: boolean, whose: string): void => {
    rows.set(key.toLowerCase(), leavers && !back ? { item, leavers, whose } : { item, whose });
  };
  for (const item of firm.items) {
    const place = placeOf(firm, states, item);
    if (place === undefined) continue;
    put(place.key, item, place.leavers, place.whose);
  }
  // It goes by itself while pipelines are paged.
  if (firm.habits.moving === true)
    rows.set(`devops/${DEVOPS_ORGANISATIONS[0]}/definitions/${MOVING}`, { leavers: true, whose: 'nobody' });
  // Its sessions are revoked, and somebody may restore it meanwhile.
  for (const list of ['users', 'deleted-users'])
    rows.set(`entra/${list}/${oid}`, { leavers: true, whose: 'the leaver' });
  return rows;
}

function placeOf(
  firm: Firm,
  states: TenantStates,
  item: Item,
): { readonly key: string; readonly leavers: boolean; readonly whose: string } | undefined {
  const mine = (person: string) => ({ leavers: isLeavers(firm, person), whose: person });
  switch (item.kind) {
    case 'grant': {
      const { oid } = personOf(firm, item.person);
      const row = states.entra.grants.all().find((each) => isGrantOf(states, each, oid, item.client, item.on));
      // Only consent on the gateway is the product's to end.
      const own = mine(item.person);
      return row && { ...own, key: grantKey(row), leavers: own.leavers && item.on === 'gateway' };
    }
    case 'role': {
      const { oid } = personOf(firm, item.person);
      const row = states.entra.assignments.all().find((each) => each.principalId === oid);
      return row && { key: `entra/assignments/${row.id}`, ...mine(item.person) };
    }
    case 'workload': {
      const row = workloadOf(states, item);
      // An owner goes by itself where another one stays; everything else at it waits for a person.
      const leavers = item.owners.includes(firm.leaver) && item.owners.length > 1;
      return row && { key: `entra/applications/${row.id}`, leavers, whose: item.owners.join(' and ') };
    }
    case 'trust': {
      const key = trustKey(item.at.type, item.at.name, item.name);
      const admits = typeof item.admits === 'object' ? item.admits.person : item.admits;
      // What lets nobody in and carries the leaver's name may go; what production or others rest on waits for a person.
      const own = ownedByLeaver(firm, item.admits) || (admits === 'nobody' && item.names === firm.leaver);
      return {
        key,
        leavers: own && item.production !== true && item.shared !== true && item.corrected !== true,
        whose: item.production === true ? 'production' : item.shared === true ? 'others as well' : admits,
      };
    }
    case 'fine-grained':
      return { key: `github/${item.organisation}/tokens/${item.id}`, ...mine(item.person) };
    case 'waiting':
      return { key: `github/${item.organisation}/${item.as}s/${item.id}`, ...mine(item.person) };
    case 'sso-credential':
      return { key: `github/${item.organisation}/credentials/${item.id}`, ...mine(item.person) };
    case 'deploy-key':
      // A server may rest on it, so that nobody takes it away without a decision.
      return {
        key: `github/${item.organisation}/${item.repository}/keys/${item.id}`,
        leavers: false,
        whose: 'a repository',
      };
    case 'repository-invitation':
      return {
        key: `github/${item.organisation}/${item.repository}/invitations/${item.id}`,
        ...mine(item.person),
      };
    case 'devops-token': {
      const row = devopsTokenOf(states, item);
      return row && { key: `devops/${devopsAt(item)}/tokens/${row.authorizationId}`, ...mine(item.person) };
    }
    case 'runner': {
      const at = item.repository === undefined ? item.organisation : `${item.organisation}/${item.repository}`;
      return {
        key: `github/${at}/runners/${item.id}`,
        leavers: ownedByLeaver(firm, item.owner),
        whose: 'a machine',
      };
    }
    case 'agent':
      return {
        key: `devops/${devopsAt(item)}/agents/${item.id}`,
        leavers: ownedByLeaver(firm, item.owner),
        whose: 'a machine',
      };
    case 'platform-right': {
      // Roles and vaults are people's to take away.
      const cut = item.right === 'subscription-key' || item.right === 'kept-sign-in';
      const mark = rightMark(item, personOf(firm, item.person));
      const row = states.arm.gatewayObjects.all().find(({ id }) => id.endsWith(mark));
      return row && { key: `gateway${row.id}`, leavers: cut && item.person === firm.leaver, whose: item.person };
    }
    default:
      return undefined;
  }
}

function isGrantOf(
  { entra }: TenantStates,
  grant: { readonly principalId?: string | null; readonly clientId: string; readonly resourceId: string },
  oid: string,
  client: 'claudeCode' | 'vscode',
  on: 'gateway' | 'graph',
): boolean {
  const name = entra.servicePrincipals.get(grant.clientId)?.displayName ?? '';
  const resource = entra.servicePrincipals.get(grant.resourceId)?.displayName ?? '';
  return (
    grant.principalId === oid &&
    name === CLIENT_NAMES[client] &&
    (on === 'gateway' ? resource === 'MCP gateway' : resource !== 'MCP gateway')
  );
}

const CLIENT_NAMES = { claudeCode: 'Claude Code', vscode: 'VS Code MCP' } as const;
