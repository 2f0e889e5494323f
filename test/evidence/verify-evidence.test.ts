import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import { pinnedKeyOf, publicKeyOf } from '../../src/evidence/public-key.ts';
import type { EvidenceFile, Verification } from '../../src/evidence/verification.ts';
import { verifyEvidence } from '../../src/evidence/verify-evidence.ts';
import { buildCase, CASE_ID, mintKey } from './build-case.ts';

const OTHER_CASE = '0e000000-0000-4000-8000-000000000002-1';
const ROOT = `cases/${CASE_ID}`;
const [key, next, stranger] = [await mintKey('k/1'), await mintKey('k/2'), await mintKey('k/3')];
const pinned = { keys: [{ thumbprint: key.thumbprint }] };
const three = await buildCase({ keys: [key, key, key] });

const codes = ({ faults }: Verification): string[] => [...new Set(faults.map(({ code }) => code))].sort();
const without = (files: readonly EvidenceFile[], name: string): EvidenceFile[] =>
  files.filter((file) => file.name !== `${ROOT}/${name}`);
const changed = (files: readonly EvidenceFile[], name: string, to: (text: string) => string): EvidenceFile[] =>
  files.map((file) =>
    file.name === `${ROOT}/${name}`
      ? { name: file.name, bytes: Buffer.from(to(Buffer.from(file.bytes).toString())) }
      : file,
  );
const swapped = (files: readonly EvidenceFile[], one: string, other: string): EvidenceFile[] =>
  files.map(({ name, bytes }) => {
    if (name === `${ROOT}/${one}`) return { name: `${ROOT}/${other}`, bytes };
    return name === `${ROOT}/${other}` ? { name: `${ROOT}/${one}`, bytes } : { name, bytes };
  });

test('evidence as it was filed is verified, by whichever name its folder is given', async () => {
  for (const files of [three, three.map(({ name, bytes }) => ({ name: name.slice(ROOT.length + 1), bytes }))]) {
    const { ok, verdict, caseId, revisions, signedBy, unsealed } = await verifyEvidence(files, pinned);
    assert.deepEqual(
      { ok, verdict, caseId, unsealed },
      { ok: true, verdict: 'verified', caseId: CASE_ID, unsealed: [] },
    );
    assert.deepEqual(
      revisions.map(({ revision, signature, files: sealed }) => ({ revision, signature, sealed })),
      [7, 8, 9].map((sealed, index) => ({ revision: index + 1, signature: 'valid', sealed })),
    );
    assert.deepEqual(signedBy, [{ thumbprint: key.thumbprint, keyid: 'k/1', pinned: true, revisions: [1, 2, 3] }]);
  }
});

const SITUATIONS: Readonly<Record<string, readonly [files: readonly EvidenceFile[], found: readonly string[]]>> = {
  'a byte of a report': [changed(three, 'report.json', (text) => text.replace('report', 'repurt')), ['changed-file']],
  'a byte more': [changed(three, 'plan.json', (text) => `${text} `), ['changed-file']],
  'a file that is gone': [without(three, 'before/R-1.json'), ['missing-file']],
  'a decision that is gone': [without(three, 'decisions/1/0123.json'), ['missing-file']],
  'a file that was put beside': [[...three, { name: `${ROOT}/plan-2.json`, bytes: Buffer.from('{}') }], ['extra-file']],
  'an action that was put beside': [
    [...three, { name: `${ROOT}/actions/R-2.json`, bytes: Buffer.from('{}') }],
    ['extra-file'],
  ],
  'the newest manifest': [
    changed(three, 'revision-3/manifest.json', (text) => text.replace('attention', 'clear')),
    ['signed-otherwise'],
  ],
  'a manifest in the middle': [
    changed(three, 'revision-2/manifest.json', (text) => text.replace('attention', 'clear')),
    ['broken-chain', 'signed-otherwise'],
  ],
  'a manifest that is none': [
    changed(three, 'revision-3/manifest.json', () => '{}'),
    ['extra-file', 'unreadable-manifest'],
  ],
  'a manifest that is gone': [without(three, 'manifest.json'), ['missing-revision']],
  'the newest manifest gone': [without(three, 'revision-3/manifest.json'), ['missing-revision']],
  'a revision that is gone': [three.filter(({ name }) => !name.includes('/revision-2/')), ['missing-revision']],
  'revisions in another order': [
    swapped(three, 'revision-2/manifest.json', 'revision-3/manifest.json'),
    ['signed-otherwise', 'wrong-revision'],
  ],
  'a signature of another revision': [
    swapped(three, 'revision-2/signature.dsse.json', 'revision-3/signature.dsse.json'),
    ['signed-otherwise'],
  ],
  'a signature that is gone': [without(three, 'revision-3/signature.dsse.json'), ['missing-signature']],
  'a signature in other words': [
    changed(three, 'signature.dsse.json', (text) => text.replace('{', '{ ')),
    ['unreadable-signature'],
  ],
  'a key that is none': [
    changed(three, `keys/${key.thumbprint}.jwk`, (text) => text.replace('EC', 'ec')),
    ['changed-file', 'missing-key'],
  ],
  'files of another case beside': [
    [...three, { name: `cases/${OTHER_CASE}/report.json`, bytes: Buffer.from('{}') }],
    ['other-case'],
  ],
  'a manifest of another case': [
    [
      ...without(three, 'manifest.json'),
      ...(await buildCase({ caseId: OTHER_CASE, keys: [key] })).flatMap(({ name, bytes }) =>
        name.endsWith('/manifest.json') ? [{ name: `${ROOT}/manifest.json`, bytes }] : [],
      ),
    ],
    ['broken-chain', 'extra-file', 'other-case', 'signed-otherwise'],
  ],
  'a version that is to come': [
    await buildCase({ keys: [undefined] }).then((files) =>
      changed(files, 'manifest.json', (text) => text.replace('"1.0"', '"2.0"')),
    ),
    ['unknown-version'],
  ],
  'everything forged, by another key': [await buildCase({ keys: [stranger, stranger] }), ['other-key']],
  nothing: [[], ['no-case']],
  'something else': [[{ name: 'readme.txt', bytes: Buffer.from('hello') }], ['no-case']],
};
for (const [what, [files, found]] of Object.entries(SITUATIONS))
  test(`found: ${what}`, async () => {
    const verified = await verifyEvidence(files, pinned);
    assert.deepEqual(codes(verified), found, JSON.stringify(verified.faults, undefined, 2));
    assert.equal(verified.verdict, 'altered');
    for (const { file, what, todo } of verified.faults)
      assert.ok(file !== '' && what.endsWith('.') && todo.endsWith('.'));
  });

test('without a key from elsewhere, a signature says that the files are of one hand, and not of whose', async () => {
  const forged = await verifyEvidence(await buildCase({ keys: [stranger] }));
  assert.equal(forged.verdict, 'not-pinned');
  assert.deepEqual(
    forged.signedBy.map(({ thumbprint, pinned }) => ({ thumbprint, pinned })),
    [{ thumbprint: stranger.thumbprint, pinned: false }],
  );
});

test('a case that was filed without a key agrees with itself and is not verified', async () => {
  const unsigned = await verifyEvidence(await buildCase({ keys: [undefined] }), pinned);
  assert.deepEqual([unsigned.verdict, unsigned.ok], ['unsigned', false], 'whoever names a key wants its word');
  // The first was filed before there was a key: the second vouches for it by its digest.
  const since = await buildCase({ keys: [undefined, key] });
  const verified = await verifyEvidence(since, pinned);
  assert.deepEqual(
    verified.revisions.map(({ signature }) => signature),
    ['none', 'valid'],
  );
  assert.equal(verified.verdict, 'verified');
  const altered = changed(since, 'manifest.json', (text) => text.replace('attention', 'clear'));
  assert.deepEqual(codes(await verifyEvidence(altered, pinned)), ['broken-chain']);
  // The newest is the one that counts.
  assert.equal((await verifyEvidence(await buildCase({ keys: [key, undefined] }), pinned)).verdict, 'unsigned');
});

test('a key that was rotated: each signature names its own, and both have to be pinned', async () => {
  const files = await buildCase({ keys: [key, next] });
  assert.deepEqual(codes(await verifyEvidence(files, pinned)), ['other-key']);
  const both = await verifyEvidence(files, { keys: [{ thumbprint: key.thumbprint }, { jwk: next.jwk }] });
  assert.equal(both.verdict, 'verified');
  assert.deepEqual(
    both.signedBy.map(({ keyid, revisions }) => [keyid, revisions]),
    [
      ['k/1', [1]],
      ['k/2', [2]],
    ],
  );
});

test('a key in hand verifies where none lies beside the case', async () => {
  const files = three.filter(({ name }) => !name.includes('/keys/'));
  assert.deepEqual(codes(await verifyEvidence(files, pinned)), ['missing-key']);
  assert.equal((await verifyEvidence(files, { keys: [{ jwk: key.jwk }] })).verdict, 'verified');
});

test('the newest revision left out is seen by whoever knows its digest, and by nobody else', async () => {
  const files = three.filter(({ name }) => !name.includes('/revision-3/') && !name.includes('/decisions/2/'));
  const blind = await verifyEvidence(files, pinned);
  assert.deepEqual([blind.verdict, blind.isNewestProved], ['verified', false]);
  const sha256 = (await verifyEvidence(three)).revisions.at(-1)?.sha256 ?? '';
  assert.deepEqual(codes(await verifyEvidence(files, { ...pinned, expect: sha256 })), ['not-the-newest']);
  const whole = await verifyEvidence(three, { ...pinned, expect: sha256 });
  assert.deepEqual([whole.verdict, whole.isNewestProved], ['verified', true]);
});

test('what no manifest names and may lie there is told, and is no fault', async () => {
  const files = [
    ...(await buildCase({ keys: [key, key], broken: [1, 2] })),
    { name: `${ROOT}/decisions/2/4567.json`, bytes: Buffer.from('{}') },
    { name: `${ROOT}/revision-3/steps/consent-1.json`, bytes: Buffer.from('{}') },
  ];
  const { verdict, unsealed } = await verifyEvidence(files, pinned);
  assert.equal(verdict, 'verified');
  assert.deepEqual(Object.fromEntries(unsealed.map(({ file, why }) => [file.slice(ROOT.length + 1), why])), {
    'report.json': 'An attempt that broke left it.',
    'revision-2/report.json': 'An attempt that broke left it.',
    'decisions/2/4567.json': 'No report rests on it, or not yet.',
    'revision-3/steps/consent-1.json': 'It belongs to a revision that is not filed yet.',
  });
});

test('a key is pinned as its thumbprint, as JWK or as PEM, and as nothing else', async () => {
  const pem = createPublicKey({ key: key.jwk as never, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  for (const given of [key.thumbprint, JSON.stringify(key.jwk), String(pem)])
    assert.equal((await verifyEvidence(three, { keys: [await pinnedKeyOf(`${given}\n`)] })).verdict, 'verified', given);
  const rsa = { kty: 'RSA', n: 'AQAB', e: 'AQAB' };
  for (const given of [
    '',
    'abc',
    '{}',
    JSON.stringify(rsa),
    '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
  ])
    await assert.rejects(pinnedKeyOf(given), /no key that signs evidence/);
  assert.equal(await publicKeyOf({ ...key.jwk, x: 'AAAA' }), undefined);
});
