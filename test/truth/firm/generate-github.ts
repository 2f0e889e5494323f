import { type Item, ORGANISATIONS, type Owner, type Person } from './firm.ts';
import type { Making } from './generate.ts';
import type { SignOnCredential } from './items/github.ts';
import type { Held } from './items/held.ts';

/** Tokens, machines, variables and workflows of both organisations. */
export function generateGitHub(making: Making): Item[] {
  const { chance } = making;
  const credentials = many(making, 0, 4, credential);
  const listed = credentials.filter((item): item is SignOnCredential => item.kind === 'sso-credential');
  return onePlaceEach([
    ...credentials,
    ...many(making, 0, 3, runner),
    ...many(making, 0, 4, () => variable(making, listed)),
    // More than a page of variables, the telling one last.
    ...(chance.is(0.08) ? manyVariables(making, listed) : []),
    ...many(making, 0, 3, () => workflow(making, listed)),
    ...many(making, 0, 2, intoRepository),
    ...many(making, 0, 2, waiting),
  ]);
}

function many(making: Making, from: number, to: number, make: (making: Making) => Item): Item[] {
  return Array.from({ length: making.chance.between(from, to) }, () => make(making));
}

/** Names that stand twice in one place are one thing. */
function onePlaceEach(items: readonly Item[]): Item[] {
  const places = new Map<string, Item>();
  for (const item of items) {
    const place =
      item.kind === 'variable'
        ? `${item.organisation} ${item.repository} ${item.environment} ${item.name}`
        : item.kind === 'workflow'
          ? `${item.organisation} ${item.repository} ${item.file}`
          : item.key;
    places.set(place, item);
  }
  return [...places.values()];
}

function holder({ people, somebody }: Making): Person {
  const person = somebody();
  return person.github === undefined ? (people.find(({ github }) => github !== undefined) ?? person) : person;
}

function credential(making: Making): Item {
  const { chance, key, id, called } = making;
  const [organisation, person] = [chance.pick(ORGANISATIONS), holder(making).key];
  if (chance.is(0.4)) {
    return { key: key('pat'), kind: 'fine-grained', organisation, person, id: id(), name: called('document-sync') };
  }
  const type = chance.pick(['personal access token', 'SSH key', 'OAuth app token'] as const);
  return { key: key('cred'), kind: 'sso-credential', organisation, person, id: id(), type, note: called('ci') };
}

/** What lets somebody into one repository, whatever becomes of their membership. */
function intoRepository(making: Making): Item {
  const { chance, key, id } = making;
  const place = { organisation: chance.pick(ORGANISATIONS), repository: chance.pick(REPOSITORIES) };
  const person = holder(making).key;
  if (chance.is(0.35)) return { key: key('invited'), kind: 'repository-invitation', ...place, id: id(), person };
  const nameless = chance.is(0.2) ? { nameless: true } : {};
  return { key: key('key'), kind: 'deploy-key', ...place, id: id(), readOnly: chance.is(0.3), person, ...nameless };
}

function waiting(making: Making): Item {
  const { chance, key, id } = making;
  const as = chance.pick(['token-request', 'invitation'] as const);
  return {
    key: key('waiting'),
    kind: 'waiting',
    organisation: chance.pick(ORGANISATIONS),
    person: holder(making).key,
    id: id(),
    as,
  };
}

function runner(making: Making): Item {
  const { chance, key, id, somebody } = making;
  const person = somebody();
  const login = person.github?.login ?? person.userPrincipalName.split('@')[0] ?? 'x';
  const [given = '', family = ''] = person.displayName.split(' ');
  // A name of which nothing is left cannot tell anything.
  const spelt = /^\p{L}+ [\p{L}'-]+( \(contractor\))?$/u.test(person.displayName);
  const machine = { key: key('runner'), kind: 'runner', organisation: chance.pick(ORGANISATIONS), id: id() } as const;
  const where = chance.is(0.5) ? { repository: chance.pick(REPOSITORIES) } : {};
  if (chance.is(0.25))
    return {
      ...machine,
      ...where,
      name: `build-${chance.between(1, 99)}`,
      labels: ['build'],
      owner: 'firm',
      signs: 'nothing',
    };
  if (chance.is(0.15)) {
    return {
      ...machine,
      ...where,
      name: `build-${chance.between(1, 99)}`,
      labels: [],
      owner: { person: person.key },
      signs: 'nothing',
    };
  }
  const name = chance.pick([
    `laptop-${login}`,
    `${login}-desktop`,
    ...(spelt ? [`${given}s-MacBook-Pro`, `${given}${family.replaceAll("'", '')}-PC`] : []),
    `${login}1`,
  ]);
  const labels = chance.is(0.5) ? [login] : [];
  return { ...machine, ...where, name, labels, owner: { person: person.key }, signs: 'name' };
}

const REPOSITORIES = ['payments', 'documents', 'exports'] as const;

/** A token, of a person or of nobody in particular. */
export function heldBy(making: Making, name: string, listed: readonly Item[]): Held {
  const { chance, somebody } = making;
  const wrapped = chance.pick(['plain', 'plain', 'base64', 'header', 'json', 'assignment'] as const);
  const known = listed.length > 0 && chance.is(0.5) ? chance.pick(listed) : undefined;
  if (known?.kind === 'sso-credential' && known.type === 'personal access token') {
    return { name, format: 'github-classic', owner: { person: known.person }, listedAs: known.key, wrapped };
  }
  if (chance.is(0.15)) return { name, format: 'github-installation', owner: 'firm', wrapped };
  const format = chance.pick([
    'github-classic',
    'github-fine-grained',
    'azure-devops',
    'anthropic-oauth',
    'npm',
    'jwt',
  ] as const);
  const owner: Owner = chance.is(0.8) ? { person: somebody().key } : format === 'jwt' ? 'firm' : 'stranger';
  // A token of Entra cannot be told apart once its header is cut off, so it is never wrapped here.
  return { name, format, owner, wrapped: format === 'jwt' ? 'plain' : wrapped };
}

export function variableName({ chance, somebody }: Making): string {
  const login = (somebody().github?.login ?? 'shared').toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
  return chance.pick(['DEPLOY_TOKEN', 'API_KEY', 'NPM_AUTH', `${login}_TOKEN`, `${login}_SILVA_TOKEN`]);
}

function variable(making: Making, listed: readonly Item[]): Item {
  const { chance, key } = making;
  const organisation = chance.pick(ORGANISATIONS);
  const name = variableName(making);
  const level = chance.pick(['organisation', 'repository', 'repository', 'environment'] as const);
  const place = {
    ...(level === 'organisation' ? {} : { repository: chance.pick(REPOSITORIES) }),
    ...(level === 'environment' ? { environment: chance.pick(['production', 'preview/eu']) } : {}),
  };
  const value = chance.is(0.8) ? heldBy(making, name, listed) : { text: 'westeurope' };
  return { key: key('var'), kind: 'variable', organisation, ...place, name, value };
}

function manyVariables(making: Making, listed: readonly Item[]): Item[] {
  const { key } = making;
  const place = { kind: 'variable', organisation: 'northwind-capital', repository: 'catalogue' } as const;
  const plain = Array.from({ length: 33 }, (_, n): Item => {
    return { key: key('var'), ...place, name: `ENTRY_${n}`, value: { text: `service-${n}` } };
  });
  return [...plain, { key: key('var'), ...place, name: 'SYNC_TOKEN', value: heldBy(making, 'SYNC_TOKEN', listed) }];
}

function workflow(making: Making, listed: readonly Item[]): Item {
  const { chance, key, people, leaver } = making;
  const runs = people
    .filter(({ github, outsider }) => github !== undefined && outsider !== true)
    .map((person) => person.key);
  const ranAs = Array.from({ length: chance.between(1, 3) }, () =>
    chance.is(0.5) && leaver.github !== undefined ? leaver.key : chance.pick(runs),
  );
  const scheduled = chance.is(0.7) && runs.length > 0;
  const foreign = chance.is(0.2) && leaver.github !== undefined;
  return {
    key: key('workflow'),
    kind: 'workflow',
    organisation: chance.pick(ORGANISATIONS),
    repository:
      chance.pick(['nightly', 'archive']) === 'archive' && chance.is(0.3) ? 'attic' : chance.pick(REPOSITORIES),
    file: chance.pick(['nightly.yml', 'export.yaml', 'sync.yml', 'deploy@prod.yml']),
    state: chance.is(0.85) ? 'active' : 'disabled_manually',
    ...(scheduled ? { cron: '0 2 * * *' } : {}),
    ranAs: scheduled ? ranAs : [],
    // Somebody changed the cron line since the last run.
    ...(scheduled && chance.is(0.15) ? { runsNextAs: leaver.key } : {}),
    runsOn: 'ubuntu-24.04',
    ...(foreign ? { uses: { text: `${leaver.github?.login}/setup@v1`, owner: { person: leaver.key } } } : {}),
    ...(chance.is(0.25) ? { holds: heldBy(making, 'GITHUB_PAT', listed) } : {}),
  };
}
