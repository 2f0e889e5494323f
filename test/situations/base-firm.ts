import type { Firm, Habits, Item, Leaving, Person } from '../truth/firm/firm.ts';
import { ORGANISATIONS } from '../truth/firm/firm.ts';
import { ACTIONS } from '../truth/firm/generate-trusts.ts';

export const DOMAIN = 'firm.example';

const person = (key: string, n: number, displayName: string, login: string, id: number): Person => ({
  key,
  oid: `a1b2c3d4-5e6f-4000-8000-00000000000${n}`,
  displayName,
  userPrincipalName: `${displayName.toLowerCase().replace(' ', '.')}@${DOMAIN}`,
  mail: `${displayName.toLowerCase().replace(' ', '.')}@${DOMAIN}`,
  github: { id, login },
  devops: true,
});

/** Alex leaves. Ana has the same family name, Ben has not, and zed is somebody on GitHub whom nobody knows. */
export const ALEX = person('alex', 1, 'Alex Moreau', 'amoreau', 4_711_042);
export const ANA = person('ana', 2, 'Ana Moreau', 'amoreau-silva', 5_120_001);
const BEN = person('ben', 3, 'Ben Okafor', 'bokafor', 5_120_002);
export const ZED: Person = {
  key: 'zed',
  oid: 'a1b2c3d4-5e6f-4000-8000-000000000009',
  displayName: 'Somebody else',
  userPrincipalName: 'zed@elsewhere.example',
  mail: null,
  outsider: true,
  github: { id: 9_900_123, login: 'zed' },
};

const DELETED: Leaving = { state: 'soft-deleted', daysAgo: 20, recorded: true };

const HABITS: Habits = {
  entraPage: 100,
  armPage: 20,
  devopsPage: 100,
  hideGrantsOfSoftDeleted: false,
  githubDenials: 403,
  repositoryRunners: 'all',
  revocationDelayMs: 0,
};

/** How single sign-on knows somebody, in both organisations. */
export function signOn(
  key: string,
  account: Person,
  nameId: string,
  more: { readonly objectIdOf?: string } = {},
): Item[] {
  return ORGANISATIONS.map((organisation) => ({
    key: `${key}-${organisation}`,
    kind: 'sign-on',
    organisation,
    nameId,
    account: account.key,
    ...more,
  }));
}

/** What colleagues have, of every kind: a case that changes any of it fails. */
const COLLEAGUES: readonly Item[] = [
  ...signOn('sign-on-ana', ANA, ANA.userPrincipalName, { objectIdOf: 'ana' }),
  ...signOn('sign-on-ben', BEN, BEN.userPrincipalName, { objectIdOf: 'ben' }),
  { key: 'ana-grant', kind: 'grant', person: 'ana', client: 'vscode', on: 'gateway', scope: 'mcp.tools.read' },
  { key: 'ben-role', kind: 'role', person: 'ben', role: 'secrets' },
  { key: 'ana-pat', kind: 'fine-grained', organisation: 'northwind-capital', person: 'ana', id: 901, name: 'notes' },
  {
    key: 'ben-key',
    kind: 'sso-credential',
    organisation: 'northwind-labs',
    person: 'ben',
    id: 902,
    type: 'SSH key',
    note: 'laptop',
  },
  { key: 'ben-ado', kind: 'devops-token', person: 'ben', id: 903, name: 'desk', scope: 'app_token' },
  {
    key: 'ana-trust',
    kind: 'trust',
    at: { type: 'identity', name: 'id-of-ana', subscription: 'platform' },
    name: 'fork',
    issuer: ACTIONS,
    subject: 'repo:amoreau-silva/notebooks:ref:refs/heads/main',
    admits: { person: 'ana' },
    how: 'a colleague’s fork',
  },
  {
    key: 'firm-trust',
    kind: 'trust',
    at: { type: 'identity', name: 'id-deploy', subscription: 'workloads' },
    name: 'main',
    issuer: ACTIONS,
    subject: 'repo:northwind-capital/gateway:environment:production',
    admits: 'firm',
    how: 'the firm’s own',
    production: true,
  },
];

/** How the directory and single sign-on agree about Alex. */
const ALEX_SIGNS_ON = signOn('sign-on-alex', ALEX, ALEX.userPrincipalName, { objectIdOf: 'alex' });

interface Change {
  readonly items?: readonly Item[];
  readonly people?: readonly Person[];
  readonly without?: readonly string[];
  readonly leaving?: Leaving;
  readonly habits?: Partial<Habits>;
  readonly swept?: true;
}

let firms = 0;

/** The firm with a change. Each has people of its own ids, so that one case knows nothing of another. */
export function firmWith({
  items = [],
  people = [],
  without = [],
  leaving = DELETED,
  habits = {},
  swept,
}: Change): Firm {
  firms += 1;
  const changed = new Map([ALEX, ANA, BEN, ZED, ...people].map((each) => [each.key, each]));
  const own = new Map([...COLLEAGUES, ...ALEX_SIGNS_ON, ...items].map((item) => [item.key, item]));
  const firm: Firm = {
    seed: firms,
    domain: DOMAIN,
    people: [...changed.values()],
    leaver: 'alex',
    leaving,
    items: [...own.values()].filter(({ key }) => !without.some((gone) => key.startsWith(gone))),
    habits: { ...HABITS, ...habits },
    ...(swept === undefined ? {} : { swept }),
  };
  return ofItsOwn(firm);
}

/** Ids end in the firm's number, names stay: what one case remembers of an id says nothing about another's. */
function ofItsOwn(firm: Firm): Firm {
  const n = String(firm.seed).padStart(4, '0');
  const text = JSON.stringify(firm)
    .replaceAll('a1b2c3d4-5e6f-4000-8000-0000', `a1b2c3d4-5e6f-${n}-8000-0000`)
    .replaceAll(`@${DOMAIN}`, `@${n}.${DOMAIN}`)
    .replaceAll(`@${DOMAIN.toUpperCase()}`, `@${n}.${DOMAIN.toUpperCase()}`)
    .replaceAll('4711042', `47${n}42`)
    .replaceAll('5120001', `51${n}1`)
    .replaceAll('5120002', `51${n}2`)
    .replaceAll('9900123', `99${n}3`);
  return JSON.parse(text) as Firm;
}
