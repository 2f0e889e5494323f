import * as z from 'zod';
import { type FoundToken, TOKEN_TYPES } from './detector/token-hit.ts';
import { type AlikeCredential, explainedBySignOn, type KeptHit, type ListedCredential } from './ownership.ts';

const text = z.exactOptional(z.string());

/**
 * A token as it may be kept: what it is, without its value and without its place in the text. `alike` are the
 * credentials of single sign-on that end in its last four characters, each compared by the eight that GitHub shows,
 * in memory: which of them it is can be told later without anything of its value.
 */
export interface TokenFact {
  readonly hit: KeptHit;
  readonly alike: readonly AlikeCredential[];
}

export const TokenFactSchema: z.ZodType<TokenFact> = z.strictObject({
  hit: z.strictObject({
    type: z.enum(TOKEN_TYPES),
    holder: z.enum(['personal', 'service', 'unknown']),
    checksum: z.enum(['valid', 'wrong', 'none']),
    sha256: z.string(),
    lastFour: z.string(),
    claims: z.exactOptional(
      z.strictObject({
        oid: text,
        iss: text,
        tid: text,
        upn: text,
        preferred_username: text,
        unique_name: text,
        email: text,
        idtyp: text,
        exp: z.exactOptional(z.number()),
      }),
    ),
    encoded: z.exactOptional(z.enum(['base64', 'escaped'])),
  }),
  alike: z.array(z.strictObject({ organisation: z.string(), credentialId: z.number(), same: z.boolean() })),
});

/** What is kept of a found token. */
export function tokenFact({ hit, lastEight }: FoundToken, credentials: readonly ListedCredential[]): TokenFact {
  const { start: _, end: __, ...kept } = hit;
  const alike = explainedBySignOn([{ hit }]) ? credentials.filter((each) => endsAlike(hit.lastFour, each)) : [];
  return {
    hit: kept,
    alike: alike.map(({ organisation, credentialId, tokenLastEight }) => ({
      organisation,
      credentialId,
      same: tokenLastEight === lastEight,
    })),
  };
}

/**
 * Whether a credential that is listed now may be this token, and was not listed when the token was read: only its place
 * can tell, which has to be read again.
 */
export function isUndecided({ hit, alike }: TokenFact, credentials: readonly ListedCredential[]): boolean {
  if (!explainedBySignOn([{ hit }])) return false;
  const compared = new Set(alike.map(({ organisation, credentialId }) => `${organisation}/${credentialId}`));
  return credentials.some(
    (each) => endsAlike(hit.lastFour, each) && !compared.has(`${each.organisation}/${each.credentialId}`),
  );
}

function endsAlike(lastFour: string, { tokenLastEight }: ListedCredential): boolean {
  return tokenLastEight?.endsWith(lastFour) === true;
}
