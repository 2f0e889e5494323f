import type { Coverage } from '../../../src/cases/coverage/coverage.ts';
import { coverageOf } from '../../../src/cases/coverage/coverage-of.ts';
import type { Config } from '../../../src/config.ts';
import type { GitHubOrganisation } from '../../../src/connectors/github/index.ts';
import { mapBounded } from '../../../src/connectors/map-bounded.ts';
import { ok, type VendorFailure, type VendorResult } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import {
  canBeRegistered,
  type GitHubOwners,
  type NameHolder,
  type SeenRepository,
} from '../../../src/people/evidence/github-owner.ts';
import { instanceOfApi, issuerOf } from '../../../src/steps/federated-credentials/rules/subject/issuer.ts';
import { gitHubOwner, trustedAt } from '../../../src/steps/federated-credentials/rules/trust-context.ts';

/** Names and repositories of GitHub of which a case wants to know whose they are. */
export interface OwnerQuestions {
  /** Logins, in any case. */
  readonly logins: Iterable<string>;
  /** `owner/name`, or numeric ids. */
  readonly repositories?: Iterable<string>;
}

export interface ResolvedOwners {
  readonly owners: GitHubOwners;
  /** None where no organisation is configured through which GitHub could be asked. */
  readonly coverage: readonly Coverage[];
  readonly failures: readonly VendorFailure[];
}

type Settings = Pick<Config, 'GITHUB_ORGANISATIONS' | 'GITHUB_API_ENDPOINT' | 'TRUSTED_OWNERS'>;

/** Look-ups in flight at once. */
const IN_FLIGHT = 8;

/**
 * Who holds the names, and whose the repositories are. Each is asked once for a case in this process, however many of
 * its activities ask; the firm's own organisations are asked as well, because their ids tell where a name changed
 * hands. A name that nobody can register is not asked for: GitHub shows managed accounts to their enterprise alone.
 */
export async function resolveOwners(
  vendors: Pick<Vendors, 'github'>,
  settings: Settings,
  caseId: string,
  { logins, repositories = [] }: OwnerQuestions,
): Promise<ResolvedOwners> {
  const issuer = issuerOf(instanceOfApi(settings.GITHUB_API_ENDPOINT));
  const trusted = trustedAt(issuer, { trusted: settings.TRUSTED_OWNERS })
    .map(gitHubOwner)
    .filter(({ login }) => canBeRegistered(login));
  const firm = firmOf(settings.GITHUB_ORGANISATIONS, trusted);
  const wanted = unique(logins).filter(canBeRegistered);
  const seen = unique(repositories);
  if (settings.GITHUB_ORGANISATIONS.length === 0) {
    return { owners: ownersOf(firm, new Map(), new Map()), coverage: [], failures: [] };
  }
  const names = wanted.length + seen.length === 0 ? [] : unique([...firm.map(({ login }) => login), ...wanted]);
  const client = names.length === 0 ? undefined : await anyOrganisation(vendors, settings.GITHUB_ORGANISATIONS);
  const failures: VendorFailure[] = client?.ok === false ? [client.failure] : [];
  const holders = new Map<string, NameHolder>();
  const rows = new Map<string, SeenRepository>();
  if (client?.ok) {
    const organisation = client.value;
    const about = `${settings.GITHUB_API_ENDPOINT} ${caseId}`;
    const keep = <T>(into: Map<string, T>, key: string, answer: VendorResult<T>): void => {
      if (answer.ok) into.set(key, answer.value);
      else failures.push(answer.failure);
    };
    await mapBounded(names, IN_FLIGHT, async (login) =>
      keep(holders, login, await holderFor(about, login, () => holderOf(organisation, login))),
    );
    await mapBounded(seen, IN_FLIGHT, async (which) =>
      keep(rows, which, await repositoryFor(about, which, () => repositoryOf(organisation, which))),
    );
  }
  const looked = { asked: names.length + seen.length, count: holders.size + rows.size, unit: 'names' };
  return {
    owners: ownersOf(firm, holders, rows),
    coverage: [coverageOf('github/owners', looked, failures)],
    failures,
  };
}

type FirmName = GitHubOwners['firm'][number];

/** Each name in lower case once, or once for each id that the firm gave with it: then the name alone is not enough. */
function firmOf(organisations: readonly string[], trusted: readonly FirmName[]): FirmName[] {
  const given = trusted.flatMap(({ login, id }) => (id === undefined ? [] : [{ login: login.toLowerCase(), id }]));
  const named = unique([...organisations, ...trusted.map(({ login }) => login)]);
  return named.flatMap((login) => {
    const ids = given.filter((each) => each.login === login);
    return ids.length === 0 ? [{ login }] : ids;
  });
}

function ownersOf(
  firm: readonly FirmName[],
  names: ReadonlyMap<string, NameHolder>,
  repositories: ReadonlyMap<string, SeenRepository>,
): GitHubOwners {
  const known = firm.map(({ login, id }) => {
    const holder = names.get(login);
    if (id !== undefined) return { login, id };
    return holder?.state === 'held' ? { login, id: holder.id } : { login };
  });
  return { firm: known, names, repositories };
}

/** The App on the first organisation that lets it in: names are the same for everybody. */
async function anyOrganisation(
  vendors: Pick<Vendors, 'github'>,
  organisations: readonly string[],
): Promise<VendorResult<GitHubOrganisation> | undefined> {
  let last: VendorResult<GitHubOrganisation> | undefined;
  for (const name of organisations) {
    last = await vendors.github.organisation('reader', name);
    if (last.ok) return last;
  }
  return last;
}

async function holderOf(organisation: GitHubOrganisation, login: string): Promise<VendorResult<NameHolder>> {
  const answer = await organisation.accountWithLogin(login);
  if (!answer.ok) return answer;
  return ok(answer.value === undefined ? { state: 'unclaimed' } : { state: 'held', ...answer.value });
}

async function repositoryOf(organisation: GitHubOrganisation, which: string): Promise<VendorResult<SeenRepository>> {
  const answer = await organisation.seenRepository(which);
  if (!answer.ok) return answer;
  if (answer.value === undefined) return ok({ state: 'unknown' });
  const { owner, isPublic } = answer.value;
  return ok({ state: 'seen', ownerId: owner.id, ownerLogin: owner.login, isPublic });
}

/** Cases that may be under way in one process; of more, the oldest asks again. */
const CASES_KEPT = 16;

/** Asks once for a case; what failed is asked again. */
function onceForCase<T>(): (
  about: string,
  what: string,
  ask: () => Promise<VendorResult<T>>,
) => Promise<VendorResult<T>> {
  const cases = new Map<string, Map<string, Promise<VendorResult<T>>>>();
  return (about, what, ask) => {
    const answers = cases.get(about) ?? new Map<string, Promise<VendorResult<T>>>();
    cases.set(about, answers);
    const [oldest] = cases.keys();
    if (cases.size > CASES_KEPT && oldest !== undefined) cases.delete(oldest);
    const known = answers.get(what);
    if (known !== undefined) return known;
    const asked = ask();
    answers.set(what, asked);
    const forget = (): unknown => answers.get(what) === asked && answers.delete(what);
    asked.then((answer) => answer.ok || forget(), forget);
    return asked;
  };
}

const holderFor = onceForCase<NameHolder>();
const repositoryFor = onceForCase<SeenRepository>();

function unique(texts: Iterable<string>): string[] {
  return [...new Set([...texts].map((text) => text.toLowerCase()))];
}
