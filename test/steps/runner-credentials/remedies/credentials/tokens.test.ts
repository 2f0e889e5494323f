import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeTokenMint } from '../../../../../local/tenant/seeds/token-mint.ts';
import type { GitHub } from '../../../../../src/connectors/github/index.ts';
import { failed, ok, type VendorFailure } from '../../../../../src/connectors/result.ts';
import type { Vendors } from '../../../../../src/connectors/vendors.ts';
import { findTokens } from '../../../../../src/credentials/detector/detect-tokens.ts';
import { revokeFineGrainedToken } from '../../../../../src/steps/runner-credentials/remedies/tokens/revoke-fine-grained-token.ts';
import { revokeFoundToken } from '../../../../../src/steps/runner-credentials/remedies/tokens/revoke-found-token.ts';
import {
  revokeSsoCredential,
  ssoCredentialState,
} from '../../../../../src/steps/runner-credentials/remedies/tokens/revoke-sso-credential.ts';
import { finding } from '../../../../report/sample-case.ts';
import { DENIED, DONE, gitHub, NOT_FOUND, vendors } from '../github-world.ts';

const TOKEN = makeTokenMint().mint('github-classic');
const [found] = findTokens(TOKEN);
assert.ok(found !== undefined);
const { sha256, lastFour } = found.hit;
const inFile = { type: 'file', organisation: 'acme', repository: 'pay', path: 'ci.yml' } as const;
const inVariable = {
  type: 'variable',
  scope: { type: 'repository', organisation: 'corp', repository: 'pay' },
  name: 'PAT',
} as const;
const callOf = (foundIn: typeof inFile | typeof inVariable) =>
  ({ kind: 'revoke-found-token', tokenType: 'github-classic', lastFour, expected: { sha256 }, foundIn }) as const;
const NOWHERE: VendorFailure = {
  kind: 'incomplete',
  status: 200,
  message:
    'The token stands there no more, so that its value cannot be handed to GitHub; that does not end it. Have its owner’s credentials revoked.',
};

const PLACES = [
  [inFile, 'acme', 'readFileOnBranch', (text: string) => ({ text }), [inFile, 'ci.yml']],
  [inVariable, 'corp', 'getVariable', (value: string) => ({ value }), [inVariable.scope, 'PAT']],
] as const;
for (const [foundIn, organisation, question, holding, given] of PLACES) {
  const call = callOf(foundIn);
  const answering = (answer: unknown, more: object = {}): Vendors => {
    const github = { ...gitHub({ [question]: answer }), ...more };
    return { github: github as unknown as GitHub } as unknown as Vendors;
  };
  test(`a token in a ${foundIn.type} is read where it was found, and its value is filed nowhere`, async () => {
    const read = (of: Vendors) => revokeFoundToken.read(of, call);
    const image = { foundIn, type: 'github-classic', lastFour, sha256 };
    assert.deepEqual(
      await read(answering(ok(holding(`x ${TOKEN}`)))),
      ok({ state: 'present', image, now: { sha256 } }),
    );
    assert.deepEqual(await read(answering(ok(holding('x')))), failed(NOWHERE));
    assert.deepEqual(await read(answering(failed(NOT_FOUND))), failed(NOWHERE));
    assert.deepEqual(await read(answering(failed(DENIED))), failed(DENIED));
    const closed = { github: gitHub({}, failed(DENIED)) } as unknown as Vendors;
    assert.deepEqual(await read(closed), failed(DENIED));
  });

  test(`a token in a ${foundIn.type} is handed to GitHub as it stands there`, async () => {
    const asked: unknown[] = [];
    const more = {
      organisation: async (identity: string, name: string) => {
        asked.push([identity, name]);
        return ok({
          [question]: async (...args: readonly unknown[]) => {
            asked.push(args);
            return ok(holding(TOKEN));
          },
        });
      },
      revokeValue: async (value: string) => {
        asked.push(value);
        return ok({ effect: 'queued' });
      },
    };
    assert.deepEqual(await revokeFoundToken.act(answering(undefined, more), call), ok({ effect: 'queued' }));
    assert.deepEqual(asked, [['reader', organisation], given, TOKEN]);
    assert.deepEqual(await revokeFoundToken.act(answering(failed(DENIED)), call), failed(DENIED));
  });
}

const STILL = ok({ id: 7, login: 'alice' });
const OWNER = { organisation: 'acme', ownerId: 7, login: 'alice' };
const SSO = {
  kind: 'revoke-sso-credential',
  ...OWNER,
  credentialId: 9,
  expected: { type: 'SSH key', fingerprint: 'SHA256:x', lastFour: null },
} as const;
const credential = {
  ...{ credentialId: 9, login: 'alice', type: 'SSH key', scopes: ['repo'], authorizedAt: '2026-01-01' },
};

test('a credential of single sign-on is read with what undoing needs, as far as GitHub tells it', async () => {
  const read = (...items: readonly object[]) =>
    revokeSsoCredential.read(vendors({ listSsoCredentials: { items }, accountWithId: STILL }), SSO);
  const image = {
    ...{ credentialId: 9, ownerId: 7, login: 'alice', type: 'SSH key', scopes: ['repo'], authorizedAt: '2026-01-01' },
  };
  const now = { type: 'SSH key', fingerprint: null, lastFour: null };
  assert.deepEqual(await read({ ...credential, credentialId: 8 }, credential), ok({ state: 'present', image, now }));
  assert.deepEqual(
    await read({ ...credential, title: 'laptop', fingerprint: 'SHA256:x', tokenLastEight: 'abcd1234' }),
    ok({
      state: 'present',
      image: { ...image, title: 'laptop', fingerprint: 'SHA256:x' },
      now: { type: 'SSH key', fingerprint: 'SHA256:x', lastFour: '1234' },
    }),
  );
  assert.deepEqual(ssoCredentialState({ ...credential, lastUsedAt: null } as never), now);
});

const FINE_GRAINED = {
  kind: 'revoke-fine-grained-token',
  ...OWNER,
  grantId: 42,
  expected: { ownerId: 7 },
} as const;

test('a fine-grained token is read with what it may do', async () => {
  const token = {
    ...{ grantId: 42, name: 'ci', owner: { id: 7, login: 'alice' }, repositories: ['x'], permissions: { a: 'read' } },
    ...{ grantedAt: '2026-01-01', expiresAt: null },
  };
  const read = await revokeFineGrainedToken.read(
    vendors({ listFineGrainedTokens: { items: [{ ...token, grantId: 41 }, token] }, accountWithId: STILL }),
    FINE_GRAINED,
  );
  assert.deepEqual(read, ok({ state: 'present', image: token, now: { ownerId: 7 } }));
});

test('both are withdrawn by their numbers, and what a case has to call at the least is counted', async () => {
  const asked: unknown[] = [];
  const noting = (answer: unknown) => async (given: unknown) => {
    asked.push(given);
    return answer;
  };
  const there = vendors({ revokeSsoCredentialOf: noting(DONE), revokeFineGrainedTokens: noting(DONE) });
  assert.deepEqual(await revokeSsoCredential.act(there, SSO), DONE);
  assert.deepEqual(await revokeFineGrainedToken.act(there, FINE_GRAINED), DONE);
  assert.deepEqual(asked, [9, [42]]);
  assert.deepEqual(revokeSsoCredential.leastCalls([SSO, SSO]), [{ vendor: 'github', calls: 4, writes: 2 }]);
  assert.deepEqual(revokeFoundToken.leastCalls([callOf(inFile), callOf(inFile)]), [
    { vendor: 'github', calls: 8, writes: 2 },
  ]);
});

test('where a fine-grained token may stand is where one of its kind was found', () => {
  const place = (tokenType: string) =>
    finding('runner-credentials', 'token-in-variable', tokenType, { evidence: { owner: 'leaver', tokenType } });
  const findings = ['github-fine-grained', 'github-classic'].map(place);
  const { stops } = revokeFineGrainedToken;
  assert.ok(typeof stops === 'function');
  const impact = stops(FINE_GRAINED, { findings, uses: [] }, place('x'));
  assert.deepEqual(
    impact.map((each) => each.finding),
    [findings[0]?.id],
  );
});
