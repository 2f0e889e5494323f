import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeTokenMint } from '../../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { type Finding, isClosed } from '../../../../src/cases/finding.ts';
import type { Known } from '../../../../src/credentials/ownership.ts';
import type { KeptMachine } from '../../../../src/machines/kept.ts';
import { MACHINE_PLACES, MACHINE_VENDORS, type MachineVendor } from '../../../../src/machines/report.ts';
import { parseOid } from '../../../../src/people/oid.ts';
import { inventoryLine } from '../../../../src/steps/runner-credentials/rules/machines/inventory-line.ts';
import { judgeMachines } from '../../../../src/steps/runner-credentials/rules/machines/judge-machines.ts';
import { runnerCredentials } from '../../../../src/steps/runner-credentials/step.ts';
import { keptMachine, shaOf, type ToldToken, tellingOf, toldToken } from '../../../support/apps/kept-machine.ts';
import { fc } from '../../../support/properties.ts';

const mint = makeTokenMint();
const oid = parseOid(WORLD.leaver.oid);
const [ana] = WORLD.colleagues;
assert.ok(oid !== undefined && ana !== undefined);
const { tenantId } = WORLD;
const now = new Date('2026-11-23T10:00:00.000Z');
const AT = '2026-11-23T09:00:00.000Z';
const iss = `https://login.microsoftonline.com/${tenantId}/v2.0`;
const exp = now.getTime() / 1_000 + 3_600;
const account = { login: 'amoreau', id: 7, source: 'test', confidence: 'proved' as const };
const leaver = {
  ...{ oid, displayName: 'Alex Moreau', givenName: 'Alex', userPrincipalName: 'alex.moreau@corp.example' },
  ...{ github: [account], devops: [] },
};
const known: Known = { leaver, tenantId, credentials: [] };
const pat = mint.mint('github-classic');
const listed = (tokenLastEight: string): Known => ({
  ...known,
  credentials: [{ organisation: 'northwind', credentialId: 9, login: 'amoreau', ownerId: 7, tokenLastEight }],
});

const judge = (machines: readonly KeptMachine[], by = known): Finding[] => [
  ...judgeMachines(machines, by, ['Northwind'], now).findings,
];
/** Kind, severity, status and owner; whatever the situation, nobody acts on a machine’s word. */
const told = (findings: readonly Finding[]): string[] =>
  findings.map(({ kind, severity, status, evidence, remedy, restsOn }) => {
    assert.ok(remedy === undefined && restsOn === undefined, kind);
    return `${kind} ${severity} ${status} ${evidence.owner}`;
  });

interface Situation {
  readonly tokens: readonly ToldToken[];
  readonly machine?: Partial<KeptMachine['report']['machine']>;
  readonly by?: Known;
  readonly says: readonly string[];
}
const jwtOf = (claims: object, more: Partial<ToldToken> = {}) => toldToken(mint.jwt({ iss, exp, ...claims }), more);
const OPEN = 'token-on-machine critical manual-action leaver';
const LIKELY = 'token-on-machine high manual-action likely';
const MAYBE = 'token-on-machine medium manual-action unknown';
const NOBODYS = 'unowned-tokens medium manual-action unknown';

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

const finding = (evidence: Finding['evidence'], more: Partial<Finding> = {}): Finding => ({
  ...{ id: 'F-000000000001' as Finding['id'], step: 'runner-credentials', kind: 'token-in-variable' },
  ...{ title: 'The leaver’s token stands in variable X', severity: 'critical', status: 'awaiting-decision' },
  ...{ resource: { system: 'github', type: 'variable', id: 'northwind/app#X' }, reason: 'Why.', evidence },
  ...more,
});
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
