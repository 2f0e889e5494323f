import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeTokenMint } from '../../../../local/tenant/seeds/token-mint.ts';
import { findingId } from '../../../../src/cases/stable-id.ts';
import type { ServiceHook } from '../../../../src/connectors/azure-devops/pipelines/service-hooks.ts';
import { remedyOf } from '../../../../src/steps/define-remedy.ts';
import { disableServiceHook } from '../../../../src/steps/runner-credentials/remedies/azure-devops/disable-service-hook.ts';
import { hookFinding } from '../../../../src/steps/runner-credentials/rules/azure-devops/hook-finding.ts';
import { WEB } from './azure-devops-world.ts';
import { account, leaver } from './left-behind-world.ts';

const them = { descriptor: 'aad.leaver', uniqueName: 'alex.moreau@northwind.example' };
const ana = { descriptor: 'aad.ana', uniqueName: 'ana@northwind.example' };
const whole: ServiceHook = {
  ...{ id: 'h1', status: 'enabled', publisherId: 'tfs', eventType: 'git.push', consumerId: 'webHooks' },
  ...{ consumerActionId: 'httpRequest', actionDescription: null, createdDate: null, url: null },
  ...{ createdBy: them, modifiedBy: ana, host: 'relay.example' },
};
const bare: ServiceHook = {
  ...{ id: 'h1', status: undefined, publisherId: undefined, eventType: undefined, consumerId: undefined },
  ...{ consumerActionId: undefined, actionDescription: undefined, createdDate: undefined, url: null },
  ...{ createdBy: undefined, modifiedBy: { descriptor: 'aad.leaver' }, host: null },
};
const found = (hook: ServiceHook) => hookFinding('northwind', WEB, hook, [account()], leaver);

test('a hook is told with what it sends where, by whom, and with what stops it', () => {
  const id = findingId('runner-credentials', 'hook-of-leaver', 'northwind/hooks/h1');
  const call = {
    kind: 'disable-service-hook',
    ...{ organisation: 'northwind', hookId: 'h1' },
    expected: { host: 'relay.example', event: 'git.push', consumer: 'webHooks' },
  } as const;
  assert.deepEqual(found(whole), {
    id,
    step: 'runner-credentials',
    kind: 'hook-of-leaver',
    title: 'A service hook of northwind sends git.push to relay.example',
    resource: {
      system: 'azure-devops',
      type: 'serviceHook',
      id: 'northwind/hooks/h1',
      name: 'git.push to relay.example',
      url: `${WEB}/northwind/_settings/serviceHooks`,
    },
    evidence: {
      ...{ event: 'git.push', consumer: 'webHooks', host: 'relay.example', status: 'enabled' },
      ...{ createdBy: 'alex.moreau@northwind.example', modifiedBy: 'ana@northwind.example' },
    },
    severity: 'medium',
    status: 'awaiting-decision',
    reason:
      'The leaver set it up, and chose where it sends. If that is an address of the firm, others may rest on it, so somebody has to agree to stopping it.',
    remedy: remedyOf(disableServiceHook, id, call, { what: 'git.push to relay.example' }),
  });
});

test('what the service does not say of a hook is told as not known', () => {
  const told = found(bare);
  assert.equal(told?.title, 'A service hook of northwind sends events to somewhere');
  assert.deepEqual(told?.evidence, {
    ...{ event: null, consumer: null, host: null, status: null, createdBy: null, modifiedBy: null },
  });
  assert.deepEqual(told?.remedy?.call.expected, { host: null, event: null, consumer: null });
  const made = found({ ...bare, createdBy: { descriptor: 'aad.leaver' }, modifiedBy: undefined });
  assert.deepEqual([made?.kind, made?.evidence.createdBy], ['hook-of-leaver', null]);
});

test('a hook without an address is told by what consumes it', () => {
  const told = found({ ...whole, host: null, consumerId: 'azureStorageQueue' });
  assert.equal(told?.title, 'A service hook of northwind sends git.push to azureStorageQueue');
  assert.equal(found({ ...whole, createdBy: ana, host: null }), undefined, 'no address is called like the leaver');
});

test('a token in a hook’s address stands in no word of its finding', () => {
  const token = makeTokenMint().mint('github-classic');
  const told = found({ ...whole, host: `${token}.relay.example` });
  assert.ok(told !== undefined);
  const { remedy, ...words } = told;
  assert.ok(!JSON.stringify([words, remedy?.what]).includes(token));
});
