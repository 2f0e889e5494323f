import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../src/cases/finding.ts';
import { bandOf, countPeople } from '../../src/exposure/count-people.ts';
import type { Holding } from '../../src/exposure/holding.ts';
import { classOf, indexPaths } from '../../src/exposure/index-paths.ts';
import type { Oid } from '../../src/people/oid.ts';

const ANN = 'a1000000-0000-4000-8000-000000000001' as Oid;
const BEN = 'a1000000-0000-4000-8000-000000000002' as Oid;

const finding = (id: string, given: Partial<Finding> = {}): Finding =>
  ({
    ...{ id, step: 'runner-credentials', kind: 'deploy-key-of-leaver', title: id, severity: 'high', reason: 'r' },
    ...{ resource: { system: 'github', type: 'deploy-key', id }, status: 'manual-action', evidence: {} },
    ...given,
  }) as Finding;
const remedied = (id: string, risk: 'safe' | 'disruptive', status: Finding['status']): Finding =>
  finding(id, { status, remedy: { risk } as Finding['remedy'] } as Partial<Finding>);
const holding = (mark: string, given: Partial<Holding> = {}): Holding => ({
  ...{ owner: ANN, kind: 'deploy-key', marks: [mark], title: mark, where: `in ${mark}`, survives: true },
  ...{ why: 'w', todo: 't', findings: [finding(mark)] },
  ...given,
});
const pathsOf = (holdings: readonly Holding[], owner = ANN) => indexPaths(holdings, (all) => all).get(owner) ?? [];

test('a credential in two sources is one path, which names both places', () => {
  const listed = holding('sso acme/1', { kind: 'sso-credential', where: 'GitHub, organisation acme' });
  const found = holding('token 0a', {
    ...{ kind: 'token-in-repository', where: 'variable X of acme/app', marks: ['token 0a', 'sso acme/1'] },
  });
  const again = holding('token 0a', { kind: 'token-in-repository', where: 'variable Y of acme/app' });
  for (const order of [
    [listed, found, again],
    [again, listed, found],
    [found, again, listed],
  ]) {
    const [path, ...more] = pathsOf(order);
    assert.deepEqual([path?.kind, more.length], ['sso-credential', 0]);
    assert.equal(path?.where, 'GitHub, organisation acme; also variable X of acme/app; also variable Y of acme/app');
  }
});

test('two people who hold the same have a path each, with the same id, which says nothing of them', () => {
  const both = [holding('application 1'), holding('application 1', { owner: BEN })];
  assert.deepEqual(pathsOf(both), pathsOf(both, BEN));
  assert.equal(pathsOf(both).length, 1);
});

test('what is closed already is no path', () => {
  assert.deepEqual(pathsOf([holding('a', { findings: [finding('a', { status: 'nothing-to-do' })] })]), []);
});

test('how it would be ended is the plan’s own word, and code that declares it comes first', () => {
  const safe = remedied('a', 'safe', 'planned');
  const asked = remedied('b', 'disruptive', 'awaiting-decision');
  const byHand = remedied('c', 'disruptive', 'manual-action');
  const inFile = finding('d', { status: 'needs-code-change' });
  const declared = finding('e', { status: 'needs-code-change', kind: 'declared-in-terraform' });
  const cases = [
    [[safe], 'automatic'],
    [[safe, asked], 'approval'],
    [[byHand], 'human'],
    [[finding('f')], 'human'],
    [[inFile], 'code-change'],
    [[inFile, asked], 'approval'],
    [[safe, declared], 'code-change'],
  ] as const;
  for (const [findings, expected] of cases) assert.equal(classOf(findings), expected);
});

test('the firm’s own rule decides over the plan: what it makes stricter is stricter here', () => {
  const own = [holding('a', { findings: [remedied('a', 'safe', 'planned')] })];
  const stricter = indexPaths(own, (all) => all.map((each) => ({ ...each, status: 'manual-action' as const })));
  assert.equal(stricter.get(ANN)?.[0]?.remedy.class, 'human');
  assert.equal(pathsOf(own)[0]?.remedy.class, 'automatic');
});

test('people are counted by what survives, and a consent does not', () => {
  const grant = holding('grant 1', { kind: 'delegated-grant', survives: false });
  const { bands, kinds } = countPeople([pathsOf([grant, holding('key 1')]), pathsOf([grant]), []], true);
  assert.deepEqual(bands, { '0': 2, '1-2': 1, '3-5': 0, more: 0 });
  assert.deepEqual([kinds['deploy-key'], kinds['delegated-grant']], [1, 0]);
  assert.deepEqual([0, 1, 2, 3, 5, 6].map(bandOf), ['0', '1-2', '1-2', '3-5', '3-5', 'more']);
  assert.equal(countPeople([[]], false).bands['0'], undefined);
});

test('a path is told whole: by the first kind of its places, with how it is ended', () => {
  const seen = holding('token 0a', {
    ...{ kind: 'token-in-repository', marks: ['token 0a', 'sso acme/1'], where: 'b', title: 'Seen', survives: false },
    ...{ why: 'It stands there.', todo: 'Take it out.', link: 'https://seen.example' },
  });
  const listed = holding('sso acme/1', {
    ...{ kind: 'sso-credential', where: 'c', title: 'Listed', why: 'It works.', todo: 'Delete it.', command: 'gh x' },
    ...{ link: 'https://listed.example' },
  });
  const also = holding('token 0a', { kind: 'token-in-repository', where: 'a', survives: false });
  for (const order of [
    [seen, also, listed],
    [listed, also, seen],
  ])
    assert.deepEqual(
      pathsOf(order).map(({ id: _, ...rest }) => rest),
      [
        {
          ...{ kind: 'sso-credential', title: 'Listed', where: 'c; also a; also b', survives: true, why: 'It works.' },
          remedy: { class: 'human', todo: 'Delete it.', link: 'https://listed.example', command: 'gh x' },
        },
      ],
    );
  const [alone] = pathsOf([also]);
  assert.deepEqual(alone?.remedy, { class: 'human', todo: 't' });
  assert.deepEqual([alone?.survives, alone?.where], [false, 'a']);
  assert.match(alone?.id ?? '', /^X-[0-9a-f]{12}$/);
});

test('a path is the same by whichever of its marks it is seen, and another one without any of them', () => {
  const both = holding('a', { marks: ['b', 'a'] });
  assert.equal(pathsOf([both])[0]?.id, pathsOf([holding('a', { marks: ['a', 'b'] })])[0]?.id);
  assert.notEqual(pathsOf([both])[0]?.id, pathsOf([holding('c')])[0]?.id);
  assert.notEqual(pathsOf([both])[0]?.id, pathsOf([holding('a', { kind: 'schedule' })])[0]?.id);
  assert.equal(pathsOf([holding('a'), holding('b')]).length, 2);
  assert.equal(pathsOf([holding('a'), holding('b'), both]).length, 1, 'two that another one joins');
});

test('of what is seen only what the plan keeps open counts, and an owner is the same in capitals', () => {
  const own = holding('a', {
    owner: ANN.toUpperCase() as Oid,
    findings: [remedied('safe', 'safe', 'planned'), remedied('over', 'disruptive', 'nothing-to-do')],
  });
  assert.equal(pathsOf([own])[0]?.remedy.class, 'automatic', 'what is over asks for nothing');
  assert.deepEqual(indexPaths([own], () => []).get(ANN), [], 'what the plan leaves out is none');
});

test('who ends it is said by all of its findings together', () => {
  const safe = remedied('a', 'safe', 'planned');
  const stops = remedied('b', 'disruptive', 'planned');
  const [byHand, inFile] = [finding('f'), finding('d', { status: 'needs-code-change' })];
  const without = finding('g', { status: 'planned' });
  for (const [findings, expected] of [
    [[safe, safe], 'automatic'],
    [[safe, byHand], 'automatic'],
    [[stops], 'approval'],
    [[stops, safe], 'approval'],
    [[without], 'human'],
    [[byHand, inFile], 'code-change'],
    [[remedied('h', 'safe', 'done')], 'human'],
    [[], 'human'],
  ] as const)
    assert.equal(classOf(findings), expected, findings.map(({ id }) => id).join(' '));
});
