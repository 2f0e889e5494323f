import type { FineGrainedToken, SsoCredential } from '../../src/connectors/github/credentials/credentials.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Holding } from '../../src/exposure/holding.ts';
import { ofFineGrainedToken, ofSsoCredential } from '../../src/exposure/words.ts';
import type { Gap } from '../../src/posture/reading.ts';
import {
  fineGrainedTokenFinding,
  ssoCredentialFinding,
} from '../../src/steps/runner-credentials/rules/github/tokens/credential-findings.ts';
import { webUrl } from '../../src/steps/runner-credentials/rules/github/web-url.ts';
import type { ProvedAccount } from '../../src/sweep/find-orphans.ts';
import { provedIn, readSignOnPeople } from '../case/accounts/organisation-people.ts';
import { recall } from '../case/accounts/people-memory.ts';
import { gapOf } from '../posture/make-read.ts';
import { provedBy } from '../sweep/proved-accounts.ts';
import { provedAccount } from './as-leaver.ts';
import { type Owners, ownersAmong, ssoMark } from './owners.ts';
import type { PartOf, PartReading } from './part-reading.ts';
import { repositoriesOfPeople } from './repositories-of-people.ts';

/** Tokens, keys and schedules at GitHub whose account is proved to be somebody’s. */
export async function gitHubOfPeople(context: PartReading): Promise<PartOf> {
  const { vendors, settings, log, at } = context;
  const memory = await recall(vendors, undefined, log);
  const read = await Promise.all(settings.GITHUB_ORGANISATIONS.map((organisation) => listsOf(context, organisation)));
  const proved = provedBy(
    read.flatMap((each) => each.accounts),
    memory,
    await vendors.storage.listAnswers(),
    new Date(at),
  );
  const owners = ownersAmong(
    proved,
    read.flatMap((each) => each.everybody),
    read.flatMap((each) => each.sso),
  );
  const lists = read.flatMap(({ organisation, tokens, sso }) => [
    ...tokens.flatMap((token) => tokenHolding(token, organisation, settings.GITHUB_API_ENDPOINT, owners)),
    ...sso.flatMap((each) => ssoHolding(each, settings.GITHUB_API_ENDPOINT, owners)),
  ]);
  const repositories = await repositoriesOfPeople(context, owners);
  return {
    accounts: [...new Map(proved.flatMap(({ id }) => owners.ofId(id) ?? []).map((each) => [each.id, each])).values()],
    holdings: [...lists, ...repositories.holdings],
    uses: repositories.uses,
    gaps: [
      ...read.flatMap((each) => each.gaps),
      ...repositories.gaps,
      ...(memory === undefined ? [NO_MEMORY_GAP] : []),
    ],
  };
}

const NO_MEMORY_GAP: Gap = {
  reason: 'unavailable',
  source: 'identity/memory',
  detail: 'Whose accounts were by earlier readings could not be read.',
};

interface Lists {
  readonly organisation: string;
  readonly tokens: readonly FineGrainedToken[];
  readonly sso: readonly (SsoCredential & { readonly organisation: string })[];
  readonly accounts: readonly ProvedAccount[];
  readonly everybody: readonly Pick<ProvedAccount, 'id' | 'login'>[];
  readonly gaps: readonly Gap[];
}

async function listsOf({ vendors, settings }: PartReading, organisation: string): Promise<Lists> {
  const nothing = { organisation, tokens: [], sso: [], accounts: [], everybody: [] };
  const gap = (what: string, failure: VendorFailure | undefined): Gap[] =>
    failure === undefined ? [] : [gapOf(`github/${what}`)({ which: organisation, failure })];
  const client = await vendors.github.organisation('reader', organisation);
  if (!client.ok) return { ...nothing, gaps: gap('organisation', client.failure) };
  const [tokens, sso, people] = await Promise.all([
    client.value.listFineGrainedTokens(),
    client.value.listSsoCredentials(),
    readSignOnPeople(vendors, client.value, settings.TENANT_ID),
  ]);
  const known = 'identities' in people ? people : undefined;
  const unread = 'identities' in people ? [people.failure, ...people.failures] : [people.failure];
  return {
    organisation,
    tokens: tokens.items,
    sso: sso.items.map((each) => ({ ...each, organisation })),
    accounts: known === undefined ? [] : provedIn(known).map(({ account, oid }) => ({ ...account, oid })),
    everybody: known?.accounts ?? [],
    gaps: [
      ...gap('fine-grained-tokens', tokens.failure),
      ...gap('sso-credentials', sso.failure),
      ...unread.flatMap((failure) => gap('saml-identities', failure)),
      ...(known?.provider === 'none' ? [unlinked(organisation)] : []),
    ],
  };
}

function unlinked(organisation: string): Gap {
  const detail = `${organisation} has no single sign-on of its own, so that it does not say whose an account is.`;
  return { reason: 'no-data', source: `github/saml-identities:${organisation}`, detail };
}

function tokenHolding(token: FineGrainedToken, organisation: string, api: string, owners: Owners): Holding[] {
  const account = owners.ofId(token.owner.id);
  if (account === undefined) return [];
  return [
    {
      owner: account.oid,
      kind: 'fine-grained-token',
      marks: [`fine-grained ${organisation.toLowerCase()}/${token.grantId}`],
      ...ofFineGrainedToken(token.name, organisation, webUrl(api, '/settings/personal-access-tokens')),
      findings: [fineGrainedTokenFinding(token, organisation, api, provedAccount(account))],
    },
  ];
}

function ssoHolding(credential: Owners['listed'][number], api: string, owners: Owners): Holding[] {
  const { organisation, login, type, title, credentialId, tokenLastEight, fingerprint } = credential;
  const account = owners.ofLogin(login);
  if (account === undefined) return [];
  // One token that two organisations let in ends in the same eight characters, or has one fingerprint; what is kept is
  // the number of the first.
  const same = owners.listed.find(
    (each) =>
      each.ownerId === account.id &&
      ((tokenLastEight !== undefined && each.tokenLastEight === tokenLastEight) ||
        (fingerprint !== undefined && each.fingerprint === fingerprint)),
  );
  const isKey = /ssh/i.test(type);
  const called = title === undefined ? '' : ` “${title}”`;
  return [
    {
      owner: account.oid,
      kind: 'sso-credential',
      marks: [
        ssoMark(organisation, credentialId),
        ...(same === undefined ? [] : [ssoMark(same.organisation, same.credentialId)]),
      ],
      ...ofSsoCredential(type, called, organisation, webUrl(api, isKey ? '/settings/keys' : '/settings/tokens')),
      findings: [ssoCredentialFinding(credential, organisation, api, provedAccount(account))],
    },
  ];
}
