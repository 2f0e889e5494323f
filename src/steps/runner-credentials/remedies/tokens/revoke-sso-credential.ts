import * as z from 'zod';
import type { SsoCredential } from '../../../../connectors/github/credentials/credentials.ts';
import { defineRemedy } from '../../../define-remedy.ts';
import { behindCredential } from '../../rules/behind-credential.ts';
import { actOn, SIGNED } from '../github/github-target.ts';
import { readOwned } from '../github/in-list-of.ts';

/** Which credential it is. GitHub names its owner by login only, which changes when the owner is renamed. */
const Expected = z.strictObject({
  type: z.string(),
  fingerprint: z.nullable(z.string()),
  lastFour: z.nullable(z.string()),
});

/** Which credential single sign-on lists; four characters of the token at most. */
export function ssoCredentialState(credential: SsoCredential): z.output<typeof Expected> {
  const { type, fingerprint, tokenLastEight } = credential;
  return { type, fingerprint: fingerprint ?? null, lastFour: tokenLastEight?.slice(-4) ?? null };
}

/** Takes single sign-on from a credential: it opens nothing of the organisation any more. */
export const revokeSsoCredential = defineRemedy({
  kind: 'revoke-sso-credential',
  system: 'github',
  call: z.strictObject({
    kind: z.literal('revoke-sso-credential'),
    organisation: z.string(),
    credentialId: z.int(),
    /** The account that holds it; `login` is its name when the plan was made. */
    ownerId: z.int(),
    login: z.string(),
    expected: Expected,
  }),
  risk: 'by-impact',
  words: {
    noun: ['single sign-on credential', 'single sign-on credentials'],
    done: 'revoked',
    ability: 'withdraw what single sign-on authorised',
    before: ({ login, organisation }, { credential }: { credential: string }) =>
      `Take single sign-on from ${login}’s ${credential} in ${organisation}.`,
    impact: 'Whatever uses this credential can no longer reach the organisation.',
  },
  permissions: [SIGNED, 'remover/github/organization_administration=write'],
  leastCalls: ({ length }) => [{ vendor: 'github', calls: 2 + length, writes: length }],
  ends: 'sign-on',
  stops: (_, read, finding) => behindCredential(finding, read),
  livesOn: 'nothing',
  read: ({ github }, call) =>
    readOwned(
      github,
      call,
      { name: 'single sign-on credentials', of: (there, login) => there.listSsoCredentials(login) },
      ({ credentialId }) => credentialId === call.credentialId,
      (credential) => ({
        image: {
          credentialId: call.credentialId,
          ownerId: call.ownerId,
          login: credential.login,
          type: credential.type,
          scopes: credential.scopes,
          authorizedAt: credential.authorizedAt,
          ...(credential.title === undefined ? {} : { title: credential.title }),
          ...(credential.fingerprint === undefined ? {} : { fingerprint: credential.fingerprint }),
        },
        now: ssoCredentialState(credential),
      }),
    ),
  act: ({ github }, { organisation, credentialId }) =>
    actOn(github, organisation, (there) => there.revokeSsoCredentialOf(credentialId)),
  restore: {
    by: 'hand',
    undo: 'Its owner signs in again and authorises it for the organisation.',
  },
});
