import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toolCallEvent } from '../../../local/tenant/event-hub/gateway.ts';
import type { DeadLetterFile } from '../../../src/ingestion/dead-letter.ts';
import { deadLettersOf } from '../../../src/ingestion/dead-letter.ts';
import { sortBatch } from '../../../src/ingestion/sort-batch.ts';
import { coverageOfDeadLetters } from '../../../src/steps/activity-audit/rules/dead-letter-calls.ts';

const oid = '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35';
const related = '9a1b2c3d-0000-4000-8000-00000000aa01';
const other = '11111111-2222-4333-8444-555555555555';
const NIL = '00000000-0000-0000-0000-000000000000';
const UPN = 'alex@x.example';
const audited = { oid, userPrincipalName: 'Alex@X.example', relatedOids: [related] };

/** One call as a dead letter of each kind: one that was no call by the rules, and one that could not be uploaded. */
function lettersOf(call: Record<string, unknown>): DeadLetterFile[] {
  return [{ latency_ms: -1 }, {}].flatMap((more) => {
    const event = JSON.stringify(toolCallEvent({ caller_upn: '', ...call, ...more }));
    const batch = sortBatch([{ body: Buffer.from(event), sequenceNumber: 1, enqueuedAt: '2026-11-23T12:00:00Z' }]);
    const rows = batch.accepted.map(({ row }) => row);
    return deadLettersOf('0', batch, {
      tooLarge: [],
      notUploaded: rows.length === 0 ? [] : [{ rows, reason: 'no role' }],
    });
  });
}

const WHOSE: readonly (readonly [string, Record<string, unknown>, RegExp | undefined])[] = [
  ['the leaver’s id', { caller_oid: oid }, /^2 tool calls of theirs/],
  ['an identity that trusted the leaver', { caller_oid: related }, /^2 tool calls of theirs/],
  ['the leaver’s name without an id', { caller_oid: '', caller_upn: UPN.toUpperCase() }, /^2 tool calls of theirs/],
  ['the leaver’s name with the nil id', { caller_oid: NIL, caller_upn: UPN }, /^2 tool calls of theirs/],
  ['somebody else’s id', { caller_oid: other }, undefined],
  ['nobody, refused for want of a token', { caller_oid: '', response_status: 401 }, undefined],
  ['nobody, let through', { caller_oid: '' }, /^2 dead letters do not tell whose/],
  ['nobody, refused for another reason', { caller_oid: '', response_status: 403 }, /^2 dead letters do not tell whose/],
  ['the nil id', { caller_oid: NIL }, /^2 dead letters do not tell whose/],
  [
    'another’s name without an id',
    { caller_oid: '', caller_upn: 'user-1@x.example' },
    /^2 dead letters do not tell whose/,
  ],
];
for (const [whom, call, expected] of WHOSE) {
  test(`a dead letter that names ${whom} is ${expected === undefined ? 'no gap' : 'a gap'}`, () => {
    const line = coverageOfDeadLetters(lettersOf(call), 0, audited);
    if (expected === undefined) assert.equal(line, undefined);
    else assert.match(line?.detail ?? '', expected);
  });
}

/** A file of each kind that names somebody as given, and of which nothing was read but that. */
const rejected = (fields: object | undefined): DeadLetterFile =>
  ({ schemaVersion: 1, kind: 'rejected', partition: '0', events: [fields === undefined ? {} : { fields }] }) as never;

const WRITTEN: readonly (readonly [what: string, fields: object | undefined, own: 'own' | 'other' | 'unknown'])[] = [
  ['an id in braces and capitals', { caller_oid: ` {${oid.toUpperCase()}} ` }, 'own'],
  ['more than an id', { caller_oid: `${oid}0` }, 'unknown'],
  ['an id behind something', { caller_oid: `x${oid}` }, 'unknown'],
  ['no text for an id', { caller_oid: 7 }, 'unknown'],
  ['no id at all, and the leaver’s name', { caller_upn: UPN }, 'unknown'],
  ['nothing that could be read', undefined, 'unknown'],
  ['an empty id and an empty name', { caller_oid: '', caller_upn: '', response_status: 200 }, 'unknown'],
  ['an empty id and a name that is no text', { caller_oid: '', caller_upn: 7, response_status: 401 }, 'other'],
];
for (const [what, fields, own] of WRITTEN) {
  test(`a dead letter with ${what} is ${own === 'other' ? 'another’s' : own}`, () => {
    const line = coverageOfDeadLetters([rejected(fields)], 0, audited);
    if (own === 'other') return assert.equal(line, undefined);
    assert.match(line?.detail ?? '', own === 'own' ? /^1 tool call of theirs/ : /^1 dead letter does not tell whose/);
    assert.deepEqual(
      [line?.source, line?.state, line?.looked],
      ['dead-letter/tool-calls', 'partial', { count: 1, unit: 'dead letters' }],
    );
  });
}

test('each lack is told by itself, and what is none is not told', () => {
  const [own, unknown] = [rejected({ caller_oid: oid }), rejected({})];
  const said = (...given: readonly [files: DeadLetterFile[], unread: number, gone: number]) =>
    coverageOfDeadLetters(given[0], given[1], audited, given[2])?.detail;
  const end = 'GET /api/rejections names the files of a day.';
  const [theirs, whose] = [
    '1 tool call of theirs is not in the log, but among the dead letters.',
    '1 dead letter does not tell whose call it was.',
  ];
  assert.equal(said([own], 0, 0), `${theirs} ${end}`);
  assert.equal(said([unknown], 0, 0), `${whose} ${end}`);
  assert.equal(said([own, unknown], 0, 0), `${theirs} ${whose} ${end}`);
  assert.equal(said([], 2, 0), `2 files of dead letters were too many to look into. ${end}`);
  assert.equal(said([unknown], 1, 0), `${whose} 1 file of dead letters was one too many to look into. ${end}`);
  assert.equal(said([], 0, 1), `1 file of dead letters was taken away while it was looked into. ${end}`);
});

test('nobody’s name is the name of somebody whose name nobody knows', () => {
  const nameless = { oid: oid.toUpperCase(), relatedOids: [] };
  const of = (fields: object) => coverageOfDeadLetters([rejected(fields)], 0, nameless)?.detail;
  assert.match(of({ caller_oid: '', caller_upn: UPN }) ?? '', /^1 dead letter does not tell/);
  assert.match(of({ caller_oid: oid }) ?? '', /^1 tool call of theirs/);
});

test('one dead letter is told in the singular', () => {
  const said = (call: Record<string, unknown>) =>
    coverageOfDeadLetters(lettersOf(call).slice(0, 1), 0, audited)?.detail;
  assert.match(said({ caller_oid: oid }) ?? '', /^1 tool call of theirs is not in the log/);
  assert.match(said({ caller_oid: NIL }) ?? '', /^1 dead letter does not tell whose call it was\./);
  const files = coverageOfDeadLetters([], 1, audited, 1)?.detail ?? '';
  assert.match(
    files,
    /^1 file of dead letters was one too many to look into\. 1 file of dead letters was taken away while it/,
  );
});

test('a file that was taken away while it was looked into is a gap: its calls may have missed both readings', () => {
  assert.match(coverageOfDeadLetters([], 0, audited, 2)?.detail ?? '', /^2 files of dead letters were taken away/);
  assert.equal(coverageOfDeadLetters([], 0, audited), undefined);
});
