import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingId } from '../../../src/cases/stable-id.ts';
import { parseOid } from '../../../src/people/oid.ts';
import {
  accountFinding,
  accountFindingId,
  type DenyOutcome,
  denyListFinding,
  type SessionsOutcome,
  sessionsFinding,
  tableFindings,
} from '../../../src/steps/containment/rules/containment-findings.ts';

const OID = parseOid('0e000000-0000-4000-8000-000000000001') ?? assert.fail();
const ALEX = { oid: OID, state: 'active', displayName: 'Alex Moreau' } as const;
const GATEWAY = { system: 'gateway', type: 'namedValue', id: 'apim-mcp' } as const;
const ACCOUNT = { system: 'entra', type: 'user', id: OID } as const;

/** What the gateway does, and what the report says of it. */
const DENIED: readonly (readonly [
  outcome: DenyOutcome,
  title: string,
  severity: string,
  status: string,
  reason: RegExp,
  evidence: object,
])[] = [
  [
    { kind: 'failed', why: 'The vendor was busy.' },
    'The gateway may still accept Alex Moreau',
    'critical',
    'failed',
    /^The leaver could not be put on the deny list: The vendor was busy\. .* add “0e0{6}-0{4}-4000-8000-0{11}1,” at the very end/,
    {},
  ],
  [{ kind: 'planned' }, 'The gateway still accepts Alex Moreau', 'high', 'planned', /^This case is a plan\./, {}],
  [
    { kind: 'released', by: 'Morgan Lee', at: '2026-11-23 10:00', why: 'They came back.' },
    'The gateway accepts Alex Moreau again',
    'medium',
    'manual-action',
    /^The denial was released by Morgan Lee at 2026-11-23 10:00: They came back\. If they leave after all/,
    { released: true, releasedBy: 'Morgan Lee', releasedAt: '2026-11-23 10:00' },
  ],
  [
    { kind: 'done', namedValue: 'denied-1' },
    'The gateway refuses Alex Moreau',
    'info',
    'done',
    /^The object id was put on the deny list, which is checked/,
    { namedValue: 'denied-1' },
  ],
  [
    { kind: 'already', namedValue: 'denied-1' },
    'The gateway refuses Alex Moreau',
    'info',
    'nothing-to-do',
    /^The object id was on the deny list before this case looked\.$/,
    { namedValue: 'denied-1' },
  ],
  [
    { kind: 'already', before: { since: '2026-11-02', by: 'Morgan Lee', why: 'A laptop was stolen.' } },
    'The gateway refuses Alex Moreau',
    'info',
    'nothing-to-do',
    /^The leaver was contained since 2026-11-02 by Morgan Lee, before the case was opened: A laptop was stolen\.$/,
    {},
  ],
];
for (const [outcome, title, severity, status, reason, evidence] of DENIED) {
  test(`${title}, which is ${status} ${'before' in outcome ? 'since before the case' : 'by the case'}`, () => {
    const { reason: told, ...finding } = denyListFinding(ALEX, 'apim-mcp', outcome);
    assert.deepEqual(finding, {
      ...{
        id: findingId('containment', 'gateway-deny-list', `apim-mcp/${OID}`),
        step: 'containment',
        kind: 'gateway-deny-list',
        resource: GATEWAY,
      },
      ...{ title, severity, status, evidence: { oid: OID, ...evidence } },
    });
    assert.match(told, reason);
  });
}

test('of the list as a whole only that it is blocked is told on a case, as what could not be checked', () => {
  assert.deepEqual(tableFindings('apim-mcp', []), []);
  assert.deepEqual(tableFindings('apim-mcp', [{ code: 'deny-list-large', message: 'It is large.' }]), []);
  const [found, ...others] = tableFindings('apim-mcp', [
    { code: 'deny-list-large', message: 'It is large.' },
    { code: 'deny-list-blocked', message: 'Its table was emptied.' },
  ]);
  assert.deepEqual(
    [found?.kind, found?.resource, found?.severity, found?.status, others],
    ['deny-list-blocked', GATEWAY, 'high', 'could-not-check', []],
  );
  assert.match(
    found?.reason ?? '',
    /^Its table was emptied\. The leaver of this case was put on the list all the same/,
  );
});

const SESSIONS: readonly (readonly [
  outcome: SessionsOutcome,
  userType: 'Guest' | 'Member' | undefined,
  title: RegExp,
  severity: string,
  status: string,
  reason: RegExp,
])[] = [
  [
    { kind: 'failed', why: 'Graph refused.' },
    'Member',
    /still stand$/,
    'high',
    'failed',
    /: Graph refused\. Revoke them/,
  ],
  [{ kind: 'planned' }, 'Member', /still stand$/, 'medium', 'planned', /^This case is a plan\./],
  [
    { kind: 'deleted' },
    'Member',
    /whose account is deleted$/,
    'info',
    'nothing-to-do',
    /there are no sessions to revoke/,
  ],
  [{ kind: 'done' }, 'Member', /were revoked$/, 'info', 'done', /^Refresh tokens and session cookies stop working/],
  [{ kind: 'done' }, undefined, /were revoked$/, 'info', 'done', /^Refresh tokens and session cookies stop working/],
  [{ kind: 'done' }, 'Guest', /were revoked$/, 'info', 'done', /no effect on the sessions of the home organisation/],
];
for (const [outcome, userType, title, severity, status, reason] of SESSIONS) {
  test(`sign-in sessions of ${userType ?? 'somebody'} whose revoking is ${outcome.kind} are told as ${status}`, () => {
    const found = sessionsFinding({ ...ALEX, ...(userType === undefined ? {} : { userType }) }, outcome);
    assert.match(found.title, title);
    assert.match(found.title, /Alex Moreau/);
    assert.match(found.reason, reason);
    assert.deepEqual(
      [found.kind, found.resource, found.severity, found.status, found.evidence],
      ['sign-in-sessions', ACCOUNT, severity, status, { accountState: 'active', userType: userType ?? null }],
    );
  });
}

test('an account that is enabled, or that nobody could read, gives out new tokens; any other does not', () => {
  const enabled = accountFinding(ALEX, true);
  assert.deepEqual(
    [enabled?.id, enabled?.kind, enabled?.resource, enabled?.severity, enabled?.status, enabled?.evidence],
    [accountFindingId(OID), 'account-enabled', ACCOUNT, 'high', 'manual-action', { accountState: 'active' }],
  );
  assert.equal(enabled?.title, 'The account of Alex Moreau is still enabled');
  assert.match(enabled?.reason ?? '', /Until then only the gateway’s deny list can refuse the person\.$/);
  assert.match(accountFinding(ALEX, false)?.reason ?? '', /No gateway is there that could refuse the person\.$/);
  const unread = accountFinding({ oid: OID, state: 'unreadable' }, true);
  assert.equal(unread?.title, `Nobody knows whether the account of ${OID} is still enabled`);
  assert.deepEqual(
    [unread?.kind, unread?.severity, unread?.status, unread?.evidence],
    ['account-enabled', 'high', 'could-not-check', { accountState: 'unreadable' }],
  );
  for (const state of ['disabled', 'soft-deleted', 'gone'] as const)
    assert.equal(accountFinding({ ...ALEX, state }, true), undefined, state);
});
