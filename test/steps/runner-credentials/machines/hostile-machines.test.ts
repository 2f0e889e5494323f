import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Finding, isClosed } from '../../../../src/cases/finding.ts';
import { MACHINE_PLACES, MACHINE_VENDORS, type MachineVendor } from '../../../../src/machines/report.ts';
import { inventoryLine } from '../../../../src/steps/runner-credentials/rules/machines/inventory-line.ts';
import { runnerCredentials } from '../../../../src/steps/runner-credentials/step.ts';
import { keptMachine, shaOf, type ToldToken, tellingOf, toldToken } from '../../../support/apps/kept-machine.ts';
import { fc } from '../../../support/properties.ts';
import {
  AT,
  ana,
  exp,
  finding,
  iss,
  judge,
  jwtOf,
  listed,
  mint,
  now,
  OPEN,
  oid,
  pat,
  told,
} from './judge-machines-world.ts';

test('a report that is made of tokens does not fill the case', () => {
  const tokens = Array.from({ length: 200 }, (_, at) =>
    jwtOf({ oid, exp: exp + at }, { path: `~/.config/${at}`, account: 'amoreau' }),
  );
  const findings = judge([keptMachine('github', AT, { tokens })]);
  assert.equal(findings.length, 51);
  assert.match(findings.at(-1)?.title ?? '', /^150 more tokens on machine build-77$/);
});

test('when a token ends is the machine’s word: any number is taken, and nothing counts on it', () => {
  for (const odd of [Date.now(), 1e300, -1, Number.MAX_SAFE_INTEGER]) {
    const [finding] = judge([
      keptMachine('github', AT, { tokens: [jwtOf({ oid }, { claims: { oid, iss, exp: odd } })] }),
    ]);
    assert.ok(finding !== undefined);
    assert.deepEqual([told([finding]), finding.residual, finding.evidence.expires], [[OPEN], undefined, undefined]);
  }
});

const values = [pat, mint.jwt({ oid, iss, exp }), mint.jwt({ oid: ana.oid, iss, exp }), mint.mint('azure-devops')];
const anyToken = fc
  .record({
    value: fc.constantFrom(...values),
    place: fc.constantFrom(...MACHINE_PLACES),
    path: fc.constantFrom('~/.netrc', '/opt/runner/.env'),
    account: fc.constantFrom('amoreau', 'ana', 'git', 'alex.moreau@corp.example'),
    holder: fc.constantFrom('personal' as const, 'service' as const, 'unknown' as const),
    checksum: fc.constantFrom('valid' as const, 'wrong' as const, 'none' as const),
  })
  .map(({ value, ...more }) => toldToken(value, more));
const anyMachine = (vendor: MachineVendor) =>
  fc
    .record({
      tokens: fc.array(anyToken, { maxLength: 4 }),
      gone: fc.array(anyToken, { maxLength: 2 }),
      name: fc.constantFrom('build-77', 'alex-moreau', 'ana-laptop'),
      user: fc.constantFrom('svc-build', 'alex.moreau', 'root'),
      ageDays: fc.nat({ max: 20 }),
    })
    .map(({ tokens, gone, name, user, ageDays }) =>
      keptMachine(vendor, AT, {
        ...{ tokens, machine: { name, user } },
        gone: gone.map((token) => ({ token, lastNamed: AT })),
        reportedAt: new Date(now.getTime() - ageDays * 86_400_000).toISOString(),
      }),
    );

test('whatever machines send: nothing acts on it, no line is complete, and what was open without it stays open', () => {
  const elsewhere = [
    finding({ owner: 'leaver', sha256: shaOf(pat) }),
    finding({ owner: 'unknown', sha256: shaOf(values[3] ?? '') }, { id: 'F-000000000002' as Finding['id'] }),
    finding({ score: 5 }, { id: 'F-000000000003' as Finding['id'], kind: 'runner-of-leaver' }),
  ];
  const open = (findings: readonly Finding[]): string[] =>
    runnerCredentials.gathered(findings).flatMap((each) => (isClosed(each) ? [] : [each.id]));
  const vendors = MACHINE_VENDORS.map((vendor) => fc.array(anyMachine(vendor), { maxLength: 3 }));
  fc.assert(
    fc.property(fc.tuple(...vendors), fc.boolean(), (lists, isSet) => {
      const machines = lists.flat();
      const findings = judge(machines, listed(pat.slice(-8)));
      told(findings);
      const before = open(elsewhere);
      const after = new Set(open([...elsewhere, ...findings]));
      assert.deepEqual(
        before.filter((id) => !after.has(id)),
        [],
      );
      const runners = ['build-77', 'alex-moreau'].map((name) => ({ name, online: true, pool: 'Default' }));
      for (const vendor of MACHINE_VENDORS) {
        const tellings = machines.map((each) => tellingOf(each));
        const inventory = { tellings, unreadable: [], maxAgeDays: isSet ? 7 : undefined };
        const at = { vendor, organisation: 'northwind', machines: runners };
        const [line, ...more] = inventoryLine(at, inventory, now);
        assert.ok(line?.state === 'not-examined' || line?.state === 'partial');
        assert.deepEqual(more, []);
      }
    }),
  );
});

const hostile = { kind: 'managed-identity', oid: 'somebody-else' } as const;
const RELABELLED: Readonly<Record<string, Partial<ToldToken>>> = {
  'a service’s': { holder: 'service' },
  'one that was never issued': { checksum: 'wrong' },
  over: { claims: { exp: exp - 7_200 } },
  'a colleague’s': { type: 'jwt', claims: { oid: ana.oid, iss } },
};
for (const [what, more] of Object.entries(RELABELLED)) {
  test(`a token that another sender calls ${what} stays open by who named it first`, () => {
    const token = toldToken(pat, { account: 'amoreau' });
    const genuine = keptMachine('github', AT, { tokens: [token] });
    const other = keptMachine('github', AT, { tokens: [{ ...token, ...more }], sayer: hostile });
    for (const machines of [
      [genuine, other],
      [other, genuine],
    ]) {
      const [finding] = judge(machines).filter(({ kind }) => kind === 'token-on-machine');
      assert.ok(finding !== undefined && !isClosed(finding), finding?.title);
      assert.equal(finding.severity, 'high');
    }
  });
}

test('a sender that names hundreds of tokens pushes out nothing that another says', () => {
  const token = toldToken(pat, { account: 'amoreau' });
  const flood = Array.from({ length: 200 }, (_, index) =>
    jwtOf({ oid }, { sha256: shaOf(`flood ${index}`), path: `/tmp/${index}` }),
  );
  const machines = [
    keptMachine('github', AT, { tokens: flood, sayer: hostile }),
    keptMachine('github', AT, { tokens: [token] }),
  ];
  const findings = judge(machines);
  assert.ok(findings.some(({ evidence }) => evidence.sha256 === token.sha256));
  assert.ok(findings.length <= 52);
});

test('whose a machine is, is asked once for a report and not for each of its tokens', () => {
  const text = (of: string): string =>
    Array.from({ length: 40 }, (_, at) => shaOf(`${of} ${at}`).slice(0, 4)).join('-');
  const machine = { name: text('machine'), host: text('host'), user: text('user') };
  const token = (of: string) => toldToken(pat, { sha256: shaOf(of), name: text(of), account: text(`of ${of}`) });
  const tokens = Array.from({ length: 100 }, (_, at) => token(`${at}`));
  const kept = keptMachine('github', AT, { machine, tokens });
  let asked = 0;
  Object.defineProperty(kept.report.machine, 'user', {
    enumerable: true,
    get() {
      asked += 1;
      return machine.user;
    },
  });
  assert.equal(judge([kept]).length, 1);
  // Once to tell whose it is; and each token's place says it in words.
  assert.ok(asked <= tokens.length + 1, `the account of the machine was looked at ${asked} times`);
});
