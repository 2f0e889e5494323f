import {
  DEVOPS_ORGANISATIONS,
  devopsOf,
  type Firm,
  type Item,
  isLeavers,
  ORGANISATIONS,
  type Person,
  personOf,
} from './firm.ts';
import { generateAzureDevOps } from './generate-azure-devops.ts';
import { calls, refusals } from './generate-calls.ts';
import { directory, signOns } from './generate-directory.ts';
import { generateGitHub } from './generate-github.ts';
import { calmed, habitsOf, leavingOf, peopleOf } from './generate-people.ts';
import { generatePlatform } from './generate-platform.ts';
import { withTelling } from './generate-telling.ts';
import { generateTrusts } from './generate-trusts.ts';
import { oddText } from './names.ts';
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
