import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  azureDevOpsChecksum,
  azureDevOpsLegacyHolder,
  azureDevOpsLegacyToken,
  checksummedLength,
  githubChecksum,
  LEGACY_SEEDS,
} from '../../../src/credentials/detector/checksums.ts';
import { marvin32 } from '../../../src/credentials/detector/marvin32.ts';

test('Marvin hashes its published self-test to the published value', () => {
  assert.equal(marvin32(Buffer.from('abc'), 0xd53c_d9ce_cd08_93b7n), 0x6be0_2a86);
});

test('a GitHub checksum is the CRC-32 of the entropy in base62, padded on the left', () => {
  assert.equal(githubChecksum(['vEwaBnV7ucIT2bq', 'NC3cbTSf8UIDbul'].join('')), '3tV0vK');
  assert.equal(githubChecksum(['5zGWicy5oxlzWS5', 'WMkcgCFK60pNq2E'].join('')), '00cygT');
});

test('an Azure DevOps checksum is byte-swapped Marvin in base62, cut to four', () => {
  const random = ['2vdaR5ohz8BWTg62b1XMPSA2VC', 'NMb5mJ0bgFQDeC0BuzmdxGzv2x'].join('');
  assert.equal(azureDevOpsChecksum(`${random}JQQJ99CIACAAAAAAAAAAAAASAZDO`), 'BkFS');
});

test('the seed of a legacy Azure DevOps token tells whether a person or an application holds it', () => {
  const vector = ['54habvjnaxgwmec4bhujg4qbdp', '2uiqeurqnyp6ubqrvbw2deiavq'].join('');
  assert.equal(azureDevOpsLegacyHolder(vector), 'personal');
  assert.equal(azureDevOpsLegacyHolder(vector.replace('5', '6')), undefined);
  const bytes = Buffer.alloc(32, 0xa7);
  assert.equal(azureDevOpsLegacyHolder(azureDevOpsLegacyToken(bytes, LEGACY_SEEDS.service)), 'service');
  assert.equal(azureDevOpsLegacyHolder(azureDevOpsLegacyToken(bytes, LEGACY_SEEDS.personal)), 'personal');
});

test('a legacy token has its checksum in four of its bytes, and every other byte is under it', () => {
  const bytes = Buffer.from([...Array(32).keys()].map((at) => (at * 37 + 11) % 256));
  const token = azureDevOpsLegacyToken(bytes, LEGACY_SEEDS.personal);
  assert.match(token, /^[a-z2-7]{51}[aq]$/);
  const again = azureDevOpsLegacyToken(Buffer.from(bytes).fill(0xff, 7, 9), LEGACY_SEEDS.personal);
  assert.equal(again, token, 'what stood in the place of the checksum is gone');
  const letters = 'abcdefghijklmnopqrstuvwxyz234567';
  for (let at = 0; at < 51; at += 1) {
    const other = letters.charAt((letters.indexOf(token.charAt(at)) + 5) % 32);
    const changed = token.slice(0, at) + other + token.slice(at + 1);
    assert.equal(azureDevOpsLegacyHolder(changed), undefined, `letter ${at}`);
  }
});

test('a run ends with a checksum at its published length, else at the farthest place, or nowhere', () => {
  const letters = ['vEwaBnV7ucIT2bq', 'NC3cbTSf8UIDbul'].join('');
  const published = letters + githubChecksum(letters);
  assert.equal(checksummedLength(published, 36), 36);
  assert.equal(checksummedLength(`${published}andMore`, 36), 36);
  const longer = published + githubChecksum(published);
  assert.equal(checksummedLength(longer, 36), 36, 'the published length comes first');
  assert.equal(checksummedLength(longer, 40), 42);
  assert.equal(checksummedLength(`${longer}x`, 37), 42);
  const twice = longer + githubChecksum(longer);
  assert.equal(checksummedLength(`${twice}7`, 37), 48, 'the farthest');
  assert.equal(checksummedLength(published, 37), undefined, 'shorter than published');
  for (const text of ['', 'aB3', letters, `${letters}000000`, published.toLowerCase()])
    assert.equal(checksummedLength(text, 1), undefined, text);
});
