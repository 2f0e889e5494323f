import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PolicyParts, sectionOf, type WrittenPolicy } from '../../../src/posture/gateway-policy/flow.ts';

const PARTS: PolicyParts = { fragments: new Map(), namedValues: new Map() };
const written = (of: string, inbound: string): WrittenPolicy => ({
  ...{ id: of, of, text: `<policies><inbound>${inbound}</inbound></policies>` },
});
const names = (chain: readonly WrittenPolicy[], parts: PolicyParts = PARTS): readonly string[] =>
  sectionOf('inbound', chain, parts).map(({ name, text }) => (name === '#unread' ? `unread: ${text?.text}` : name));
const SERVICE = written('the service', '<cors />');

test('a base is what stands above, in its place; without one nothing of it is run', () => {
  const situations: readonly (readonly [string, readonly WrittenPolicy[], readonly string[]])[] = [
    ['base in the middle', [written('API', '<a /><base /><b />'), SERVICE], ['a', 'cors', 'b']],
    ['no base', [written('API', '<a />'), SERVICE], ['a']],
    ['no policy at that place', [{ id: 'x', of: 'operation' }, SERVICE], ['cors']],
    ['a policy without the section', [{ id: 'x', of: 'API', text: '<policies />' }, SERVICE], []],
    ['base of base', [written('op', '<base />'), written('API', '<base /><b />'), SERVICE], ['cors', 'b']],
    ['nothing at all', [], []],
  ];
  for (const [what, chain, expected] of situations) assert.deepEqual(names(chain), expected, what);
});

test('a base within a branch stands within it', () => {
  const [choose] = sectionOf(
    'inbound',
    [written('API', '<choose><when condition="@(true)"><base /></when></choose>'), SERVICE],
    PARTS,
  );
  assert.deepEqual(
    choose?.children[0]?.children.map(({ name }) => name),
    ['cors'],
  );
});

const fragment = (text: string): WrittenPolicy => ({ id: 'f', of: 'fragment checks', text });
const withFragments = (more: Readonly<Record<string, WrittenPolicy>>, partly?: true): PolicyParts => ({
  ...PARTS,
  fragments: new Map(Object.entries(more)),
  ...(partly && { partly }),
});
const INCLUDE = written('API', '<include-fragment fragment-id="Checks" />');

test('a fragment is put in by its id in any case, and one that is not there is said to be missing', () => {
  assert.deepEqual(names([INCLUDE], withFragments({ checks: fragment('<fragment><a /><b /></fragment>') })), [
    'a',
    'b',
  ]);
  assert.match(names([INCLUDE])[0] ?? '', /^unread: .*the fragment Checks, which is not there/);
  assert.deepEqual(names([INCLUDE], withFragments({}, true)), ['unread: '], 'of half a list a gap says so');
  assert.deepEqual(names([INCLUDE], withFragments({ checks: { id: 'f', of: 'f', unread: true } })), ['unread: ']);
  const loop = fragment('<fragment><include-fragment fragment-id="checks" /></fragment>');
  assert.match(names([INCLUDE], withFragments({ checks: loop })).join(), /fragments within fragments/);
  assert.deepEqual(names([INCLUDE], withFragments({ checks: fragment('<fragment><a /></fragment>') }, true)), ['a']);
  const broken = names([INCLUDE], withFragments({ checks: fragment('<fragment>') }));
  assert.match(broken.join(), /^unread: The policy of fragment checks holds no XML/);
  const nameless = names([written('API', '<include-fragment />')]);
  assert.deepEqual(nameless, [
    'unread: The policy of API holds the fragment , which is not there, which the app cannot read.',
  ]);
});

test('fragments stand in fragments four deep, and with the base of the policy that begins with them', () => {
  const deep = (last: number): PolicyParts =>
    withFragments(
      Object.fromEntries(
        Array.from({ length: last }, (_, at) => [
          at === 0 ? 'checks' : `f${at}`,
          fragment(
            `<fragment>${at === last - 1 ? '<base />' : `<include-fragment fragment-id="f${at + 1}" />`}</fragment>`,
          ),
        ]),
      ),
    );
  assert.deepEqual(names([INCLUDE, SERVICE], deep(4)), ['cors']);
  assert.match(names([INCLUDE, SERVICE], deep(5)).join(), /fragments within fragments/);
});

test('what cannot be read is said, and never left out', () => {
  const odd: readonly (readonly [string, WrittenPolicy, RegExp])[] = [
    ['its reading failed', { id: 'x', of: 'API', unread: true }, /^unread: $/],
    ['no XML', { id: 'x', of: 'API', text: '<policies><inbound></policies>' }, /API holds no XML/],
    ['another root', { id: 'x', of: 'API', text: '<inbound />' }, /no <policies>/],
    [
      'two sections',
      { id: 'x', of: 'API', text: '<policies><inbound /><inbound /></policies>' },
      /more than one <inbound>/,
    ],
    ['text among policies', written('API', '{{checks}}'), /text among policies/],
    ['text of what holds no policies', written('API', '<set-body>{{checks}}</set-body>'), /^set-body$/],
  ];
  for (const [what, policy, said] of odd) assert.match(names([policy, SERVICE]).join(), said, what);
});

test('a named value is put in, unless it could end a text or is not known', () => {
  const namedValues = new Map([
    ['limit', '50'],
    ['evil', '"/><x a="'],
  ]);
  const value = (name: string) =>
    sectionOf('inbound', [written('API', `<a b="{{${name}}}" />`)], { ...PARTS, namedValues })[0]?.attributes.b?.text;
  assert.deepEqual(['limit', ' limit ', 'evil', 'secret'].map(value), ['50', '50', '{{evil}}', '{{secret}}']);
});
