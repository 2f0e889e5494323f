import type { Firm, Item, Person } from './firm.ts';
import { ORGANISATIONS } from './firm.ts';
import type { Making } from './generate.ts';
import { saysOf } from './generate-trusts.ts';
import type { Trust } from './items/directory.ts';

/** What chance alone makes too rarely for anybody to notice that the rule about it is broken. */
type Telling = (making: Making, at: number) => readonly Item[];

const TELLING: readonly Telling[] = [
  trustThat('login whose id is another’s'),
  trustThat('a login that nobody has'),
  trustThat('actors whose logins begin alike'),
  trustThat('reusable workflows of logins that begin alike'),
  changedSchedule,
  colleagueUnderTheName,
];

/**
 * The same firm with two things that are rare. Whose they are can be known in it: single sign-on agrees about the
 * leaver, and no vendor refuses anything, so that no gap excuses silence.
 */
export function withTelling(making: Making, firm: Firm): Firm {
  const { chance, leaver, key } = making;
  if (leaver.github === undefined) return firm;
  const names = [leaver.userPrincipalName, leaver.mail ?? '', leaver.oid].map((name) => name.toLowerCase());
  const kept = firm.items.filter((item) => {
    if (item.kind === 'refusal') return false;
    return item.kind !== 'sign-on' || (item.account !== leaver.key && !names.includes(item.nameId.toLowerCase()));
  });
  const signOns = ORGANISATIONS.map((organisation): Item => {
    const who = { nameId: leaver.userPrincipalName, objectIdOf: leaver.key, account: leaver.key };
    return { key: key('sso'), kind: 'sign-on', organisation, ...who };
  });
  const first = chance.between(0, TELLING.length - 1);
  const second = (first + chance.between(1, TELLING.length - 1)) % TELLING.length;
  const items = [first, second].flatMap((which, at) => TELLING[which]?.(making, at) ?? []);
  const named = items.find((item) => item.kind === 'devops-token');
  return {
    ...firm,
    people: firm.people.map((person) =>
      person.key === named?.person ? { ...person, devopsName: leaver.userPrincipalName } : person,
    ),
    items: [...kept, ...signOns, ...items],
  };
}

function trustThat(how: string): Telling {
  return ({ chance, key, leaver, people }, at) => {
    const says = saysOf(
      leaver,
      people.find(({ outsider }) => outsider === true),
    ).find((each) => each.how === how);
    if (says === undefined) throw new Error(`no trust is called “${how}”`);
    const holder: Trust['at'] = chance.is(0.5)
      ? { type: 'identity', name: `id-telling-${at}`, subscription: 'workloads' }
      : { type: 'application', name: `app-telling-${at}` };
    return [{ ...says, key: key('trust'), kind: 'trust', at: holder, name: `credential-${key('')}` }];
  };
}

/** A colleague's schedule, whose cron line the leaver changed since it ran. */
function changedSchedule({ key, leaver, people }: Making): readonly Item[] {
  const family = ({ displayName }: Person): string | undefined => displayName.split(' ')[1];
  const others = people.filter(({ key: each, github, outsider }) => each !== leaver.key && github && !outsider);
  // Somebody whose login is like the leaver's would be told for that.
  const [other] = [...others.filter((each) => family(each) !== family(leaver)), ...others];
  if (other === undefined) return [];
  return [
    {
      key: key('workflow'),
      kind: 'workflow',
      organisation: ORGANISATIONS[0],
      repository: 'rota',
      file: 'rota.yml',
      state: 'active',
      cron: '0 2 * * *',
      ranAs: [other.key],
      runsNextAs: leaver.key,
      runsOn: 'ubuntu-24.04',
    },
  ];
}

/** A colleague's token; Azure DevOps keeps the colleague under the name that is the leaver's (see `withTelling`). */
function colleagueUnderTheName({ id, key, leaver, people }: Making): readonly Item[] {
  const other = people.find((person) => person.devops === true && person.key !== leaver.key);
  if (other === undefined) return [];
  return [{ key: key('ado'), kind: 'devops-token', person: other.key, id: id(), name: 'theirs', scope: 'app_token' }];
}
