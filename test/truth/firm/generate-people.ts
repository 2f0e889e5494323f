import {
  type Firm,
  type Habits,
  type Item,
  type Leaving,
  ORGANISATIONS,
  ownedByLeaver,
  type Person,
  personOf,
} from './firm.ts';
import { addressOf, loginOf, namesOf, oddText } from './names.ts';
import type { Chance } from './random.ts';

/**
 * The same firm where everything of the leaver can be ended at once, and nothing is a question to anybody: these are the
 * cases that may end calmly, so that a calm end can be wrong.
 */
export function calmed(firm: Firm): Firm {
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

export function peopleOf(chance: Chance, domain: string): Person[] {
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

export function leavingOf(chance: Chance): Leaving {
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

export function habitsOf(chance: Chance): Habits {
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
