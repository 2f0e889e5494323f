import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as z from 'zod';
import { DecisionRefSchema } from '../../../src/cases/decisions/decision.ts';
import { ExceptionSchema } from '../../../src/cases/decisions/exception.ts';
import { AccountSchema } from '../../../src/cases/denied/person-returned.ts';
import { RestoreRefSchema, UndoneSchema } from '../../../src/cases/remedies/restore.ts';

/** What is kept elsewhere of a larger document: a field that is missing there is lost, and a strange one refuses the row. */
const KEPT: readonly (readonly [what: string, schema: z.ZodObject, fields: readonly string[]])[] = [
  ['a decision', DecisionRefSchema, ['n', 'by', 'at', 'emergency', 'file']],
  ['what somebody wants undone', RestoreRefSchema, ['n', 'revision', 'by', 'at', 'reason', 'whole', 'file']],
  [
    'what came of giving a thing back',
    UndoneSchema,
    ['findingId', 'remedyId', 'what', 'undo', 'result', 'at', 'requestId', 'why', 'readBack', 'before'],
  ],
  ['a person, as to whether they leave', AccountSchema, ['state', 'deletedAt', 'leaveAt', 'leaveAtUnread']],
];
for (const [what, schema, fields] of KEPT) {
  test(`of ${what} is kept: ${fields.join(', ')}`, () =>
    assert.deepEqual(Object.keys(schema.shape).sort(), [...fields].sort()));
}

test('the id of an exception is X- and twelve hexadecimal digits, and nothing before or behind it', () => {
  const isId = (text: string) => ExceptionSchema.shape.id.safeParse(text).success;
  assert.ok(isId('X-0123456789ab'));
  for (const other of ['aX-0123456789ab', 'X-0123456789abc', 'X-0123456789a', 'F-0123456789ab'])
    assert.ok(!isId(other), other);
});
