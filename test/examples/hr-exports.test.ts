import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { messagesOf } from '../../docs/examples/hr/messages-from-export.ts';
import { readHrMessage } from '../../src/triggers/hr/read-hr-message.ts';

const folder = path.join(import.meta.dirname, '../../docs/examples/hr');
const ISSUED = '2026-11-23T09:00:00Z';
const SETTINGS = { BUSINESS_TIME_ZONE: 'UTC', LAST_DAY_ENDS: '18:00' };
const of = (kind: string, issuedAt = ISSUED): object[] =>
  messagesOf(kind, readFileSync(path.join(folder, `${kind}.csv`), 'utf8'), issuedAt, 'Europe/Berlin');

for (const kind of ['personio', 'workday', 'successfactors'])
  test(`an export of ${kind} becomes messages that are read, each of the person and the day in its row`, () => {
    const read = of(kind).map((message) => readHrMessage(message, new Date(ISSUED), SETTINGS));
    assert.deepEqual(
      read.map((each) => (each.kind === 'notice' ? [each.notice.person, each.notice.leaving] : each.faults)),
      [
        [
          { mail: 'alex.moreau@northwind-capital.example', employeeId: '00471' },
          { lastDay: '2026-12-31', timeOfDay: '18:00', zone: 'Europe/Berlin' },
        ],
        [
          { mail: 'ben.okafor@northwind-capital.example', employeeId: '00502' },
          { lastDay: '2027-01-15', timeOfDay: '18:00', zone: 'Europe/Berlin' },
        ],
      ],
    );
  });

test('the same export again is the same messages, another one is others about the same leavings', () => {
  const ids = (messages: object[], member: string): unknown[] => messages.map((each) => Reflect.get(each, member));
  assert.deepEqual(of('workday'), of('workday'));
  const later = of('workday', '2026-11-24T09:00:00Z');
  assert.deepEqual(ids(later, 'leavingId'), ids(of('workday'), 'leavingId'));
  assert.notDeepEqual(ids(later, 'messageId'), ids(of('workday'), 'messageId'));
});

test('a row without a day, or with one in another notation, stops the export', () => {
  const head = 'Employee_ID,Worker,Work_Email,Termination_Date,Last_Day_of_Work,Primary_Termination_Reason';
  for (const day of ['', '12/31/2026', '2026-12-31T22:00:00Z'])
    assert.throws(() => messagesOf('workday', `${head}\n1,x,a@b.example,,${day},x`, ISSUED, 'UTC'), /column|notation/);
});
