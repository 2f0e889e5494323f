import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ownership } from '../../../../src/credentials/ownership.ts';
import { judged } from '../../../../src/steps/runner-credentials/rules/tokens/token-judgement.ts';
import { LEAVERS, LIKELY, POINTING, UNKNOWN } from '../tokens-world.ts';

const QUESTION = (why: string) => ({
  title: 'A token whose owner cannot be told',
  severity: 'medium',
  reason: `It may be the leaver’s: ${why}. Ask the team that uses it whose it is; the issuer’s audit log knows it by its digest (GitHub: hashed_token).`,
});
const service = (inLeaversHands: boolean): Ownership => ({
  ...{ owner: 'service', inLeaversHands, reasons: ['a sign', 'another'] },
});

const JUDGED: readonly (readonly [ownership: Ownership, judgement: object])[] = [
  [
    LEAVERS,
    {
      ...{ title: 'The leaver’s token', severity: 'critical' },
      reason: 'Whoever runs a job there acts as the leaver: it names them.',
    },
  ],
  [
    LIKELY,
    {
      ...{ title: 'A token that is likely the leaver’s', severity: 'high' },
      reason: 'Nothing proves whose it is, but it points to the leaver: a sign.',
    },
  ],
  [UNKNOWN, QUESTION('nothing')],
  [POINTING, QUESTION('a weak sign')],
  [
    { owner: 'someone-else', whom: 'ana', reasons: ['it names ana'] },
    {
      ...{ title: 'A token of ana', severity: 'info', closed: true },
      reason: 'It is not the leaver’s: it names ana. Its owner should know that it can be read there.',
    },
  ],
  [
    service(true),
    {
      ...{ title: 'A service’s token that the leaver could read', severity: 'high' },
      reason: 'The leaver may have kept it: a sign; another.',
    },
  ],
  [
    service(false),
    {
      ...{ title: 'A service’s token', severity: 'info', closed: true },
      reason: 'It acts as no person. It can be read there, so a secret would be its place.',
    },
  ],
];
for (const [ownership, judgement] of JUDGED) {
  test(`whose a token is, in words: ${JSON.stringify(ownership)}`, () => {
    assert.deepEqual(judged(ownership, {}), judgement);
  });
}
