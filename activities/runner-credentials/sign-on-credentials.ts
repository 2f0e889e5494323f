import type { CaseId } from '../../src/cases/ids.ts';
import type { Config } from '../../src/config.ts';
import type { SsoCredential } from '../../src/connectors/github/credentials.ts';
import type { GitHubOrganisation } from '../../src/connectors/github/index.ts';
import type { Listing } from '../../src/connectors/listing.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { FoundToken } from '../../src/credentials/detector/token-hit.ts';
import { explainedBySignOn, type Known } from '../../src/credentials/ownership.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { tryAgainAfter } from '../case/try-again-after.ts';

/** Cases of one organisation that may be under way in one process; of more, the oldest reads again. */
const CASES_KEPT = 16;

/** What was read for a case. It holds eight characters of everybody's tokens, so that memory is its only place. */
const read = new WeakMap<GitHubOrganisation, Map<CaseId, Promise<Listing<SsoCredential>>>>();

/**
 * Everybody's single sign-on credentials of an organisation, read once for a case however many of its activities ask
 * in this process. A reading that broke off, and may succeed later, is not kept.
 */
export function signOnCredentials(client: GitHubOrganisation, caseId: CaseId): Promise<Listing<SsoCredential>> {
  const cases = read.get(client) ?? new Map<CaseId, Promise<Listing<SsoCredential>>>();
  read.set(client, cases);
  const known = cases.get(caseId);
  if (known !== undefined) return known;
  const asked = client.listSsoCredentials();
  cases.set(caseId, asked);
  const [oldest] = cases.keys();
  if (cases.size > CASES_KEPT && oldest !== undefined) cases.delete(oldest);
  const forget = (): unknown => cases.get(caseId) === asked && cases.delete(caseId);
  asked.then(({ failure }) => tryAgainAfter([failure]) !== undefined && forget(), forget);
  return asked;
}

/** What is asked: every organisation's list, and which tenant is ours. */
interface Owners {
  readonly vendors: Pick<Vendors, 'github'>;
  readonly settings: Pick<Config, 'TENANT_ID' | 'GITHUB_ORGANISATIONS'>;
}

interface KnownOwners {
  readonly known: Known;
  readonly failures: readonly VendorFailure[];
}

/** What is known of the owners of these tokens. The lists of all organisations are asked only where one could tell. */
export async function knownOwners(
  { caseId, leaver }: { readonly caseId: CaseId; readonly leaver: Leaver },
  { vendors, settings }: Owners,
  found: readonly FoundToken[],
): Promise<KnownOwners> {
  const about = { leaver, tenantId: settings.TENANT_ID };
  if (!explainedBySignOn(found)) return { known: { ...about, credentials: [] }, failures: [] };
  const lists = await Promise.all(
    settings.GITHUB_ORGANISATIONS.map(async (organisation) => {
      const client = await vendors.github.organisation('reader', organisation);
      if (!client.ok) return { credentials: [], failure: client.failure };
      const { items, failure } = await signOnCredentials(client.value, caseId);
      return { credentials: items.map((item) => ({ ...item, organisation })), failure };
    }),
  );
  return {
    known: { ...about, credentials: lists.flatMap(({ credentials }) => credentials) },
    // What is missing is told by the source itself, in the scan of its organisation.
    failures: lists.flatMap(({ failure }) => failure ?? []),
  };
}
