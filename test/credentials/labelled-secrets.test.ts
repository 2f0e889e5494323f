import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutLabelled } from '../../src/credentials/labelled-secrets.ts';

const HIDDEN = 'hunter2hunter2hunter2';

/** Forms in which a name says that what follows is secret. */
const CUT: readonly string[] = [
  `client_secret=${HIDDEN}`,
  `x-api-key=${HIDDEN}`,
  `AccountKey=${HIDDEN}`,
  `https://x.example/?sig=${HIDDEN}&a=b`,
  `https://x.example/?a=b&amp;code=${HIDDEN}`,
  `{"password": "${HIDDEN}"}`,
  `{\\"refresh_token\\":\\"${HIDDEN}\\"}`,
  `Authorization: Bearer ${HIDDEN}`,
  `Ocp-Apim-Subscription-Key: ${HIDDEN}`,
  `Cookie: ${HIDDEN}`,
  `https://user:${HIDDEN}@x.example/`,
  `https://${HIDDEN}@x.example/`,
];
for (const text of CUT) {
  test(`${text.slice(0, 28)}… is cut`, () => {
    const cut = cutLabelled(text, 'whole');
    assert.ok(!cut.includes(HIDDEN), cut);
    assert.ok(cut.includes('[redacted]'), cut);
    assert.equal(cutLabelled(cut, 'whole'), cut, 'once is enough');
  });
}

test('what may be a sentence is cut in logs alone', () => {
  for (const text of [`Bearer ${HIDDEN}`, `password: ${HIDDEN}`]) {
    assert.equal(cutLabelled(text, 'whole'), text);
    assert.ok(!cutLabelled(text, 'any').includes(HIDDEN), text);
  }
});

test('names of secrets without one, and addresses without a user, stay', () => {
  for (const text of [
    'The secret of the key vault',
    'https://x.example/path?a=b',
    'a token, and a password',
    'monkey=1',
    'no label',
  ])
    assert.equal(cutLabelled(text, 'any'), text);
});

test('what follows a label goes and the label stays, in whatever case somebody wrote it', () => {
  const [secret, cut] = ['hunter2-Tr0ub4dor-and-more', '[redacted]'];
  const situations: readonly (readonly [before: string, after: string])[] = [
    ['CLIENT_SECRET=', ' b'],
    ['a AccountKEY=', ';b'],
    ['https://x.example/?SIG=', '&a=b'],
    ['https://x.example/?a=b&amp;CODE=', ''],
    ['{"PassWord" : "', '", "a": 1}'],
    ['{\\"API_KEY\\":\\"', '\\"}'],
    ['AUTHORIZATION: BEARER ', ''],
    ['"Proxy-Authorization" = "Basic ', '"'],
    ['OCP-APIM-SUBSCRIPTION-KEY: ', ' b'],
    ['Set-Cookie: ', ''],
    ['HTTPS://user:', '@x.example/'],
    ['Postgres://', '@x.example/'],
  ];
  for (const [before, after] of situations)
    assert.equal(cutLabelled(before + secret + after, 'whole'), before + cut + after, before);
  for (const [before, after] of [
    ['sent BEARER ', ' to it'],
    ['basic ', ''],
    ['PASSWORD: ', ' b'],
    ["'Access-Token': '", "'"],
  ] as const) {
    assert.equal(cutLabelled(before + secret + after, 'any'), before + cut + after, before);
    assert.equal(cutLabelled(before + secret + after, 'whole'), before + secret + after, before);
  }
});
