import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { fc } from '../../support/properties.ts';

const mint = makeTokenMint();
/** What people paste where it does not belong; well formed and worthless. */
export const SECRETS = (['github-classic', 'github-fine-grained', 'jwt', 'npm', 'entra-client-secret'] as const).map(
  (kind) => mint.mint(kind),
);

/** Texts that end a literal, open a clause or climb out of a folder, where somebody forgot to quote. */
const INJECTIONS = [
  "' or 1 eq 1 or '",
  "') or startswith(userPrincipalName,'",
  "x') or (PartitionKey ne '",
  "smtp:a') or otherMails/any(p:p eq 'b",
  "'';--",
  "'",
  "''",
  "\\'",
  '"',
  '""""',
  'ab" OR "displayName:',
  'ab\\" AND "mail:a',
  'ab" AND (',
  '\\\\',
  '| union * | where 1 == 1 //',
  '&$filter=accountEnabled eq true',
  '?$top=1#',
  '%27%20or%201%20eq%201',
  '../../evidence',
  '..%2f..%2fcases',
  '/users/me',
  '$batch',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '\r\nx-injected: yes',
];

const ODD_TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\uFEFF',
  '\u202Eevil\u202C',
  'שלום עולם',
  'مرحبا',
  '𝔘𝔫𝔦𝔠𝔬𝔡𝔢',
  '👩‍👩‍👧‍👦',
  'é',
  'İıſK',
  '\ud800',
  'a\udc00b',
  'null',
  'NaN',
  '-0',
  '1e999',
  '9007199254740993',
  '0000-01-01',
  '9999-12-31',
  '2026-02-30',
  '0000-01-01T00:00:00+23:59',
  '9999-12-31T23:59:59-23:59',
  '2026-11-29T12:00Z',
  '24:00',
  '+01:00',
  '-23:59',
  'EST5EDT',
  'Etc/GMT+12',
  'europe/berlin',
  'x'.repeat(200),
  'x'.repeat(201),
  'x'.repeat(32_769),
  '👩'.repeat(100),
  'a@'.repeat(50),
];

/** Names that mean something to JavaScript. */
export const PROTOTYPE_NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then'];

/** Any text, among them those that are no Unicode. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...INJECTIONS) },
  { weight: 3, arbitrary: fc.constantFrom(...ODD_TEXTS, ...PROTOTYPE_NAMES) },
  { weight: 1, arbitrary: fc.constantFrom(...SECRETS, ...SECRETS.map((secret) => `Bearer ${secret}`)) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.array(fc.nat(0xffff), { maxLength: 20 }).map((units) => String.fromCharCode(...units)),
  },
);

/** Any value of JSON. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: oddText },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e308, [], {}, [[]], [null], '1') },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.nat(3_000).map(nested) },
  { weight: 1, arbitrary: fc.constantFrom(...PROTOTYPE_NAMES).map((name) => withMember({}, name, { admin: true })) },
);

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** A copy with a member of its own, also where it is called `__proto__`. */
export function withMember(object: object, name: string, value: unknown): object {
  return Object.fromEntries([...Object.entries(object), [name, value]]);
}
