import assert from 'node:assert/strict';
import { test } from 'node:test';
import { machineTokens } from '../../../activities/sweep/machine-tokens.ts';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { isGap, isStandingLimit } from '../../../src/cases/coverage/coverage.ts';
import type { KeptMachine } from '../../../src/machines/kept.ts';
import { MACHINE_VENDORS } from '../../../src/machines/report.ts';
import { keptMachine, type ToldToken, toldToken } from '../../support/apps/kept-machine.ts';

const mint = makeTokenMint();
const { tenantId, leaver } = WORLD;
const AT = '2026-11-23T09:00:00.000Z';
const settings = { TENANT_ID: tenantId, GITHUB_ORGANISATIONS: ['Northwind'] };
const pat = mint.mint('github-classic');
const jwt = (tenant: string) =>
  toldToken(mint.jwt({ oid: leaver.oid, iss: `https://login.microsoftonline.com/${tenant}/v2.0` }));
const owned = async (...machines: KeptMachine[]) =>
  machineTokens({ storage: { listMachines: async () => ({ machines, unreadable: [] }) } }, settings);

const TOKENS: Readonly<Record<string, readonly [ToldToken, object | undefined]>> = {
  'an object id of our tenant': [jwt(tenantId), { oid: leaver.oid }],
  'an object id of another tenant': [jwt('00000000-0000-4000-8000-00000000beef'), undefined],
  'a sign-in name beside it': [
    toldToken(pat, { place: 'azure-cli', account: leaver.userPrincipalName }),
    { signInName: leaver.userPrincipalName },
  ],
  'a service’s token': [toldToken(pat, { holder: 'service', account: leaver.userPrincipalName }), undefined],
  'nothing that names anybody': [toldToken(pat), undefined],
};

for (const vendor of MACHINE_VENDORS) {
  for (const [what, [token, owner]] of Object.entries(TOKENS)) {
    test(`${vendor}: ${what}`, async () => {
      const { credentials, coverage } = await owned(keptMachine(vendor, AT, { tokens: [token] }));
      assert.deepEqual(
        credentials.map((each) => each.owner),
        owner === undefined ? [] : [owner],
      );
      assert.ok(credentials.every(({ id }) => id === `${vendor}/northwind/build-77#${token.sha256.slice(0, 16)}`));
      assert.deepEqual(
        coverage.map((line) => [isGap(line), isStandingLimit(line)]),
        [[false, true]],
      );
    });
  }
}

test('a login is asked for in the organisation where the machine is, and nowhere else', async () => {
  const tokens = [toldToken(pat, { account: 'amoreau' })];
  const { credentials } = await owned(keptMachine('github', AT, { tokens }));
  assert.deepEqual(
    credentials.map(({ owner, source, kind }) => [owner, source, kind]),
    [[{ login: 'amoreau' }, 'machines/inventory:Northwind', 'token-on-machine']],
  );
  assert.deepEqual((await owned(keptMachine('github', AT, { tokens, organisation: 'elsewhere' }))).credentials, []);
});

test('a firm without a report has no line of it, and what is gone by a machine’s word has been told', async () => {
  assert.deepEqual(await owned(), { credentials: [], coverage: [], failures: [] });
  const gone = [{ token: jwt(tenantId), lastNamed: AT }];
  assert.deepEqual((await owned(keptMachine('github', AT, { gone }))).credentials, []);
});
