import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AZURE_FORMATS } from '../../../../src/credentials/detector/formats/azure.ts';
import { drawing, FAR, found, isFound } from './found.ts';

const finds = (text: string) =>
  found(AZURE_FORMATS, text).map(({ type, start, end }) => [type, text.slice(start, end)]);

test('a client secret is found exactly where it begins', () => {
  const { letters } = drawing();
  const secret = `a~.8Q~${letters(34)}`;
  isFound(AZURE_FORMATS, secret, { type: 'entra-client-secret', holder: 'service', checksum: 'none', sure: 37 });
  const shortest = `xQ~8Q~${letters(31)}`;
  assert.deepEqual(finds(`!!!${shortest}`), [['entra-client-secret', shortest]], 'another mark in front of its own');
  for (const text of [`8Q~${letters(34)}`, `a~.8Q~${letters(30)}`, `a~.xQ~${letters(34)}`, `a~.8Q~${'x'.repeat(34)}`])
    assert.deepEqual(finds(text), [], text);
});

test('a refresh token is a person’s, with or without the kind of its client and its last part', () => {
  const { letters } = drawing();
  const [head, part, last] = [`A${letters(60)}`, `Ag${letters(300)}`, `A${letters(80)}`];
  const expected = { type: 'entra-refresh', holder: 'personal', checksum: 'none' } as const;
  for (const token of [`0.${head}.${part}`, `1.${head}.${part}.${last}`, `1.${head}.1.${part}.${last}`])
    isFound(AZURE_FORMATS, token, { ...expected, sure: token.indexOf('.Ag') + 63 });
  for (const [what, text] of [
    ['no head', ` .${part}`],
    ['a head that does not touch it', `0.${head} .${part}`],
    ['a part that is too short', `0.${head}.Ag${letters(20)}`],
    ['a part that is too short, and another', `0.${head}.Agx .${part}`],
    ['an example', `0.${head}.Ag${'x'.repeat(300)}`],
  ] as const)
    assert.deepEqual(finds(text), [], what);
});

test('a signature counts with a version and an end beside it, in whatever order', () => {
  const { bytes } = drawing();
  const sig = `sig=${encodeURIComponent(bytes(32).toString('base64'))}`;
  const expected = { type: 'azure-sas', holder: 'service', checksum: 'none' } as const;
  for (const around of [
    ['https://a.blob.example/c?sv=1&se=2&', ''],
    ['', '&sv=1&se=2 and more'],
    ['sv=1&', '&se=2'],
    ['<url>?se=2&amp;', '&amp;sv=1</url>'],
    ['"sv=1&si=policy&', '"'],
  ] as const)
    isFound(AZURE_FORMATS, sig, expected, around);
  for (const text of [
    sig,
    `sv=1&${sig}`,
    `se=2&${sig}`,
    `sv=1&se=2 ${sig}`,
    `sv=1&se=2"${sig}`,
    `sv=1&${sig} se=2`,
    `sv=1&${sig}>&se=2`,
    `${sig}"&sv=1&se=2`,
    `csv=1&use=2&${sig}`,
    `sv=1&se=2&sig=short`,
    `sv=1&se=2&sig=short&x&${sig.slice(0, 30)}`,
    `sv=1&se=2&sig=${'x'.repeat(50)}`,
    `sv=1&se=2&${'x=y&'.repeat(200)}${sig}`,
  ])
    assert.deepEqual(finds(text), [], text);
  assert.deepEqual(finds(`sv=1&se=2&sig=!&${sig}`).length, 1, 'the one behind one that is none');
});

test('a delegation names who signed it, and the tenant where it says so', () => {
  const { bytes } = drawing();
  const sig = `sig=${encodeURIComponent(bytes(32).toString('base64'))}`;
  const expected = { type: 'azure-sas', holder: 'unknown', checksum: 'none' } as const;
  isFound(AZURE_FORMATS, sig, { ...expected, claims: { oid: 'o' } }, ['?skoid=o&sv=1&se=2&', '']);
  isFound(AZURE_FORMATS, sig, { ...expected, claims: { oid: 'o', tid: 't' } }, ['?sv=1&se=2&', '&sktid=t&skoid=o']);
});

test('a storage key is told by its mark anywhere in a run, by a name only where it is the whole run', () => {
  const { bytes } = drawing();
  const key = bytes(64).toString('base64').replaceAll(/[+/]/g, 'a');
  const marked = `${key.slice(0, 76)}+ASt${key.slice(80)}`;
  const expected = { type: 'azure-storage-key', holder: 'service', checksum: 'none' } as const;
  isFound(AZURE_FORMATS, marked, expected);
  isFound(AZURE_FORMATS, marked, expected, ['abc', ' ']);
  for (const name of [
    'AccountKey=',
    'ACCOUNTKEY: "',
    'storage_key = ',
    "'queue-key' => '",
    'AZURE_STORAGE_ACCESS_KEY=',
  ])
    isFound(AZURE_FORMATS, key, expected, [name, ';']);
  for (const [what, text] of [
    ['no name', `digest=${key}`],
    ['a name that does not touch it', `AccountKey=x; digest ${key}`],
    ['a longer run behind a name', `AccountKey=x${key}`],
    ['no padding', `AccountKey=${key.slice(0, -2)}`],
    ['padding of one', `AccountKey=${key.slice(0, -1)};`],
    ['letters of the other alphabet', `AccountKey=-${key.slice(1)}`],
    ['an example', `AccountKey=${'x'.repeat(86)}==`],
  ] as const)
    assert.deepEqual(finds(text), [], what);
});

test('keys of connection strings and of the gateway are told by their names', () => {
  const { bytes, hex } = drawing();
  const shared = bytes(32).toString('base64');
  const expected = { type: 'azure-shared-access-key', holder: 'service', checksum: 'none' } as const;
  isFound(AZURE_FORMATS, shared, expected, ['Endpoint=sb://x/;SharedAccessKey=', ';EntityPath=y']);
  for (const text of [`SharedAccessKey=${shared.slice(1)}`, `SharedAccessKey=${'x'.repeat(43)}=`, `Key=${shared}`])
    assert.deepEqual(finds(text), [], text);

  const key = hex(32);
  const gateways = { type: 'azure-api-management-key', holder: 'unknown', checksum: 'none' } as const;
  for (const around of [
    ['Ocp-Apim-Subscription-Key: ', '\r\n'],
    ['?subscription-key=', '&x=y'],
    ['"APIM_KEY" => "', '" and more'],
  ] as const)
    isFound(AZURE_FORMATS, key, gateways, around);
  for (const text of [
    `subscription-key=${key}Z`,
    `subscription-key=${key}0`,
    `subscription-key=${key.slice(1)}`,
    `subscription-key=x md5=${key}`,
    `subscription-key=${'a'.repeat(32)}`,
    `${FAR}md5=${key}`,
  ])
    assert.deepEqual(finds(text), [], text.slice(-60));
});
