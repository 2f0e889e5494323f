import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { devOpsEvidence } from '../../../src/people/evidence/devops-evidence.ts';
import { confidenceOf } from '../../../src/people/evidence/evidence.ts';
import type { Exclusivity } from '../../../src/people/names/name-holders.ts';
import { ALONE, ANA, CARL, carl, exclusive, FOREIGN, TENANT } from './sign-on-evidence-world.ts';

type DevOpsField = 'origin' | 'domain' | 'originId' | 'principalName' | 'descriptor' | 'subjectKind';

describe('a user of Azure DevOps is taken for what its object id says', () => {
  const user: Readonly<Partial<Record<DevOpsField, string>>> = {
    origin: 'aad',
    domain: TENANT,
    originId: CARL,
    principalName: 'c.ray@firm.example',
  };
  const judged = (change: Partial<Record<DevOpsField, string>>, others: Exclusivity = ALONE) => {
    const evidence = devOpsEvidence(
      carl,
      { ...user, ...change },
      {
        source: 'azure-devops/graph:firm',
        tenantId: TENANT,
        exclusive: exclusive(others),
      },
    );
    return [...[...new Set(evidence.map(({ code }) => code))].sort(), confidenceOf(evidence) ?? 'nobody'].join(' ');
  };
  const situations: readonly (readonly [string, Partial<Record<DevOpsField, string>>, string])[] = [
    ['the object id, of our tenant', { principalName: 'other@firm.example' }, 'P4 proved'],
    ['the name, with another’s object id', { originId: ANA }, 'S1 X2 contradicted'],
    ['the name, of another tenant', { originId: ANA, domain: FOREIGN }, 'W1 weak'],
    ['the object id, of another tenant', { principalName: 'other@firm.example', domain: FOREIGN }, 'nobody'],
    ['the name of a personal account', { origin: 'msa', domain: 'Windows Live ID' }, 'W1 weak'],
    ['the name without an object id', { originId: '' }, 'S1 likely'],
    ['the leaver’s object id on an application of Entra', { descriptor: 'aadsp.OWE' }, 'P4 S1 X5 contradicted'],
    ['the leaver’s name on a service', { descriptor: 'svc.OWE', originId: '' }, 'S1 X5 contradicted'],
    ['the leaver’s name on a group', { subjectKind: 'group', originId: '' }, 'S1 X5 contradicted'],
    ['the object id, without a tenant', { domain: '', principalName: 'other@firm.example' }, 'W1 weak'],
  ];
  for (const [what, change, expected] of situations) {
    test(`${what}: ${expected}`, () => assert.equal(judged(change), expected));
  }
});
