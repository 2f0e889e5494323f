import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isClosed } from '../../../../src/cases/finding.ts';
import type { Known } from '../../../../src/credentials/ownership.ts';
import type { KeptMachine } from '../../../../src/machines/kept.ts';
import { MACHINE_VENDORS } from '../../../../src/machines/report.ts';
import { keptMachine, type ToldToken, toldToken } from '../../../support/apps/kept-machine.ts';
import {
  AT,
  ana,
  exp,
  judge,
  jwtOf,
  known,
  LIKELY,
  listed,
  NOBODYS,
  OPEN,
  oid,
  pat,
  told,
} from './judge-machines-world.ts';

interface Situation {
  readonly tokens: readonly ToldToken[];
  readonly machine?: Partial<KeptMachine['report']['machine']>;
  readonly by?: Known;
  readonly says: readonly string[];
}

const MAYBE = 'token-on-machine medium manual-action unknown';

const SITUATIONS: Readonly<Record<string, Situation>> = {
  'nothing on it': { tokens: [], says: [] },
  'a token that names the leaver’s object id': { tokens: [jwtOf({ oid })], says: [OPEN] },
  'one that names it, and is over': {
    tokens: [jwtOf({ oid, exp: exp - 7_200 })],
    says: ['token-on-machine info nothing-to-do leaver'],
  },
  'a token of a colleague’s': {
    tokens: [jwtOf({ oid: ana.oid })],
    says: ['token-on-machine info nothing-to-do someone-else'],
  },
  'a token that nothing tells of': { tokens: [toldToken(pat)], says: [NOBODYS] },
  'one beside which the leaver’s login is signed in': {
    tokens: [toldToken(pat, { account: 'AMoreau' })],
    says: [LIKELY],
  },
  'one beside which the leaver’s sign-in name is signed in': {
    tokens: [toldToken(pat, { place: 'azure-cli', account: 'Alex.Moreau@corp.example' })],
    says: [LIKELY],
  },
  'one beside which a login like the leaver’s name is signed in': {
    tokens: [toldToken(pat, { account: 'alex-moreau' })],
    says: [MAYBE],
  },
  'one beside which somebody else is signed in': { tokens: [toldToken(pat, { account: 'ana' })], says: [NOBODYS] },
  'one on a machine that runs under the leaver’s account': {
    tokens: [toldToken(pat)],
    machine: { user: 'alex.moreau' },
    says: [LIKELY],
  },
  'one on a machine that is named after the leaver': {
    tokens: [toldToken(pat)],
    machine: { name: 'alex-moreau-laptop' },
    says: [LIKELY],
  },
  'one in a variable named after the leaver': {
    tokens: [toldToken(pat, { place: 'process-environment', name: 'ALEX_MOREAU_TOKEN' })],
    says: [LIKELY],
  },
  'one that ends like a credential of the leaver’s: four characters prove nothing': {
    tokens: [toldToken(pat)],
    by: listed(`0000${pat.slice(-4)}`),
    says: [MAYBE],
  },
  'one of which single sign-on shows the very last eight: only four of them are known here': {
    tokens: [toldToken(pat)],
    by: listed(pat.slice(-8)),
    says: [MAYBE],
  },
  'a service’s token': {
    tokens: [toldToken(pat, { holder: 'service' })],
    says: ['token-on-machine info nothing-to-do service'],
  },
  'a service’s token on the leaver’s machine': {
    tokens: [toldToken(pat, { holder: 'service' })],
    machine: { user: 'alex.moreau' },
    says: ['token-on-machine high manual-action service'],
  },
  'the leaver’s beside one of nobody’s': { tokens: [jwtOf({ oid }), toldToken(pat)], says: [OPEN, NOBODYS] },
};

for (const vendor of MACHINE_VENDORS) {
  for (const [name, { tokens, machine = {}, by = known, says }] of Object.entries(SITUATIONS)) {
    test(`${vendor}: ${name}`, () => {
      assert.deepEqual(told(judge([keptMachine(vendor, AT, { tokens, machine })], by)), says);
    });
    test(`${vendor}: ${name}, by a machine that names it no more: its word is no proof`, () => {
      const gone = tokens.map((token) => ({ token, lastNamed: '2026-11-10T09:00:00.000Z' }));
      const findings = judge([keptMachine(vendor, AT, { gone, machine })], by);
      assert.deepEqual(told(findings), says);
      for (const finding of findings) {
        if (isClosed(finding) || finding.kind !== 'token-on-machine') continue;
        assert.match(finding.title, /by what it said until 2026-11-10/);
        assert.match(finding.reason, /Its word that it is gone is no proof/);
      }
    });
  }
}

test('what a person does: out of its file, the listener restarted where it reads it once, and the token revoked', () => {
  const [env] = judge([
    keptMachine('github', AT, {
      machine: { startedAt: '2026-11-01T08:00:00.000Z' },
      tokens: [jwtOf({ oid }, { place: 'runner-environment', path: '/opt/runner/.env', name: 'GH_TOKEN' })],
    }),
  ]);
  assert.match(env?.title ?? '', /^The leaver’s token \(jwt\) stands in \/opt\/runner\/\.env of machine build-77$/);
  assert.match(
    env?.reason ?? '',
    /Remove GH_TOKEN from \/opt\/runner\/\.env on machine build-77\. Restart the listener, which has run since 2026-11-01T08:00:00\.000Z: it reads that only when it starts, .* \(a job of northwind\/app, /,
  );
  const { tokenType, sha256, lastFour, path, saidBy, saidAt } = env?.evidence ?? {};
  assert.deepEqual(
    [tokenType, typeof sha256, String(lastFour).length, path, saidBy, saidAt],
    ['jwt', 'string', 4, '/opt/runner/.env', 'a job of northwind/app', AT],
  );
  const [file] = judge([keptMachine('github', AT, { tokens: [jwtOf({ oid })] })]);
  assert.doesNotMatch(file?.reason ?? '', /Restart/);
});

test('an empty report of another sender takes nothing away, and two who say the same say it once', () => {
  const tokens = [jwtOf({ oid })];
  const one = keptMachine('github', AT, { tokens });
  const empty = keptMachine('github', '2026-11-23T09:30:00.000Z', { sayer: { kind: 'managed-identity', oid: 'x' } });
  assert.deepEqual(judge([one, empty]), judge([one]));
  assert.deepEqual(told(judge([one, { ...empty, report: one.report }])), [OPEN]);
});
