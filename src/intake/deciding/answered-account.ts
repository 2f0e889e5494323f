import type { Config } from '../../config.ts';
import { isPerson } from '../../connectors/github/people/external-identities.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { isAccountedFor, namesOfUser } from '../../people/evidence/devops-evidence.ts';
import type { Oid } from '../../people/oid.ts';

/** The account that an answer names, as it was shown to whoever answered. */
export interface ShownAccount {
  readonly accountId: string;
  readonly login: string;
  readonly name?: string;
  readonly avatarUrl?: string;
}

/** How somebody names an account: by what it is called today, or by what the vendor knows it by. */
export interface NamedAccount {
  readonly vendor: 'github' | 'azure-devops';
  readonly scope?: string | undefined;
  readonly login?: string | undefined;
  readonly accountId?: string | undefined;
}

type Found =
  | { readonly kind: 'found'; readonly account: ShownAccount }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'unread'; readonly failure: VendorFailure };

type Settings = Pick<Config, 'GITHUB_ORGANISATIONS' | 'DEVOPS_ORGANISATIONS' | 'TENANT_ID'>;

/** The account at its vendor: a login becomes an id at once, because whoever gives a login up leaves it to anybody. */
export function answeredAccount(
  vendors: Pick<Vendors, 'github' | 'devops'>,
  settings: Settings,
  oid: Oid,
  named: NamedAccount,
): Promise<Found> {
  return named.vendor === 'github' ? onGitHub(vendors, settings, named) : onDevOps(vendors, settings, oid, named);
}

async function onGitHub(
  vendors: Pick<Vendors, 'github'>,
  { GITHUB_ORGANISATIONS }: Settings,
  { scope, login, accountId }: NamedAccount,
): Promise<Found> {
  const organisation = configured(GITHUB_ORGANISATIONS, scope) ?? GITHUB_ORGANISATIONS[0];
  if (organisation === undefined || (scope !== undefined && configured(GITHUB_ORGANISATIONS, scope) === undefined))
    return refused(`GITHUB_ORGANISATIONS does not name ${scope ?? 'any organisation'}.`);
  const connected = await vendors.github.organisation('reader', organisation);
  if (!connected.ok) return { kind: 'unread', failure: connected.failure };
  const named = login === undefined ? { id: Number(accountId) } : { login };
  const answer = await connected.value.profileOf(named);
  if (!answer.ok) return { kind: 'unread', failure: answer.failure };
  const profile = answer.value;
  const what = login ?? accountId ?? '';
  if (profile === undefined) return refused(`GitHub shows no account ${what}.`);
  if (login !== undefined && accountId !== undefined && String(profile.id) !== accountId)
    return refused(`The login ${login} is the account ${profile.id} today, and not ${accountId}.`);
  if (!isPerson(profile))
    return refused(`GitHub says that ${profile.login} is of the type ${profile.type}: no person.`);
  const { id, login: today, name, avatarUrl } = profile;
  const shown = { accountId: String(id), login: today, ...(name && { name }), ...(avatarUrl && { avatarUrl }) };
  return { kind: 'found', account: shown };
}

async function onDevOps(
  vendors: Pick<Vendors, 'devops'>,
  { DEVOPS_ORGANISATIONS, TENANT_ID }: Settings,
  oid: Oid,
  { scope, login, accountId }: NamedAccount,
): Promise<Found> {
  const organisation = configured(DEVOPS_ORGANISATIONS, scope);
  if (organisation === undefined)
    return refused('An account in Azure DevOps is one of an organisation: name one of DEVOPS_ORGANISATIONS as scope.');
  const users = await vendors.devops.findEntraUsers(organisation, oid, login);
  const wanted = login?.toLowerCase();
  const matching = users.items.filter((each) =>
    accountId === undefined ? namesOfUser(each).includes(wanted ?? '') : each.descriptor === accountId,
  );
  const [user, second] = matching;
  if (second !== undefined) return refused(`${organisation} has several users called ${login}: name one by accountId.`);
  if (user === undefined) {
    if (users.failure !== undefined) return { kind: 'unread', failure: users.failure };
    return refused(`${organisation} shows no user ${login ?? accountId}.`);
  }
  const origin = user.originId?.toLowerCase();
  if (isAccountedFor(user, TENANT_ID) && origin !== oid)
    return refused(`azure-devops/graph:${organisation} says that it is no person, or another person’s by object id.`);
  return { kind: 'found', account: { accountId: user.descriptor, login: user.principalName ?? user.descriptor } };
}

function configured(organisations: readonly string[], scope: string | undefined): string | undefined {
  return organisations.find((each) => each.toLowerCase() === scope?.toLowerCase());
}

function refused(why: string): Found {
  return { kind: 'refused', why };
}
