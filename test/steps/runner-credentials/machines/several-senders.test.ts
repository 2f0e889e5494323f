import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeMachines } from '../../../../src/steps/runner-credentials/rules/machines/judge-machines.ts';
import {
  isOf,
  type ListedAt,
  type ListedMachine,
} from '../../../../src/steps/runner-credentials/rules/machines/listed-machine.ts';
import { identityOf, keptMachine, shaOf, toldToken } from '../../../support/apps/kept-machine.ts';
import { AT, judge, jwtOf, known, NOBODYS, now, OPEN, oid, pat, told } from './judge-machines-world.ts';

const EARLIER = '2026-11-22T09:00:00.000Z';
const other = identityOf('build-77');

test('a machine is called as its newest report calls it, in whatever order reports are read', () => {
  const tokens = [toldToken(pat)];
  const before = keptMachine('github', EARLIER, { tokens });
  const after = keptMachine('github', AT, { tokens, sayer: other, machine: { name: 'Build-77' } });
  for (const machines of [
    [before, after],
    [after, before],
  ]) {
    const [finding, ...more] = judge(machines);
    assert.deepEqual([finding?.title, more], ['1 token of unknown owners in machine Build-77', []]);
  }
});

test('the tenant’s list is told what of a machine is nobody’s, and what only seems the leaver’s', () => {
  const likely = toldToken(pat, { sha256: shaOf('likely'), account: 'amoreau' });
  const kept = keptMachine('github', AT, { tokens: [likely, toldToken(pat), jwtOf({ oid })] });
  const { readings } = judgeMachines([kept], known, ['Northwind'], now);
  assert.deepEqual(readings, [
    {
      ...{ id: `machine:${kept.id}`, organisation: 'Northwind', source: 'machines/inventory', within: kept.id },
      resource: { system: 'github', type: 'machine', id: kept.id, name: 'build-77' },
      words: 'machine build-77',
      unowned: [{ type: 'github-classic', sha256: shaOf(pat), lastFour: pat.slice(-4) }],
      unproved: [shaOf('likely')],
    },
  ]);
  assert.deepEqual(judgeMachines([keptMachine('github', AT)], known, [], now).readings[0]?.unowned, []);
});

test('of two who tell alike of one token the first is told, and what is named still before what was', () => {
  const token = jwtOf({ oid });
  const names = keptMachine('github', AT, { tokens: [token] });
  const named = keptMachine('github', AT, { gone: [{ token, lastNamed: EARLIER }], sayer: other });
  for (const machines of [
    [names, named],
    [named, names],
  ]) {
    const [finding, ...more] = judge(machines);
    assert.deepEqual(
      [finding?.title, more],
      ['The leaver’s token (jwt) stands in ~/.config/gh/hosts.yml of machine build-77', []],
    );
  }
  const again = keptMachine('github', AT, { tokens: [token], sayer: other });
  assert.match(judge([names, again])[0]?.reason ?? '', /a job of northwind\/app/);
  assert.match(judge([again, names])[0]?.reason ?? '', /the managed identity/);
});

test('one that is open by what one of two senders says is open, in whatever order they are read', () => {
  const token = toldToken(pat, { checksum: 'wrong' });
  const closed = keptMachine('github', AT, { tokens: [token] });
  const open = keptMachine('github', AT, { tokens: [token], sayer: other, machine: { user: 'alex.moreau' } });
  for (const machines of [
    [closed, open],
    [open, closed],
  ])
    assert.deepEqual(told(judge(machines)), ['token-on-machine low manual-action likely']);
  const twice = judge([closed, { ...closed, sayer: other }]);
  assert.deepEqual(told(twice), ['token-on-machine low nothing-to-do unknown']);
});

test('the loudest of a machine is told first', () => {
  const service = toldToken(pat, { holder: 'service' });
  const kept = keptMachine('github', AT, { tokens: [service, toldToken(pat, { sha256: 'cc' }), jwtOf({ oid })] });
  assert.deepEqual(told(judge([kept])), [OPEN, 'token-on-machine info nothing-to-do service', NOBODYS]);
});

const wrong = (index: number, more: Parameters<typeof toldToken>[1] = {}) =>
  toldToken(pat, { checksum: 'wrong', sha256: shaOf(`${index}`), path: `/${index}`, ...more });
test('what a machine names beyond fifty is as open as any of it', () => {
  const many = Array.from({ length: 52 }, (_, index) => wrong(index));
  const last = (tokens: typeof many) => judge([keptMachine('github', AT, { tokens })]).at(-1);
  assert.deepEqual([last(many)?.title, last(many)?.status], ['2 more tokens on machine build-77', 'nothing-to-do']);
  const open = last([...many, wrong(60, { account: 'amoreau' })]);
  assert.deepEqual([open?.title, open?.status], ['3 more tokens on machine build-77', 'manual-action']);
  assert.match(open?.reason ?? '', /^The first 50 have a finding each; of these, one says: The issuer never made/);
  assert.deepEqual(
    [open?.evidence.tokens, open?.evidence.digests],
    [3, [50, 51, 60].map((index) => shaOf(`${index}`))],
  );
  assert.equal(judge([keptMachine('github', AT, { tokens: many.slice(0, 50) })]).length, 50);
});

test('an end is the machine’s word from 1970 to the year 9999, and nothing beyond', () => {
  const ends = (exp: number) => {
    const [finding] = judge([
      keptMachine('github', AT, { tokens: [jwtOf({ oid, exp: 1 }, { claims: { oid, exp } })] }),
    ]);
    return finding?.evidence.expires;
  };
  assert.deepEqual([ends(0), ends(253_402_300_799)], ['1970-01-01T00:00:00.000Z', '9999-12-31T23:59:59.000Z']);
  assert.deepEqual([ends(-1), ends(253_402_300_800)], [undefined, undefined]);
});

const GITHUB = { vendor: 'github', organisation: 'northwind' } as const;
const SET = { ephemeral: true } as const;
const LISTED: readonly (readonly [
  what: string,
  about: Parameters<typeof isOf>[0]['about'],
  listed: ListedMachine,
  at: Omit<ListedAt, 'machines'>,
  is: boolean,
])[] = [
  [
    'an organisation of Azure DevOps in other letters',
    { name: 'a', registeredAt: 'https://dev.azure.com/northwind' },
    { name: 'A', online: true },
    { vendor: 'azure-devops', organisation: 'NorthWind' },
    true,
  ],
  ...(
    [
      ['an enterprise', 'https://github.com/enterprises/e/', true],
      ['something of an enterprise', 'https://github.com/enterprises/e/x', false],
      ['something that ends like an enterprise', 'https://github.com/x/enterprises/e', false],
      ['no address', 'enterprises', false],
    ] as const
  ).map(
    ([what, registeredAt, is]) =>
      [what, { name: 'a', registeredAt }, { name: 'a', online: true, ofEnterprise: true }, GITHUB, is] as const,
  ),
  ...(
    [
      ['another of a set in other letters', 'Linux-abcd', 'linux-WXYZ', true],
      ['a name that only begins like one of a set', 'linux-abcd_1', 'linux-wxyz_2', false],
      ['letters of chance behind something else', 'linux-x_abcd', 'linux-y_wxyz', false],
      ['names that are letters of chance alone', '-abcd', '-wxyz', false],
      ['a set that is called like the end of another', 'x-linux-abcd', 'linux-wxyz', false],
      ['names without a set', 'linux', 'windows', false],
      ['names with three letters of chance', 'linux-abc', 'linux-xyz', false],
    ] as const
  ).map(
    ([what, name, listed, is]) =>
      [
        what,
        { name, registeredAt: 'https://github.com/northwind', ...SET },
        { name: listed, online: true, ...SET },
        GITHUB,
        is,
      ] as const,
  ),
];
for (const [what, about, listed, at, is] of LISTED) {
  test(`a report is ${is ? '' : 'not '}of a listed machine: ${what}`, () => {
    assert.equal(isOf({ vendor: at.vendor, about }, listed, at), is);
  });
}
