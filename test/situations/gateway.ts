import type { Stack } from '../../local/stack.ts';
import type { Item } from '../truth/firm/firm.ts';
import { findingsIn, linesIn } from '../truth/oracle/report.ts';
import { ALEX } from './base-firm.ts';
import type { Situation, Situations } from './situation.ts';

const grant = (
  key: string,
  client: 'vscode' | 'claudeCode',
  more: Partial<Extract<Item, { kind: 'grant' }>> = {},
): Item => ({
  key,
  kind: 'grant',
  person: 'alex',
  client,
  on: 'gateway',
  scope: 'mcp.tools.read',
  ...more,
});
const ROLE: Item = { key: 'role', kind: 'role', person: 'alex', role: 'secrets' };
const PAT: Item = {
  key: 'pat',
  kind: 'fine-grained',
  organisation: 'northwind-capital',
  person: 'alex',
  id: 821,
  name: 'ci',
};
const GROUP: Item = { key: 'group', kind: 'group-role', name: 'MCP users', members: ['alex', 'ana'] };
const ACTIVE = { state: 'active', daysAgo: 5, recorded: true } as const;

const refusal = (
  vendor: Extract<Item, { kind: 'refusal' }>['vendor'],
  path: string,
  status: 403 | 404 | 500,
): Item => ({
  key: 'refusal',
  kind: 'refusal',
  vendor,
  path,
  status,
});

/** Somebody is restored while the case is discovered: by mistake deleted, and noticed. */
function restoredOn(path: string): (stack: Stack) => () => void {
  return ({ tenant, states: { entra } }) =>
    tenant.server.onCall((call) => {
      const user = entra.deletedUsers.all()[0];
      if (user === undefined || !call.path.includes(path)) return;
      entra.deletedUsers.delete(user.id);
      const userPrincipalName = user.userPrincipalName.slice(32);
      entra.users.add({ ...user, userPrincipalName, deletedDateTime: null });
    });
}

/** What a refused list must not be called. */
const incomplete = (source: string): NonNullable<Situation['says']> => [
  `${source} is called complete, or the case is not incomplete`,
  (report) =>
    report.outcome === 'incomplete' &&
    linesIn(report).some((line) => line.source.startsWith(source) && line.state !== 'complete'),
];

const REFUSED = [
  ['graph', '/oauth2PermissionGrants', 'entra/delegated-grants'],
  ['graph', '/appRoleAssignedTo', 'entra/app-role-assignments'],
  ['arm', 'federatedIdentityCredentials', 'azure/federated-credentials'],
  ['github', '/credential-authorizations', 'github/sso-credentials'],
  ['github', '/personal-access-tokens', 'github/fine-grained-tokens'],
  ['github', '/orgs/[^/]+/actions/runners', 'github/organisation-runners'],
  ['devops', '/tokenadmin/', 'azure-devops/tokens'],
  ['devops', '/distributedtask/pools', 'azure-devops/agents'],
  ['devops', '/variablegroups', 'azure-devops/variable-groups'],
] as const;

const alone: readonly Situation[] = [
  {
    name: 'consent through two clients ends',
    items: [grant('one', 'vscode'), grant('two', 'claudeCode')],
    ends: ['one', 'two'],
  },
  {
    name: 'consent that stands on the second page of a list ends',
    habits: { entraPage: 1 },
    items: [grant('one', 'vscode'), grant('two', 'claudeCode')],
    ends: ['one', 'two'],
  },
  {
    name: 'scopes with a space before them are scopes',
    items: [grant('spaced', 'vscode', { scope: ' mcp.tools.write' })],
    ends: ['spaced'],
  },
  {
    name: 'consent on another resource is none of the product’s business',
    items: [grant('mail', 'vscode', { on: 'graph' })],
    says: ['it is a finding', (report) => findingsIn(report).every(({ kind }) => kind !== 'delegated-grant')],
  },
  {
    name: 'lists that leave out what a deleted person was granted are not complete, to the sweep neither',
    habits: { hideGrantsOfSoftDeleted: true },
    swept: true,
    items: [grant('hidden', 'claudeCode')],
    alive: ['hidden'],
  },
  { name: 'a role of the person’s own ends', items: [ROLE], ends: ['role'] },
  { name: 'a role through a group is told while the account works', leaving: ACTIVE, items: [GROUP], told: ['group'] },
  {
    name: 'a role through a group is told of a disabled account',
    leaving: { state: 'disabled', daysAgo: 5, recorded: true },
    items: [GROUP],
    told: ['group'],
  },
  {
    name: 'an account that still works is told',
    leaving: ACTIVE,
    says: [
      'nothing says so',
      (report) =>
        findingsIn(report).some(({ kind, status }) => kind === 'account-enabled' && status === 'manual-action'),
    ],
  },
  {
    name: 'somebody who was restored before the case is asked for is cut as an active account',
    leaving: { state: 'restored', daysAgo: 5, recorded: true },
    items: [grant('one', 'vscode'), PAT],
    ends: ['one', 'pat'],
  },
  {
    name: 'restored while credentials are read: the case does not end as if the person had left',
    items: [grant('one', 'vscode'), PAT],
    meanwhile: restoredOn('userAssignedIdentities'),
    says: ['the case ended as if the person had left', (report) => !['clear', 'residual'].includes(report.outcome)],
  },
  {
    name: 'restored while credentials are read: the person’s token lives, and the case says that it stopped',
    items: [PAT],
    alive: ['pat'],
    meanwhile: restoredOn('userAssignedIdentities'),
    says: ['nothing says so', (report) => findingsIn(report).some(({ kind }) => kind === 'person-returned')],
  },
  {
    name: 'deleted for good: without a name no machine can be called somebody else’s',
    leaving: { state: 'gone', daysAgo: 40, recorded: false },
    items: [
      {
        key: 'runner',
        kind: 'runner',
        organisation: 'northwind-labs',
        id: 822,
        name: 'laptop-amoreau',
        labels: [],
        owner: { person: 'alex' },
        signs: 'name',
      },
    ],
    alive: ['runner'],
  },
  {
    name: 'a name of 10,000 characters, and one with HTML and direction marks, break nothing',
    people: [{ ...ALEX, displayName: `${'x'.repeat(10_000)}<b>\u202e\u0007` }],
    items: [grant('one', 'vscode'), PAT],
    ends: ['one', 'pat'],
  },
  ...REFUSED.flatMap(([vendor, path, source]): Situation[] =>
    (path.startsWith('/o') || vendor === 'arm' ? ([403, 500] as const) : ([403] as const)).map((status) => ({
      name: `${vendor} answers ${status} to ${path}: ${source} is not complete`,
      items: [refusal(vendor, path, status), grant('one', 'vscode'), PAT],
      says: incomplete(source),
    })),
  ),
];

export const GATEWAY: Situations = { alone };
