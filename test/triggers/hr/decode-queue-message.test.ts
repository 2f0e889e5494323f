import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeQueueMessage } from '../../../src/triggers/hr/decode-queue-message.ts';
import { fc } from '../../support/properties.ts';

const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');

test('every document comes out of plain text and out of base64, and parsed as the worker gives it', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (sent) => {
      const text = JSON.stringify(sent);
      const value: unknown = JSON.parse(text);
      for (const received of [value, text, `\uFEFF${text}`, base64(text), base64(`\uFEFF${text}`)])
        assert.deepEqual(decodeQueueMessage(received), { kind: 'json', value });
    }),
  );
});

test('what is neither is told, and not guessed at', () => {
  const odd = ['', 'plain text', '{ broken', base64('no json'), base64(new Uint8Array([0xff, 0xfe])), 'eyJhIjoxfQ'];
  for (const received of odd) assert.equal(decodeQueueMessage(received).kind, 'undecodable', received);
});
