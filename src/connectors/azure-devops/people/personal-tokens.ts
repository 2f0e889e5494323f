import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { ok, type VendorResult } from '../../result.ts';
import type { DevOpsSettings } from '../../settings.ts';
import { listAll } from '../list-all.ts';
import { QUERIES } from '../queries.ts';
import { ask } from '../request.ts';

/** What only describes a token keeps nobody from reading the rest of it. */
const described = z.string().nullish().catch(null);
/** The service’s times are UTC, and its own examples leave the zone out. */
const instant = described.transform((text) => (text != null && /T[\d:.]+$/.test(text) ? `${text}Z` : text));
const Token = z.object({
  authorizationId: z.string().min(1),
  /** Storage key of its owner. */
  userId: described,
  displayName: described,
  scope: described,
  validFrom: instant,
  validTo: instant,
  // One whose state is not known may work.
  isValid: z.boolean().nullish().catch(null),
});
/** A personal access token or an SSH key, described; the service itself does not know the value. */
export type PersonalToken = z.output<typeof Token>;

/** A person's tokens in one organisation, or (`sshKeys`) their SSH keys. The next page is named in the body. */
export async function listPersonalTokens(
  settings: DevOpsSettings,
  organisation: string,
  descriptor: string,
  { sshKeys }: { readonly sshKeys: boolean },
): Promise<Listing<PersonalToken>> {
  return listAll(settings, {
    ...QUERIES.tokens(descriptor, { sshKeys }),
    identity: 'reader',
    organisation,
    what: `list the ${sshKeys ? 'SSH keys' : 'personal access tokens'} of ${descriptor} in ${organisation}`,
    row: Token,
    keyOf: ({ authorizationId }) => authorizationId,
  });
}

/** Where tokens are revoked, one or several at once. */
const REVOCATIONS = {
  identity: 'remover',
  method: 'POST',
  host: 'identities',
  path: ['_apis', 'tokenadmin', 'revocations'],
  query: { isPublic: 'false' },
  version: '7.1',
  scope: 'vso.tokenadministration',
} as const;

/**
 * Asks the remover's way to revoke no token at all. The service says that the list is wrong to those who may revoke;
 * whether it looks at who asks before that is documented nowhere.
 */
export function tryRevokingNothing(settings: DevOpsSettings, organisation: string): Promise<VendorResult<unknown>> {
  return ask(settings, {
    ...REVOCATIONS,
    organisation,
    body: [],
    what: `revoke no token in ${organisation}`,
    meant: { status: 400, name: /^(Vss)?(PropertyValidation|Argument\w*|InvalidArgument\w*)Exception$/ },
    shape: z.unknown(),
  });
}

/** Revokes one token. The service answers before the token stops: its caches may hold it for up to an hour. */
export async function revokePersonalToken(
  settings: DevOpsSettings,
  organisation: string,
  authorizationId: string,
): Promise<VendorResult<void>> {
  const answer = await ask(settings, {
    ...REVOCATIONS,
    organisation,
    body: [{ authorizationId }],
    what: `revoke token ${authorizationId} in ${organisation}`,
    shape: z.undefined(),
  });
  return answer.ok ? ok(undefined, answer.requestId) : answer;
}
