import type { CaseStudy } from '../../../../local/tenant/case-study.ts';
import { makeRepository, type Repository } from '../../../../local/tenant/github/state/state-repository.ts';
import type { TokenMint } from '../../../../local/tenant/seeds/seed-context.ts';
import { DEVOPS_ORGANISATIONS, type DevOpsOrganisation, type Firm, type Item, type Person } from '../firm.ts';

export type States = CaseStudy['states'];
export type Pipelines = Extract<Item, { readonly kind: 'pipeline' | 'variable-group' }>;

export const DAY = 86_400_000;
export const POOL = 7;
export const PROJECT = '6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c';

export interface Ground {
  readonly states: States;
  readonly firm: Firm;
  readonly mint: TokenMint;
  /** Whole hours, so that two plantings of one firm are equal. */
  readonly now: Date;
  /** Tokens that sign-on lists: by the key of the item, so that a variable can hold the same one. */
  readonly listed: Map<string, string>;
}

/** An organisation's state. */
export function devopsIn({ devops }: States, organisation: DevOpsOrganisation | undefined) {
  const [usual] = DEVOPS_ORGANISATIONS;
  const found = organisation === undefined || organisation === usual ? devops : devops.others.get(organisation);
  if (found === undefined) throw new Error(`there is no organisation ${organisation}`);
  return found;
}

/** Each organisation has a key of its own for a person, whose descriptor is the same in all. */
export const storageKeyOf = ({ oid }: Person, organisation: DevOpsOrganisation = DEVOPS_ORGANISATIONS[0]): string =>
  `${9 - DEVOPS_ORGANISATIONS.indexOf(organisation)}${oid.slice(1)}`;
export const descriptorOf = (person: Person): string => `aad.${Buffer.from(storageKeyOf(person)).toString('base64')}`;
export const refOf = (person: Person, organisation?: DevOpsOrganisation) => ({
  id: storageKeyOf(person, organisation),
  displayName: person.displayName,
  uniqueName: person.userPrincipalName,
  descriptor: descriptorOf(person),
});

export function organisationOf({ states }: Ground, login: string) {
  const found = states.github.organisations.get(login);
  if (found === undefined) throw new Error(`there is no organisation ${login}`);
  return found;
}

export function repositoryOf({ states, firm }: Ground, owner: string, name: string, archived = false): Repository {
  const { repositories } = states.github;
  const id = 700_000 + repositories.size + (firm.seed % 1_000) * 100;
  return repositories.get(`${owner}/${name}`) ?? repositories.add(makeRepository(owner, name, id, { archived }));
}

/** A name that somebody chose, in which `{token}` stands for one that they pasted there. */
export function nameOf({ mint }: Ground, name: string): string {
  return name.replace('{token}', () => mint.mint('github-classic'));
}
