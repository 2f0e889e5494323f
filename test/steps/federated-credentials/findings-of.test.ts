import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOf, type RelatedCredential } from '../../../src/steps/federated-credentials/rules/findings-of.ts';
import type { Rule, Verdict } from '../../../src/steps/federated-credentials/rules/relation.ts';
import { LEAVERS, related, relation } from './federated-credentials-world.ts';

const production = { servesProduction: true, declaredInCode: false } as RelatedCredential['traits'];

test('a credential that trusts nobody but the firm is no finding', () => {
  assert.deepEqual(findingsOf(related(relation('unrelated'))), []);
});

test('one that trusts the leaver is deleted, by the vendor’s own id of it', () => {
  const [finding, ...more] = findingsOf(related(LEAVERS));
  assert.deepEqual(more, []);
  assert.equal(finding?.title, 'id-pay trusts GitHub tokens of the leaver (credential ci)');
  assert.deepEqual([finding?.severity, finding?.status, finding?.remedy?.risk], ['high', 'planned', 'safe']);
  assert.equal(finding?.remedy?.what, 'Delete the federated credential ci of id-pay.');
  assert.equal(finding?.remedy?.serialKey, '/subscriptions/sub/id-pay');
  const inCapitals = related(LEAVERS);
  const [same] = findingsOf({
    ...inCapitals,
    credential: { ...inCapitals.credential, id: inCapitals.credential.id.toUpperCase() },
  });
  assert.equal(same?.id, finding?.id);
});

const DECIDED: readonly (readonly [
  what: string,
  more: Partial<RelatedCredential>,
  status: string,
  risk: string | undefined,
  why: RegExp,
])[] = [
  ['it may serve production', { traits: production }, 'awaiting-decision', 'disruptive', /may serve production/],
  [
    'a name alone is the leaver’s',
    { relation: { ...LEAVERS, unproved: true } },
    'awaiting-decision',
    'disruptive',
    /A name alone proves nothing/,
  ],
  [
    'the account is likely theirs',
    { confidence: 'likely' },
    'awaiting-decision',
    'disruptive',
    /likely and not proved/,
  ],
  ['the account only may be theirs', { confidence: 'weak' }, 'manual-action', undefined, /Nothing is cut by it/],
];
for (const [what, more, status, risk, why] of DECIDED) {
  test(`nothing is deleted by itself where ${what}`, () => {
    const [finding] = findingsOf(related(LEAVERS, more));
    assert.deepEqual([finding?.status, finding?.remedy?.risk], [status, risk]);
    assert.match(finding?.reason ?? '', why);
  });
}

test('one that Terraform declares comes back with the next apply, which is told besides', () => {
  const traits = { servesProduction: false, declaredInCode: true } as RelatedCredential['traits'];
  const [, code] = findingsOf(related(LEAVERS, { traits }));
  assert.deepEqual(
    [code?.kind, code?.status, code?.severity],
    ['declared-in-terraform', 'needs-code-change', 'medium'],
  );
});

const REVIEWED: readonly (readonly [Verdict, Rule, severity: string, status: string])[] = [
  ['can-match-leaver', 'wildcard-covers-owner', 'high', 'manual-action'],
  ['can-match-leaver', 'name-at-another-issuer', 'medium', 'manual-action'],
  ['can-match-leaver', 'expression-not-understood', 'medium', 'manual-action'],
  ['can-match-leaver', 'no-subject-readable', 'medium', 'could-not-check'],
  ['anybody-can-satisfy', 'owner-not-restricted', 'high', 'manual-action'],
  ['unclaimed-owner', 'unclaimed-name', 'high', 'manual-action'],
  ['recycled-name', 'recycled-name', 'medium', 'manual-action'],
  ['owner-not-resolved', 'unresolved-name', 'medium', 'could-not-check'],
  ['outside-owner', 'other-owner', 'low', 'manual-action'],
  ['unknown-issuer', 'issuer-not-known', 'low', 'manual-action'],
  ['mentions-leaver', 'name-in-text', 'low', 'manual-action'],
];
for (const [verdict, rule, severity, status] of REVIEWED) {
  test(`${verdict} by ${rule} is for a person to look at, and nothing is planned`, () => {
    const [finding, ...more] = findingsOf(related(relation(verdict, { rule })));
    assert.deepEqual([finding?.kind, finding?.severity, finding?.status], [verdict, severity, status]);
    assert.deepEqual([finding?.remedy, more], [undefined, []]);
  });
}

test('a stranger may be the leaver where no account of theirs is known', () => {
  const stranger = relation('outside-owner', { rule: 'other-owner', outsider: 'stranger' });
  const [finding] = findingsOf(related(stranger, { accountKnown: false }));
  assert.equal(finding?.severity, 'medium');
  assert.match(finding?.reason ?? '', /No GitHub account of the leaver is known, so that it may be the leaver’s/);
  assert.equal(findingsOf(related(stranger))[0]?.severity, 'low');
});
