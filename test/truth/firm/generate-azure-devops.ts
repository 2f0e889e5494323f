import type { Item, Person } from './firm.ts';
import type { Making } from './generate.ts';
import { heldBy, variableName } from './generate-github.ts';
import type { Agent } from './items/azure-devops.ts';
import type { Held } from './items/held.ts';

/** Tokens, agents, pipelines and variable groups of the organisation. */
export function generateAzureDevOps(making: Making): Item[] {
  const { chance } = making;
  const tokens = Array.from({ length: chance.between(0, 3) }, () => token(making));
  const of = (count: number, make: (making: Making, tokens: readonly Item[]) => Item): Item[] =>
    Array.from({ length: count }, () => make(making, tokens));
  return [
    ...tokens,
    ...of(chance.between(0, 2), agent),
    ...of(chance.between(0, 2), pipeline),
    ...of(chance.between(0, 2), group),
  ];
}

function known({ people, somebody }: Making): Person {
  const person = somebody();
  return person.devops === true ? person : (people.find(({ devops }) => devops === true) ?? person);
}

function token(making: Making): Item {
  const { chance, key, id, called } = making;
  const scope = chance.pick(['app_token', 'vso.packaging_write', 'vso.code']);
  const odd = chance.is(0.2) ? { ssh: true } : chance.is(0.2) ? { expired: true } : {};
  return {
    key: key('ado'),
    kind: 'devops-token',
    person: known(making).key,
    id: id(),
    name: called('feed'),
    scope,
    ...odd,
  };
}

function agent(making: Making, _: readonly Item[]): Agent {
  const { chance, key, id, somebody } = making;
  const person = somebody();
  const local = (person.userPrincipalName.split('@')[0] ?? 'x').replace(/_.*$/, '');
  const login = person.github?.login ?? local;
  const machine = { key: key('agent'), kind: 'agent', id: id() } as const;
  const holds: Held[] = chance.is(0.4) ? [heldBy(making, 'GITHUB_TOKEN', [])] : [];
  if (chance.is(0.3)) {
    const capabilities = { USER: 'azagent', HOME: '/home/azagent' };
    return { ...machine, name: `build-${chance.between(1, 99)}`, capabilities, owner: 'firm', signs: 'nothing', holds };
  }
  const capabilities: Readonly<Record<string, string>> = chance.pick([
    { USER: local, HOME: `/home/${local}` },
    { USERNAME: local.replaceAll(/(^|\.)(\w)/g, (_match, _dot, letter: string) => letter.toUpperCase()) },
    { HOME: `/home/${local}@corp.example` },
    { USERPROFILE: `C:\\Users\\${login}\\azagent` },
    { 'Agent.HomeDirectory': `/Users/${login}/azagent` },
  ]);
  return {
    ...machine,
    name: `laptop-${chance.between(1, 99)}`,
    capabilities,
    owner: { person: person.key },
    signs: 'account',
    holds,
  };
}

function variables(making: Making): readonly (Held | { readonly name: string; readonly text: string })[] {
  const { chance } = making;
  const tokens = Array.from({ length: chance.between(0, 2) }, (_, n) =>
    heldBy(making, `${variableName(making)}_${n}`, []),
  );
  return [{ name: 'region', text: 'westeurope' }, ...tokens];
}

function pipeline(making: Making, _: readonly Item[]): Item {
  const { key, id, called } = making;
  return {
    key: key('pipe'),
    kind: 'pipeline',
    id: id(),
    name: called('index'),
    author: known(making).key,
    variables: variables(making),
  };
}

function group(making: Making, _: readonly Item[]): Item {
  const { key, id, called } = making;
  const [createdBy, modifiedBy] = [known(making).key, known(making).key];
  return {
    key: key('group'),
    kind: 'variable-group',
    id: id(),
    name: called('release'),
    createdBy,
    modifiedBy,
    variables: variables(making),
  };
}
