import type { OwnableToken } from '../../src/credentials/ownership.ts';
import { tenantNamedIn } from '../../src/credentials/whose-claims.ts';
import type { Holding } from '../../src/exposure/holding.ts';
import { ofToken } from '../../src/exposure/words.ts';
import type { GitHubAccount } from '../../src/people/leaver.ts';
import { type Oid, parseOid } from '../../src/people/oid.ts';
import { judgeTokens } from '../../src/steps/runner-credentials/rules/tokens/token-findings.ts';
import type { LocatedTokens } from '../runner-credentials/judge-located.ts';
import { asLeaver, provedAccount } from './as-leaver.ts';
import { type Owners, ssoMark } from './owners.ts';
import type { PartReading } from './part-reading.ts';

/** Tokens in variables and files that name their owner by an object id, or that single sign-on lists as somebody’s. */
export function tokenHoldings(
  { settings, now }: PartReading,
  organisation: string,
  places: readonly LocatedTokens[],
  owners: Owners,
): Holding[] {
  return places.flatMap(({ place, tokens }) =>
    tokens.flatMap((token): Holding[] => {
      const owner = ownerOf(token, settings.TENANT_ID, owners);
      if (owner === undefined) return [];
      const known = {
        leaver: asLeaver(owner.oid, { github: owner.accounts }),
        tenantId: settings.TENANT_ID,
        credentials: owners.listed,
      };
      const { findings } = judgeTokens(organisation, place, [token], known, now());
      return [
        {
          owner: owner.oid,
          kind: 'token-in-repository',
          marks: [
            `token ${token.hit.sha256}`,
            ...sameAs(token).map((each) => ssoMark(each.organisation, each.credentialId)),
          ],
          ...ofToken(token.hit.type, place.words, place.resource.url),
          ...shortLived(token, now().getTime() + settings.ACCESS_TOKEN_LIFETIME_MINUTES * 60_000),
          findings: [...findings],
        },
      ];
    }),
  );
}

/** A token that ends as soon as one that a sign-in gives ends like a consent. */
function shortLived({ hit }: OwnableToken, until: number): Partial<Pick<Holding, 'survives' | 'why'>> {
  const ends = hit.claims?.exp === undefined ? Number.POSITIVE_INFINITY : hit.claims.exp * 1_000;
  if (ends > until) return {};
  return { survives: false, why: `It ends by itself at ${new Date(ends).toISOString()}.` };
}

/** The rows of single sign-on that are this very token. */
function sameAs(token: OwnableToken) {
  return 'alike' in token ? token.alike.filter(({ same }) => same) : [];
}

function ownerOf(
  token: OwnableToken,
  tenantId: string,
  { listed, ofId }: Owners,
): { readonly oid: Oid; readonly accounts: readonly GitHubAccount[] } | undefined {
  const { hit } = token;
  if (hit.holder === 'service') return undefined;
  const oid = hit.claims?.oid === undefined ? undefined : parseOid(hit.claims.oid);
  // An object id is made once in the world; where another tenant gave it, it names somebody there.
  const tenant = tenantNamedIn(hit)?.toLowerCase() ?? tenantId.toLowerCase();
  if (oid !== undefined) return tenant === tenantId.toLowerCase() ? { oid, accounts: [] } : undefined;
  const rows = sameAs(token);
  const holders = listed.filter((each) =>
    rows.some((row) => row.organisation === each.organisation && row.credentialId === each.credentialId),
  );
  const ids = new Set(holders.map(({ ownerId }) => ownerId));
  const [id] = ids;
  // Of a token that ends like those of two people nobody knows whose it is.
  const account = ids.size === 1 && id !== undefined ? ofId(id) : undefined;
  return account === undefined ? undefined : { oid: account.oid, accounts: [provedAccount(account)] };
}
