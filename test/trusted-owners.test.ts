import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TrustedOwners } from '../src/trusted-owners.ts';

const faults = (text: string): string[] =>
  (TrustedOwners.safeParse(text).error?.issues ?? []).map(({ message }) => message);

test('unset, nobody is trusted besides the configured organisations', () => {
  assert.deepEqual(TrustedOwners.parse(undefined), []);
});

test('an issuer is written with or without https, and ends where its address does', () => {
  assert.deepEqual(TrustedOwners.parse('gitlab.com=acme/platform, https://oidc.eks.example/id/AB/=*'), [
    { issuer: 'gitlab.com', owner: 'acme/platform' },
    { issuer: 'oidc.eks.example/id/AB', owner: '*' },
  ]);
});

for (const [text, words] of [
  ['gitlab.com', /not <issuer>=<owner>/],
  ['gitlab.com=', /not <issuer>=<owner>/],
  ['http://gitlab.com=acme', /no https issuer/],
  ['gitlab.com=acme*', /wildcard/],
  ['gitlab.com=*', /everybody/],
  ['https://token.actions.githubusercontent.com/=*', /everybody/],
  ['https://login.microsoftonline.com/common/v2.0=*', /everybody/],
  ['accounts.google.com=*', /everybody/],
] as const) {
  test(`${text} is refused`, () => assert.match(faults(text)[0] ?? '', words));
}

test('an enterprise’s own path of GitHub’s issuer may be trusted as a whole', () => {
  assert.deepEqual(faults('token.actions.githubusercontent.com/acme-inc=*'), []);
});
