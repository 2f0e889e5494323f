import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  azureDevOpsChecksum,
  azureDevOpsLegacyHolder,
  azureDevOpsLegacyToken,
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
