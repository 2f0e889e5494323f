import { type Item, ORGANISATIONS, type Person } from './firm.ts';
import type { Making } from './generate.ts';
import type { Chance } from './random.ts';

/** How single sign-on knows people: by UPN mostly; by a name that somebody else has by now; or not at all. */
export function signOns({ chance, people, leaver, key }: Making, domain: string): Item[] {
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

export function directory({ chance, key, somebody, called }: Making): Item[] {
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
