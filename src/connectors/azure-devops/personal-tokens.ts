import * as z from 'zod';
import type { Listing } from '../listing.ts';
import { ok, type VendorResult } from '../result.ts';
import type { DevOpsSettings } from '../settings.ts';
import { listAll } from './list-all.ts';
import { ask } from './request.ts';

const Token = z.object({
  authorizationId: z.string().min(1),
  /** Storage key of its owner. */
  userId: z.string().nullish(),
  displayName: z.string().nullish(),
  scope: z.string().nullish(),
  validFrom: z.string().nullish(),
  validTo: z.string().nullish(),
  isValid: z.boolean().nullish(),
});
/** A personal access token or an SSH key, described; the service itself does not know the value. */
export type PersonalToken = z.output<typeof Token>;

const AREA = { host: 'identities', version: '7.1-preview.1', scope: 'vso.tokenadministration' } as const;

/** A person's tokens in one organisation, or (`sshKeys`) their SSH keys. The next page is named in the body. */
export async function listPersonalTokens(
  settings: DevOpsSettings,
  organisation: string,
  descriptor: string,
  { sshKeys }: { readonly sshKeys: boolean },
): Promise<Listing<PersonalToken>> {
  return listAll(settings, {
    ...AREA,
    identity: 'reader',
    organisation,
    path: ['_apis', 'tokenadmin', 'personalaccesstokens', descriptor],
    query: { isPublic: String(sshKeys) },
    what: `list the ${sshKeys ? 'SSH keys' : 'personal access tokens'} of ${descriptor} in ${organisation}`,
    shape: z.object({ value: z.array(Token), continuationToken: z.string().nullish() }),
  });
}

/** Revokes one token. The service answers before the token stops: its caches may hold it for up to an hour. */
export async function revokePersonalToken(
  settings: DevOpsSettings,
  organisation: string,
  authorizationId: string,
): Promise<VendorResult<void>> {
  const answer = await ask(settings, {
    ...AREA,
    identity: 'remover',
    method: 'POST',
    organisation,
    path: ['_apis', 'tokenadmin', 'revocations'],
    query: { isPublic: 'false' },
    body: [{ authorizationId }],
    what: `revoke token ${authorizationId} in ${organisation}`,
    shape: z.undefined(),
  });
  return answer.ok ? ok(undefined, answer.requestId) : answer;
}
