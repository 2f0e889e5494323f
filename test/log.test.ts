import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERRORS } from '../src/errors.ts';
import { logOf } from '../src/log.ts';
import { logSnapshot } from './support/snapshot/log.ts';

test('an error with a code says what to do, and no secret', () => {
  const lines: string[] = [];
  const say = (line: unknown): void => void lines.push(String(line));
  const log = logOf({ info: say, warn: say, error: say });
  log.error('the case is on hold', { code: 'case-on-hold', onHold: 'x' });
  log.error('something else', { code: 'ECONNRESET' });
  log.warn('the case is on hold', { code: 'case-on-hold' });
  assert.ok(lines[0]?.includes(ERRORS['case-on-hold'].todo));
  assert.doesNotMatch(`${lines[1]} ${lines[2]}`, /todo/);
});

test('every error that the app writes into its log has a code, by which docs/errors.md says what to do', () => {
  const errors = logSnapshot()
    .split('\n')
    .filter((line) => line.includes('"error: '));
  assert.ok(errors.length > 20);
  assert.deepEqual(
    errors.filter((line) => !/[{ ]code[,}]/.test(line)),
    [],
  );
});
