import {
  DEVOPS_ORGANISATIONS,
  devopsOf,
  type Firm,
  type Habits,
  type Item,
  isLeavers,
  type Leaving,
  ORGANISATIONS,
  ownedByLeaver,
  type Person,
  personOf,
} from './firm.ts';
import { generateAzureDevOps } from './generate-azure-devops.ts';
import { generateGitHub } from './generate-github.ts';
import { generatePlatform } from './generate-platform.ts';
import { withTelling } from './generate-telling.ts';
import { generateTrusts } from './generate-trusts.ts';
import { addressOf, loginOf, namesOf, oddText } from './names.ts';
import { type Chance, chanceOf } from './random.ts';

/** What the parts of a firm are made with. */
export interface Making {
  readonly chance: Chance;
  readonly people: readonly Person[];
  readonly leaver: Person;
  /** A key that no other item of the firm has. */
  key(prefix: string): string;
  /** A number that no other object of the vendor has. */
  id(): number;
  /** The leaver half of the time, and otherwise anybody of the firm. */
  somebody(): Person;
  /** A name of that kind, now and then an odd one. */
  called(usual: string): string;
}

/** The firm of a seed: always the same one. */
export function generateFirm(seed: number): Firm {
  // Decided by chances of its own, so that it changes nothing else of the firm of a seed.
  return withWorkloads(chanceOf(seed * 19 + 7), overOrganisations(chanceOf(seed * 17 + 5), generateIn(seed)));
}

/** The same firm with applications that act without anybody; in a calm one none of them is the leaver's. */
function withWorkloads(chance: Chance, firm: Firm): Firm {
  const staff = firm.people.filter(({ outsider }) => outsider !== true).map(({ key }) => key);
  const others = staff.filter((key) => !isLeavers(firm, key));
  if (others.length === 0) return firm;
  const calm = firm.seed % 8 === 3;
  const someone = (): string => (!calm && chance.is(0.5) ? firm.leaver : chance.pick(others));
  const workloads = Array.from({ length: chance.between(0, 2) }, (_, index): Item => {
    const owners = [...new Set(Array.from({ length: chance.between(1, 2) }, someone))];
    const addedBy = chance.is(0.3) && !calm ? 'nobody' : someone();
    return { key: `work${index}`, kind: 'workload', name: `agent-${index}`, owners, addedBy, reaches: chance.is(0.6) };
  });
  return { ...firm, items: [...firm.items, ...workloads] };
}

/** The same firm with something in each organisation of Azure DevOps, not all of which know everybody. */
function overOrganisations(chance: Chance, firm: Firm): Firm {
  const people = firm.people.map((person) =>
    person.devops === true && chance.is(0.25) ? { ...person, devopsAt: [chance.pick(DEVOPS_ORGANISATIONS)] } : person,
  );
  const items = firm.items.map((item): Item => {
    if (item.kind === 'devops-token') {
      const known = devopsOf(personOf({ people }, item.person));
      return known.length === 0 ? item : { ...item, devops: chance.pick(known) };
    }
    const movable = item.kind === 'agent' || item.kind === 'variable-group' || item.kind === 'pipeline';
    // The list that moves is one of the usual organisation.
    if (!movable || firm.habits.moving === true) return item;
    return { ...item, devops: chance.pick(DEVOPS_ORGANISATIONS) };
  });
  return { ...firm, people, items };
}

function generateIn(seed: number): Firm {
  const chance = chanceOf(seed);
  const domain = `firm${seed}.example`;
  const people = peopleOf(chance, domain);
  const staff = people.filter(({ outsider }) => outsider !== true);
  const leaver = chance.pick(staff.slice(0, 3));
  let items = 0;
  let ids = 100 + chance.between(0, 90_000) * 1_000;
  const making: Making = {
    chance,
    people,
    leaver,
    key: (prefix) => {
      items += 1;
      return `${prefix}${items}`;
    },
    id: () => {
      ids += chance.between(1, 9);
      return ids;
    },
    somebody: () => (chance.is(0.5) ? leaver : chance.pick(staff)),
    called: (usual) => (chance.is(0.06) ? `${usual} ${oddText(chance)}` : usual),
  };
  const leaving = leavingOf(chance);
  const firm: Firm = {
    seed,
    domain,
    people,
    leaver: leaver.key,
    leaving,
    habits: habitsOf(chance),
    ...(seed % 6 === 1 ? { repeated: true } : {}),
    // Of somebody who came back the directory may still say that they left: nobody can know what is right.
    ...(seed % 3 === 0 && leaving.returns !== true ? { swept: true } : {}),
    items: [
      ...signOns(making, domain),
      ...directory(making),
      ...generateTrusts(making),
      ...generateGitHub(making),
      ...generateAzureDevOps(making),
      ...calls(making, leaving),
      ...refusals(making),
      ...generatePlatform(making),
    ],
  };
  if (firm.habits.moving === true && seed % 8 !== 3) return withMoving(making, firm);
  if (seed % 8 === 3) return calmed(firm);
  if (chance.is(0.04)) return inBatches(making, firm);
  return chance.is(0.4) ? withTelling(making, firm) : firm;
}

/** The same firm with a token of the leaver where it moves up as its list is paged. */
function withMoving({ key, id, leaver }: Making, firm: Firm): Firm {
  const held = { name: 'SYNC_TOKEN', format: 'npm', owner: { person: leaver.key }, wrapped: 'plain' } as const;
  const pipeline: Item = {
    key: key('pipe'),
    kind: 'pipeline',
    id: id(),
    name: 'moving',
    author: leaver.key,
    variables: [held],
  };
  return { ...firm, items: [pipeline, ...firm.items] };
}

/** The same firm with more repositories than are read at once, one of which in the last batch refuses its variables. */
function inBatches({ key, leaver }: Making, firm: Firm): Firm {
  const place = { organisation: ORGANISATIONS[1], repository: 'payments' } as const;
  const value = { name: 'SYNC_TOKEN', format: 'npm', owner: { person: leaver.key }, wrapped: 'plain' } as const;
  const path = `/repos/${place.organisation}/${place.repository}/actions/variables`;
  return {
    ...firm,
    habits: { ...firm.habits, manyRepositories: true },
    items: [
      ...firm.items.filter(({ kind }) => kind !== 'refusal'),
      { key: key('var'), kind: 'variable', ...place, name: 'SYNC_TOKEN', value },
      { key: key('refusal'), kind: 'refusal', vendor: 'github', path, status: 403 },
    ],
  };
}

/**
 * The same firm where everything of the leaver can be ended at once, and nothing is a question to anybody: these are the
 * cases that may end calmly, so that a calm end can be wrong.
 */
function calmed(firm: Firm): Firm {
  const leaver = personOf(firm, firm.leaver);
  const own = (person: string): boolean => person === firm.leaver;
  const linked = firm.people.filter(({ key, github, outsider }) => !own(key) && github !== undefined && !outsider);
  const signOn = (person: Person, organisation: (typeof ORGANISATIONS)[number]): Item => ({
    key: `calm-${person.key}-${organisation}`,
    kind: 'sign-on',
    organisation,
    nameId: person.userPrincipalName,
    objectIdOf: person.key,
    account: person.key,
  });
  const kept = firm.items.filter((item) => {
    switch (item.kind) {
      case 'grant':
      case 'role':
      case 'fine-grained':
      case 'sso-credential':
      case 'repository-invitation':
        return true;
      case 'platform-right':
        return item.right === 'kept-sign-in' || !own(item.person);
      case 'deploy-key':
        return !own(item.person) && item.nameless !== true;
      case 'devops-token':
        return item.ssh !== true;
      case 'trust':
        return (
          item.how.startsWith('the firm’s') || (item.how.startsWith('owner by') && ownedByLeaver(firm, item.admits))
        );
      case 'runner':
      case 'agent':
        return item.owner === 'firm' && (item.kind === 'runner' || (item.holds ?? []).length === 0);
      case 'workflow':
        return item.holds === undefined && item.uses === undefined && item.ranAs.every((each) => !own(each));
      case 'calls':
        return item.by !== 'nobody' && 'person' in item.by && !own(item.by.person);
      default:
        return false;
    }
  });
  const { mail: _, ...rest } = leaver;
  const { moving: __, ...habits } = firm.habits;
  const known = leaver.github === undefined ? linked : [leaver, ...linked];
  return {
    ...firm,
    habits,
    people: firm.people.map((person) => (own(person.key) ? { ...rest, mail: leaver.userPrincipalName } : person)),
    leaving: { state: 'disabled', daysAgo: Math.max(firm.leaving.daysAgo, 2), recorded: true },
    items: [...kept, ...ORGANISATIONS.flatMap((at) => known.map((person) => signOn(person, at)))],
  };
}

function peopleOf(chance: Chance, domain: string): Person[] {
  const taken = new Set<string>();
  const free = (wanted: string): string => {
    let name = wanted;
    for (let n = 2; taken.has(name); n += 1) name = `${wanted}${n}`;
    taken.add(name);
    return name;
  };
  const staff = namesOf(chance, chance.between(4, 6)).map((name, index): Person => {
    const userPrincipalName = `${free(addressOf(name))}@${domain}`;
    const guest = chance.is(0.1);
    const short = chance.is(0.15) ? `_${domain.slice(0, 4)}` : '';
    const other = chance.is(0.2) ? `${addressOf(name).split('.').toReversed().join('.')}@${domain}` : userPrincipalName;
    return {
      key: `p${index}`,
      oid: chance.guid(),
      displayName: chance.is(0.05)
        ? `${name.given} ${oddText(chance)}`
        : `${name.given} ${name.family}${guest ? ' (contractor)' : ''}`,
      userPrincipalName: guest ? `${userPrincipalName.replace('@', '_')}#EXT#@${domain}` : userPrincipalName,
      mail: chance.is(0.1) ? null : guest ? userPrincipalName.replace(domain, 'partner.example') : other,
      ...(guest ? { guest } : {}),
      ...(chance.is(0.85)
        ? { github: { id: chance.between(10_000, 9_999_999), login: free(loginOf(name)) + short } }
        : {}),
      ...(chance.is(0.85) ? { devops: true } : {}),
    };
  });
  const renamed = staff.map((person, index) => {
    // Azure DevOps keeps old names: somebody may stand there under a name that another has by now.
    const other = staff[(index + 1) % staff.length];
    return other === undefined || !chance.is(0.08) ? person : { ...person, devopsName: other.userPrincipalName };
  });
  const [first] = staff;
  const outsider: Person = {
    key: 'outsider',
    oid: chance.guid(),
    displayName: 'Somebody else',
    userPrincipalName: 'somebody@elsewhere.example',
    mail: null,
    outsider: true,
    github: { id: chance.between(10_000_000, 99_999_999), login: free(`${first?.github?.login ?? 'dev'}-labs`) },
  };
  return [...renamed, outsider];
}

function leavingOf(chance: Chance): Leaving {
  const state = chance.pick([
    'soft-deleted',
    'soft-deleted',
    'soft-deleted',
    'disabled',
    'active',
    'restored',
    'gone',
  ] as const);
  return {
    state,
    daysAgo: chance.is(0.4) ? chance.between(2, 4) : chance.between(1, 40),
    recorded: chance.is(0.7),
    said: chance.is(0.3),
    ...(state === 'soft-deleted' && chance.is(0.12) ? { returns: true } : {}),
  };
}

function habitsOf(chance: Chance): Habits {
  const moving = chance.is(0.2);
  return {
    ...(moving ? { moving } : {}),
    entraPage: chance.pick([2, 3, 100]),
    armPage: moving ? 1 : chance.pick([1, 2, 20]),
    devopsPage: moving ? 1 : chance.pick([1, 2, 100]),
    hideGrantsOfSoftDeleted: chance.is(0.3),
    githubDenials: chance.pick([403, 404]),
    repositoryRunners: chance.pick(['all', 'all', 'selected', 'none']),
    revocationDelayMs: 0,
  };
}

/** How single sign-on knows people: by UPN mostly; by a name that somebody else has by now; or not at all. */
function signOns({ chance, people, leaver, key }: Making, domain: string): Item[] {
  return people.flatMap((person) => {
    if (person.github === undefined || person.outsider === true) return [];
    const organisations = chance.is(0.8) ? ORGANISATIONS : [chance.pick(ORGANISATIONS)];
    if (chance.is(0.08)) return [];
    const others = people.filter((each) => each.key !== person.key && each.outsider !== true);
    // Entra sends it with every assertion; GitHub need not have kept it.
    const tells = chance.is(0.75);
    const nameId = nameIdOf(chance, person, others, leaver, domain);
    // An account that was handed over: single sign-on still calls it by the leaver's object id.
    const handed = person.key !== leaver.key && chance.is(0.05);
    return organisations.map((organisation) => ({
      key: key('sso'),
      kind: 'sign-on' as const,
      organisation,
      nameId: handed ? leaver.oid : nameId,
      ...(tells || handed ? { objectIdOf: person.key } : {}),
      account: person.key,
    }));
  });
}

function nameIdOf(chance: Chance, person: Person, others: readonly Person[], leaver: Person, domain: string): string {
  const kind = chance.next();
  if (kind < 0.62) return person.userPrincipalName;
  if (kind < 0.72) return person.mail ?? person.userPrincipalName;
  if (kind < 0.78) return person.userPrincipalName.toUpperCase();
  if (kind < 0.84) return person.oid;
  // The person's name changed since, and somebody else has the old one: the leaver more often than not.
  if (kind < 0.93)
    return (chance.is(0.6) && leaver.key !== person.key ? leaver : chance.pick(others)).userPrincipalName;
  return `formerly-${person.key}@${domain}`;
}

function directory({ chance, key, somebody, called }: Making): Item[] {
  const grants = Array.from({ length: chance.between(1, 4) }, (): Item => {
    const [client, on] = [
      chance.pick(['claudeCode', 'vscode'] as const),
      chance.is(0.85) ? 'gateway' : 'graph',
    ] as const;
    return { key: key('grant'), kind: 'grant', person: somebody().key, client, on, scope: 'mcp.tools.read' };
  });
  const roles = Array.from({ length: chance.between(0, 2) }, (): Item => {
    return { key: key('role'), kind: 'role', person: somebody().key, role: chance.pick(['user', 'secrets']) };
  });
  const members = Array.from({ length: chance.between(1, 4) }, () => somebody().key);
  const group: Item = {
    key: key('group'),
    kind: 'group-role',
    name: called('MCP users'),
    members: [...new Set(members)],
  };
  return unique([...grants, ...roles, ...(chance.is(0.4) ? [group] : [])]);
}

/** One grant for a person and a client, one role for a person: the vendors know no more. */
function unique(items: readonly Item[]): Item[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const what =
      item.kind === 'grant'
        ? `${item.person} ${item.client} ${item.on}`
        : item.kind === 'role'
          ? item.person
          : item.key;
    if (seen.has(what)) return false;
    seen.add(what);
    return true;
  });
}

function calls({ chance, people, leaver, key }: Making, { daysAgo }: Leaving): Item[] {
  const days = (from: number, to: number): number[] =>
    Array.from({ length: Math.max(to - from, 0) }, (_, n) => from + n);
  const work = (person: string, from: number): Item => {
    return { key: key('calls'), kind: 'calls', by: { person }, daysAgo: days(from, 91), hour: 10 };
  };
  const after: Item = {
    key: key('calls'),
    kind: 'calls',
    by: { person: leaver.key },
    // Weeks of it, or the one day after the last.
    daysAgo: (chance.is(0.5) ? days(1, daysAgo) : [daysAgo - 1]).filter((day) => day >= 1),
    hour: chance.between(1, 22),
  };
  const colleague = chance.pick(people);
  return [
    work(leaver.key, daysAgo + 1),
    ...(colleague.key === leaver.key ? [] : [work(colleague.key, 1)]),
    ...(chance.is(0.35) && after.daysAgo.length > 0 ? [after] : []),
    ...(chance.is(0.12) && daysAgo > 1 ? [{ ...after, key: key('calls'), by: 'nobody' as const, daysAgo: [1] }] : []),
  ];
}

/** Where a vendor refuses or fails while the case is discovered. */
function refusals({ chance, key }: Making): Item[] {
  if (!chance.is(0.25)) return [];
  const [vendor, path] = chance.pick(REFUSED);
  return [{ key: key('refusal'), kind: 'refusal', vendor, path, status: chance.pick([403, 403, 404, 500]) }];
}

const REFUSED = [
  ['github', '/credential-authorizations'],
  ['github', '/personal-access-tokens'],
  ['github', '/actions/runners'],
  ['github', '/actions/variables'],
  ['github', '/environments/'],
  ['github', '/actions/runs'],
  ['devops', '/distributedtask/pools'],
  ['devops', '/variablegroups'],
  ['devops', '/build/definitions'],
  ['devops', '/tokenadmin/'],
  ['devops', '/graph/users'],
  ['arm', 'federatedIdentityCredentials'],
  ['arm', 'userAssignedIdentities\\?'],
  ['arm', '/roleAssignments'],
  ['arm', '/containerGroups'],
  ['arm', '/vaults\\?'],
  ['arm', '/service/[^/]+/(users|subscriptions)'],
  ['arm', '/(backends|policyFragments|authorizationProviders)'],
  ['graph', '/oauth2PermissionGrants'],
  ['graph', '/appRoleAssignedTo'],
  ['graph', '/applications'],
] as const;
