import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingId } from '../../../../src/cases/stable-id.ts';
import { remedyOf } from '../../../../src/steps/define-remedy.ts';
import { disableServiceConnection } from '../../../../src/steps/runner-credentials/remedies/azure-devops/disable-service-connection.ts';
import {
  connectionFinding,
  holdsPersonal,
  type ListedConnection,
} from '../../../../src/steps/runner-credentials/rules/azure-devops/connection-finding.ts';
import { WEB } from './azure-devops-world.ts';
import { account, leaver } from './left-behind-world.ts';

const them = { descriptor: 'aad.leaver', uniqueName: 'alex.moreau@northwind.example' };
const ana = { descriptor: 'aad.ana', uniqueName: 'ana@northwind.example' };
const whole: ListedConnection = {
  id: 'c1',
  name: 'github-deploy',
  type: 'github',
  url: null,
  authorization: { scheme: 'PersonalAccessToken' },
  createdBy: ana,
  modifiedBy: them,
  creationDate: '2026-01-01',
  modificationDate: '2026-02-02',
  isDisabled: false,
  isShared: true,
  projectId: 'p1',
  project: 'Pay Team',
};
/** What the service leaves out of its answer, where it says no more than whose hand it was. */
const bare: ListedConnection = {
  ...{ id: 'c1', name: 'github-deploy', projectId: 'p1', project: 'Pay Team' },
  ...{ type: undefined, url: undefined, authorization: undefined, createdBy: them, modifiedBy: undefined },
  ...{ creationDate: undefined, modificationDate: undefined, isDisabled: undefined, isShared: undefined },
};
const found = (one: ListedConnection, accounts = [account()]) =>
  connectionFinding('northwind', WEB, one, accounts, leaver);

test('a connection is told with its place, with all that the service says of it, and with what stops it', () => {
  const id = findingId('runner-credentials', 'connection-of-leaver', 'northwind/endpoints/c1');
  const call = {
    kind: 'disable-service-connection',
    ...{ organisation: 'northwind', projectId: 'p1', connectionId: 'c1' },
    ...{ name: 'github-deploy' },
    expected: { name: 'github-deploy', scheme: 'PersonalAccessToken', modified: '2026-02-02' },
  } as const;
  assert.deepEqual(found(whole), {
    id,
    step: 'runner-credentials',
    kind: 'connection-of-leaver',
    title: 'Service connection github-deploy of Pay Team may hold the leaver’s credential',
    resource: {
      system: 'azure-devops',
      type: 'serviceConnection',
      id: 'northwind/p1/endpoints/c1',
      name: 'Pay Team/github-deploy',
      url: `${WEB}/northwind/Pay%20Team/_settings/adminservices?resourceId=c1`,
    },
    evidence: {
      ...{ type: 'github', scheme: 'PersonalAccessToken', shared: true },
      ...{ createdBy: 'ana@northwind.example', modifiedBy: 'alex.moreau@northwind.example' },
      ...{ created: '2026-01-01', modified: '2026-02-02' },
    },
    severity: 'high',
    status: 'awaiting-decision',
    reason:
      'The leaver changed it last, and its credential is entered by a person (PersonalAccessToken). It works as long as that token does where it was issued. Put a service’s credential in its place; disabling it stops the pipelines that use it.',
    remedy: remedyOf(disableServiceConnection, id, call, { project: 'Pay Team' }),
  });
});

test('what the service does not say of a connection is told as not known', () => {
  const told = found(bare);
  assert.deepEqual(told?.evidence, {
    ...{ type: null, scheme: null, shared: null, created: null, modified: null },
    ...{ createdBy: 'alex.moreau@northwind.example', modifiedBy: null },
  });
  assert.match(told?.reason ?? '', /^The leaver made it, .*\(a scheme that is not told\)\./);
  assert.deepEqual(told?.remedy?.call.expected, { name: 'github-deploy', scheme: null, modified: null });
  const changed = found({ ...bare, createdBy: undefined, modifiedBy: { descriptor: 'aad.leaver' } });
  assert.deepEqual([changed?.evidence.createdBy, changed?.evidence.modifiedBy], [null, null]);
});

const HANDS: readonly (readonly [what: string, Partial<ListedConnection>, says: RegExp, severity: string])[] = [
  ['made it', { createdBy: them, modifiedBy: null }, /^The leaver made it,/, 'high'],
  ['made it and changed it', { createdBy: them }, /^The leaver changed it last,/, 'high'],
  [
    'made it, before a colleague changed it',
    { createdBy: them, modifiedBy: ana },
    /^The leaver made it, somebody else changed it since, and its credential/,
    'medium',
  ],
];
for (const [what, more, says, severity] of HANDS) {
  test(`whoever reads of a connection sees that the leaver ${what}`, () => {
    const told = found({ ...whole, ...more });
    assert.match(told?.reason ?? '', says);
    assert.equal(told?.severity, severity);
  });
}

test('a connection that is disabled already says so, and nothing is offered', () => {
  const { severity, status, reason, remedy } = found({ ...whole, isDisabled: true }) ?? {};
  assert.deepEqual([severity, status, remedy], ['info', 'nothing-to-do', undefined]);
  assert.match(reason ?? '', /^It is disabled already/);
});

test('a scheme is a person’s in any letters, and where it is not told', () => {
  for (const authorization of [undefined, null, {}, { scheme: null }, { scheme: '' }, { scheme: 'OAUTH' }])
    assert.ok(holdsPersonal({ authorization: authorization as never }), JSON.stringify(authorization));
  assert.ok(!holdsPersonal({ authorization: { scheme: 'None' } }));
});
