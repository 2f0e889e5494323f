import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { bind } from '../../../local/tenant/kql/syntax/bind.ts';
import { liftLiterals } from '../../../local/tenant/kql/values/lifted-literals.ts';
import { AUDIT_SCHEMA } from '../../../local/tenant/logs/state.ts';
import { type AuditQuestion, activityAuditHead } from '../../../src/connectors/audit-log/question.ts';
import { parseOid } from '../../../src/people/oid.ts';

const BODY = readFileSync(new URL('../../../kql/activity-audit.kql', import.meta.url), 'utf8');

function question(person: number, more: Partial<AuditQuestion> = {}): string {
  const oid = parseOid(`a1b2c3d4-0000-4000-8000-00000000000${person}`);
  assert.ok(oid);
  const at = (day: number): Date => new Date(Date.UTC(2026, person, day, 11, 12, 13, 14));
  const window = { timeZone: 'Europe/Paris', from: at(1), to: at(30), departure: at(20), final: { from: at(10) } };
  const relatedOids = [1, 2].map((n) => `b1b2c3d4-0000-4000-8000-0000000${person}000${n}`);
  return `${activityAuditHead({ oid, userPrincipalName: `p.${person}@firm.example`, relatedOids, window, ...more })}\n${BODY}`;
}

test('the same question about two people on two days is one query', () => {
  assert.notEqual(question(1), question(2));
  assert.equal(liftLiterals(question(1)).query, liftLiterals(question(2)).query);
});

test('a question about more people, or with an escape in it, is another query', () => {
  const usual = liftLiterals(question(1)).query;
  assert.notEqual(liftLiterals(question(1, { relatedOids: [] })).query, usual);
  assert.notEqual(liftLiterals(question(1, { userPrincipalName: "o'neil@firm.example" })).query, usual);
});

test('what is restored is the query, whichever stand-ins there are', () => {
  const lifted = liftLiterals(question(3));
  assert.notEqual(lifted.query, question(3));
  assert.equal(lifted.restore(lifted.query), question(3));
  const odd = `print "lifted@000", h"alex@firm.example"`;
  assert.deepEqual([liftLiterals(odd).query, liftLiterals(odd).restore(odd)], [odd, odd]);
});

describe('what is bound is the same as without stand-ins:', () => {
  // A stand-in that is there already keeps every literal where it is.
  const asItIs = (query: string): string => `let none = "lifted@000";\n${query}`;
  const statements = (query: string): readonly unknown[] => {
    const bound = bind(query, AUDIT_SCHEMA);
    assert.ok(bound.ok);
    const { Statements = [] } = bound.syntax.parts;
    assert.ok(Array.isArray(Statements));
    return Statements;
  };
  for (const person of [1, 2]) {
    test(`person ${person}`, () => {
      assert.equal(liftLiterals(asItIs(question(person))).query, asItIs(question(person)));
      assert.deepEqual(statements(question(person)), statements(asItIs(question(person))).slice(1));
    });
  }
});
