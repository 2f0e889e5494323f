import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../../src/cases/finding.ts';
import type { KeptMachine } from '../../../../src/machines/kept.ts';
import { runnerCredentials } from '../../../../src/steps/runner-credentials/step.ts';
import { keptMachine, shaOf, toldToken } from '../../../support/apps/kept-machine.ts';
import { AT, exp, finding, iss, judge, LIKELY, mint, NOBODYS, oid, pat, told } from './judge-machines-world.ts';

const gathered = (machines: readonly KeptMachine[], others: readonly Finding[]): string[] =>
  told(
    runnerCredentials.gathered([...judge(machines), ...others]).filter(({ id }) => !others.some((o) => o.id === id)),
  );

test('a token that elsewhere in the case is proved to be the leaver’s is theirs on a machine too, whatever that says', () => {
  const elsewhere = finding({ owner: 'leaver', sha256: shaOf(pat), tokenType: 'github-classic', lastFour: 'abcd' });
  for (const more of [{}, { account: 'amoreau' }, { holder: 'service' as const }]) {
    const machine = keptMachine('github', AT, { tokens: [toldToken(pat, more)] });
    const said = gathered([machine], [elsewhere]);
    assert.ok(
      said.some((each) => each.startsWith('token-on-machine critical manual-action')),
      said.join(),
    );
  }
  const others = finding({ ...elsewhere.evidence, sha256: shaOf('another') });
  assert.deepEqual(gathered([keptMachine('github', AT, { tokens: [toldToken(pat)] })], [others]), [NOBODYS]);
});

test('of tokens that have one finding for all, those that are proved elsewhere are the leaver’s too', () => {
  const values = Array.from({ length: 60 }, () => mint.jwt({ oid, iss, exp }));
  const tokens = values.map((value, at) => toldToken(value, { path: `~/${at}` }));
  const last = values.at(-1) ?? '';
  const elsewhere = finding({ owner: 'leaver', sha256: shaOf(last), tokenType: 'jwt', lastFour: last.slice(-4) });
  const own = judge([keptMachine('github', AT, { tokens })]);
  assert.ok(own.every(({ evidence }) => evidence.sha256 !== shaOf(last) || evidence.tokens !== undefined));
  const named = runnerCredentials
    .gathered([...own, elsewhere])
    .filter(({ evidence, resource }) => resource.type === 'machine' && evidence.sameAs === elsewhere.id);
  assert.deepEqual(
    named.map(({ severity, status, evidence }) => [severity, status, evidence.sha256]),
    [['critical', 'manual-action', shaOf(last)]],
  );
});

test('a runner that the enterprise shares and that is the leaver’s makes the tokens of its machine likely theirs', () => {
  const registeredAt = 'https://github.com/enterprises/northwind-group';
  const kept = keptMachine('github', AT, { tokens: [toldToken(pat)], machine: { registeredAt } });
  const machine = { ...kept, id: 'github/enterprises/northwind-group/build-77' };
  const runner = (id: string) =>
    finding({}, { kind: 'runner-of-leaver', resource: { system: 'github', type: 'runner', id, name: 'build-77' } });
  const shared = gathered([machine], [runner('northwind/runner-groups/9/runners/77')]);
  assert.ok(
    shared.some((each) => each.startsWith('token-on-machine high')),
    shared.join(),
  );
  assert.deepEqual(gathered([machine], [runner('northwind/runners/77')]), [NOBODYS]);
  const [unowned] = judge([machine]);
  assert.equal(unowned?.evidence.organisation, 'Northwind');
});

test('what a machine proves by its own word makes nothing of what stands elsewhere', () => {
  const value = mint.jwt({ oid, iss, exp });
  const [mine] = judge([keptMachine('github', AT, { tokens: [toldToken(value)] })]);
  const elsewhere = finding({ owner: 'unknown', sha256: shaOf(value) }, { id: 'F-000000000002' as Finding['id'] });
  assert.ok(mine !== undefined);
  assert.deepEqual(
    runnerCredentials.gathered([mine, elsewhere]).find(({ id }) => id === elsewhere.id),
    elsewhere,
  );
});

test('tokens on a machine whose runner is the leaver’s by what its vendor knows are likely theirs', () => {
  const runner = finding(
    { score: 5 },
    {
      kind: 'runner-of-leaver',
      resource: { system: 'github', type: 'runner', id: 'Northwind/runners/4', name: 'Build-77' },
    },
  );
  assert.deepEqual(gathered([keptMachine('github', AT, { tokens: [toldToken(pat)] })], [runner]), [LIKELY]);
  const another = { ...runner, resource: { ...runner.resource, name: 'build-78' } };
  assert.deepEqual(gathered([keptMachine('github', AT, { tokens: [toldToken(pat)] })], [another]), [NOBODYS]);
});
