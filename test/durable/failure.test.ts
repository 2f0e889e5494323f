import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import { makeTokenMint } from '../../local/tenant/seeds/token-mint.ts';
import { envelopeOf, FailureSchema, failureOf } from '../../src/durable/failure.ts';
import { ERRORS, OffboardingError } from '../../src/errors.ts';

test('what is said of an error holds no token, no stack, and is of a bounded length', () => {
  const token = makeTokenMint().mint('github-classic');
  const { code, message } = failureOf(new TypeError(`403 for ${token}`));
  assert.equal(code, 'unexpected');
  assert.match(message, /^TypeError: 403 for /);
  assert.ok(!message.includes(token) && !message.includes(' at '));
  assert.ok(failureOf(new Error('word '.repeat(10_000))).message.length < 1_100);
});

test('an error of the app keeps its code, and what is no error is said to be none', () => {
  const code = Object.keys(ERRORS).find((each) => each !== 'unexpected') as keyof typeof ERRORS;
  assert.equal(failureOf(new OffboardingError(code, 'It is so.')).code, code);
  for (const thrown of ['a secret', undefined, { token: 'x' }])
    assert.deepEqual(failureOf(thrown), { code: 'unexpected', message: 'a value that is not an Error was thrown' });
});

test('a result travels in an envelope: with its value, or with a failure, and nothing between', () => {
  const envelope = envelopeOf(z.strictObject({ n: z.number() }));
  const error = { code: 'unexpected', message: 'Error: x' };
  for (const good of [
    { ok: true, value: { n: 1 } },
    { ok: false, error },
  ])
    assert.deepEqual(envelope.parse(good), good);
  for (const bad of [
    { ok: true, error },
    { ok: false, value: { n: 1 } },
    { ok: true, value: { n: 'x' } },
    { value: 1 },
  ])
    assert.ok(!envelope.safeParse(bad).success, JSON.stringify(bad));
  assert.ok(!FailureSchema.safeParse({ code: 'no-such-code', message: 'x' }).success);
  assert.ok(!FailureSchema.safeParse({ ...error, stack: 'at' }).success);
});
