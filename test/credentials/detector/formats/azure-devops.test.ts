import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  azureDevOpsChecksum,
  azureDevOpsLegacyToken,
  LEGACY_SEEDS,
} from '../../../../src/credentials/detector/checksums.ts';
import { AZURE_DEVOPS_FORMATS } from '../../../../src/credentials/detector/formats/azure-devops.ts';
import { drawing, found, isFound } from './found.ts';

const NEW = { type: 'azure-devops', holder: 'personal' } as const;
const OLD = { type: 'azure-devops-legacy', holder: 'personal' } as const;
const finds = (text: string) =>
  found(AZURE_DEVOPS_FORMATS, text).map(({ type, checksum, start, end }) => [type, checksum, start, end]);
const wrong = (token: string): string => token.slice(0, -1) + (token.endsWith('x') ? 'y' : 'x');

/** As Azure DevOps issues it, of these letters. */
const issued = (letters: string, behind = 'JQQJ99CIACAAAAAAAAAAAAAS'): string => {
  const first80 = `${letters}${behind}AZDO`;
  return first80 + azureDevOpsChecksum(first80);
};

test('a token is found by its checksum, wherever it stands, and from the first character of a text', () => {
  const token = drawing().mint.mint('azure-devops');
  isFound(AZURE_DEVOPS_FORMATS, token, { ...NEW, checksum: 'valid' });
  isFound(AZURE_DEVOPS_FORMATS, token, { ...NEW, checksum: 'valid' }, ['q', 'q']);
  isFound(AZURE_DEVOPS_FORMATS, wrong(token), { ...NEW, checksum: 'wrong' });
  assert.deepEqual(finds(token), [['azure-devops', 'valid', 0, 84]]);
  assert.deepEqual(finds(token.slice(1)), [], 'one character less is none');
  assert.deepEqual(finds(token.slice(0, -1)), []);
  assert.deepEqual(finds(token.replace('JQQJ', 'JQ-J')), [], 'letters and digits alone');
});

test('in a longer run a wrong checksum is chance, unless the marker stands before it', () => {
  const { letters } = drawing();
  const marked = wrong(issued(letters(52)));
  const unmarked = wrong(issued(letters(52), letters(24)));
  for (const around of [
    ['q', ' '],
    [' ', 'q'],
    ['7', '7'],
  ] as const) {
    isFound(AZURE_DEVOPS_FORMATS, marked, { ...NEW, checksum: 'none' }, around);
    assert.deepEqual(finds(around.join(unmarked)), [], JSON.stringify(around));
  }
  isFound(AZURE_DEVOPS_FORMATS, unmarked, { ...NEW, checksum: 'wrong' }, ['/', '-']);
});

test('what has few different letters, or says that it is an example, was never issued', () => {
  const few = (count: number): string => 'aB3dE5fG'.slice(0, count).repeat(52).slice(0, 52);
  assert.deepEqual(finds(issued(few(7))), []);
  assert.deepEqual(finds(issued(few(8))), [['azure-devops', 'valid', 0, 84]]);
  const example = `${drawing().letters(45)}EXAMPLE`;
  assert.deepEqual(finds(wrong(issued(example))), []);
  assert.deepEqual(finds(issued(example)), [['azure-devops', 'valid', 0, 84]], 'a checksum that is right is no chance');
});

test('an old token is found in any run of its letters, with whom its seed says that it belongs to', () => {
  const { bytes, mint } = drawing();
  const token = mint.mint('azure-devops-legacy');
  const service = azureDevOpsLegacyToken(bytes(32), LEGACY_SEEDS.service);
  for (const around of [
    ['X=', '\n'],
    ['abcdefghij', ' '],
    [' ', '234567'],
    ['', 'zzz'],
  ] as const) {
    isFound(AZURE_DEVOPS_FORMATS, token, { ...OLD, checksum: 'valid' }, around);
    isFound(AZURE_DEVOPS_FORMATS, service, { ...OLD, holder: 'service', checksum: 'valid' }, around);
  }
  assert.deepEqual(finds(`${token}${service}`), [
    ['azure-devops-legacy', 'valid', 0, 52],
    ['azure-devops-legacy', 'valid', 52, 104],
  ]);
});

test('an old token has eight different letters at the least, whatever stands in front of it', () => {
  const seen = new Set<number>();
  for (let byte = 0; byte < 256; byte += 1) {
    const token = azureDevOpsLegacyToken(Buffer.alloc(32).fill(byte, 0, 1), LEGACY_SEEDS.personal);
    const letters = new Set(token).size;
    seen.add(letters);
    for (const before of ['', 'bcdefghijklmnopr'])
      assert.equal(finds(before + token).length, letters >= 8 ? 1 : 0, `${letters} letters behind ${before.length}`);
  }
  assert.ok(seen.has(7) && seen.has(8));
});

test('without its checksum an old one is told by a name alone, in its exact length', () => {
  const run = 'bcdefghi234567'.repeat(4).slice(0, 51);
  const lookAlike = ['azure-devops-legacy', 'wrong'];
  for (const [before, after] of [
    ['AZDO_PAT=', '\n'],
    ['azure-devops-token: "', '"'],
    ['ADO = ', ''],
    ["vsts.password='", "'"],
  ] as const)
    for (const last of ['a', 'q'])
      assert.deepEqual(
        finds(`${before}${run}${last}${after}`),
        [[...lookAlike, before.length, before.length + 52]],
        `${before}${last}`,
      );
  for (const [what, text] of [
    ['no name', `digest=${run}a`],
    ['a name of something else behind it', `AZDO_PAT=x digest ${run}a`],
    ['another last letter', `AZDO_PAT=${run}b`],
    ['a letter behind it', `AZDO_PAT=${run}aZ`],
    ['one more', `AZDO_PAT=${run}aa`],
    ['an example', `AZDO_PAT=${'example'.repeat(2)}${run.slice(14)}a`],
    ['few letters', `AZDO_PAT=${'bcdefg'.repeat(9).slice(0, 51)}a`],
  ] as const)
    assert.deepEqual(finds(text), [], what);
});
