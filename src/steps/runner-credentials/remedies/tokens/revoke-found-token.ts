import * as z from 'zod';
import type { GitHub, GitHubOrganisation } from '../../../../connectors/github/index.ts';
import { failed, ok, type VendorFailure, type VendorResult } from '../../../../connectors/result.ts';
import { tokenWithDigest } from '../../../../credentials/detector/detect-tokens.ts';
import { defineRemedy, type TargetState } from '../../../define-remedy.ts';
import { stopsWithToken } from '../../rules/github/workflows/what-stops.ts';
import { VariableScopeSchema } from '../github/delete-variable.ts';
import { SIGNED } from '../github/github-target.ts';

/** Where the token was found, and is read again. */
export const FoundInSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('variable'), scope: VariableScopeSchema, name: z.string() }),
  z.strictObject({
    type: z.literal('file'),
    organisation: z.string(),
    repository: z.string(),
    /** From the root of the default branch. */
    path: z.string(),
  }),
]);
type FoundIn = Readonly<z.output<typeof FoundInSchema>>;

/** What the place has to hold: a token with this digest (SHA-256, hex). */
const Expected = z.strictObject({ sha256: z.string() });

const Call = z.strictObject({
  kind: z.literal('revoke-found-token'),
  foundIn: FoundInSchema,
  tokenType: z.string(),
  lastFour: z.string(),
  expected: Expected,
});

/**
 * Ends a found token by its value, which GitHub takes from anybody. The value is read where it stands, is compared by its
 * digest, and lives in memory alone: nothing of it is filed. Nobody can ask GitHub whether it has ended without using it,
 * which would be acting as its owner. Single sign-on's list does not tell either: a token that stands there no more may have
 * lost its authorisation for the organisation alone, by this very case, and opens everything else as before. Source:
 * docs.github.com/enterprise-cloud@latest, "Revoking SSO authorizations or deleting credentials in your enterprise"
 */
export const revokeFoundToken = defineRemedy({
  kind: 'revoke-found-token',
  system: 'github',
  call: Call,
  risk: 'disruptive',
  words: {
    noun: ['found token', 'found tokens'],
    done: 'revoked',
    ability: 'read what it found again, to revoke it',
    before: ({ tokenType, lastFour }, { place }: { place: string }) =>
      `Have GitHub revoke the token (${tokenType}, …${lastFour}) that stands in ${place}; its owner is told by mail.`,
    impact: 'Whatever uses this token, wherever it stands, can no longer reach GitHub.',
  },
  // Revoking asks nobody for a permission; reading its place does, and has it.
  permissions: [SIGNED],
  leastCalls: ({ length }) => [{ vendor: 'github', calls: 4 * length, writes: length }],
  ends: 'token',
  stops: ({ expected: { sha256 } }, read) => stopsWithToken(sha256, read),
  // docs.github.com/rest/credentials/revoke answers 202 and names no time: an hour is what we take.
  livesOn: () => ({
    minutes: 60,
    why: 'GitHub has accepted the revocation, and tells nobody when the token has ended.',
  }),
  read: async ({ github }, call) => {
    const value = await valueIn(github, call.foundIn, call.expected.sha256);
    return value.ok ? present(call) : value;
  },
  act: async ({ github }, { foundIn, expected }) => {
    const value = await valueIn(github, foundIn, expected.sha256);
    return value.ok ? github.revokeValue(value.value) : value;
  },
  restore: {
    by: 'nothing',
    undo: 'Nothing brings it back: GitHub restores no revoked token. Its users need another one.',
  },
});

function present({ foundIn, tokenType: type, lastFour, expected }: z.output<typeof Call>) {
  const image = { foundIn, type, lastFour, sha256: expected.sha256 };
  return ok<TargetState<z.output<typeof Expected>>>({ state: 'present', image, now: expected });
}

/** The token's value, read from its place again. One that stands there no more cannot be revoked by its value. */
async function valueIn(github: GitHub, foundIn: FoundIn, sha256: string): Promise<VendorResult<string>> {
  const organisation = foundIn.type === 'variable' ? foundIn.scope.organisation : foundIn.organisation;
  const there = await github.organisation('reader', organisation);
  if (!there.ok) return there;
  const text = await textOf(there.value, foundIn);
  if (!text.ok) return text.failure.kind === 'not-found' ? failed(NOWHERE) : text;
  const value = tokenWithDigest(text.value, sha256);
  return value === undefined ? failed(NOWHERE) : ok(value);
}

async function textOf(there: GitHubOrganisation, foundIn: FoundIn): Promise<VendorResult<string>> {
  if (foundIn.type === 'variable') {
    const variable = await there.getVariable(foundIn.scope, foundIn.name);
    return variable.ok ? ok(variable.value.value) : variable;
  }
  const file = await there.readFileOnBranch(foundIn, foundIn.path);
  return file.ok ? ok(file.value.text) : file;
}

/** That it was taken out of its place does not end it. */
const NOWHERE: VendorFailure = {
  kind: 'incomplete',
  status: 200,
  message:
    'The token stands there no more, so that its value cannot be handed to GitHub; that does not end it. Have its owner’s credentials revoked.',
};
