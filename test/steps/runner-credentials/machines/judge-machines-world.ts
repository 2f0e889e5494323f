import assert from 'node:assert/strict';
import { makeTokenMint } from '../../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import type { Known } from '../../../../src/credentials/ownership.ts';
import type { KeptMachine } from '../../../../src/machines/kept.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { judgeMachines } from '../../../../src/steps/runner-credentials/rules/machines/judge-machines.ts';
import { type ToldToken, toldToken } from '../../../support/apps/kept-machine.ts';

export const mint = makeTokenMint();
export const oid = WORLD.leaver.oid as Oid;
export const [ana] = WORLD.colleagues;
const { tenantId } = WORLD;
export const now = new Date('2026-11-23T10:00:00.000Z');
export const AT = '2026-11-23T09:00:00.000Z';
export const iss = `https://login.microsoftonline.com/${tenantId}/v2.0`;
export const exp = now.getTime() / 1_000 + 3_600;
const account = { login: 'amoreau', id: 7, source: 'test', confidence: 'proved' as const };
const leaver = {
  ...{ oid, displayName: 'Alex Moreau', givenName: 'Alex', userPrincipalName: 'alex.moreau@corp.example' },
  ...{ github: [account], devops: [] },
};
export const known: Known = { leaver, tenantId, credentials: [] };
export const pat = mint.mint('github-classic');
export const listed = (tokenLastEight: string): Known => ({
  ...known,
  credentials: [{ organisation: 'northwind', credentialId: 9, login: 'amoreau', ownerId: 7, tokenLastEight }],
});

export const judge = (machines: readonly KeptMachine[], by = known): Finding[] => [
  ...judgeMachines(machines, by, ['Northwind'], now).findings,
];
/** Kind, severity, status and owner; whatever the situation, nobody acts on a machine’s word. */
export const told = (findings: readonly Finding[]): string[] =>
  findings.map(({ kind, severity, status, evidence, remedy, restsOn }) => {
    assert.ok(remedy === undefined && restsOn === undefined, kind);
    return `${kind} ${severity} ${status} ${evidence.owner}`;
  });

export const jwtOf = (claims: object, more: Partial<ToldToken> = {}) =>
  toldToken(mint.jwt({ iss, exp, ...claims }), more);
export const OPEN = 'token-on-machine critical manual-action leaver';
export const LIKELY = 'token-on-machine high manual-action likely';

export const NOBODYS = 'unowned-tokens medium manual-action unknown';

export const finding = (evidence: Finding['evidence'], more: Partial<Finding> = {}): Finding => ({
  ...{ id: 'F-000000000001' as Finding['id'], step: 'runner-credentials', kind: 'token-in-variable' },
  ...{ title: 'The leaver’s token stands in variable X', severity: 'critical', status: 'awaiting-decision' },
  ...{ resource: { system: 'github', type: 'variable', id: 'northwind/app#X' }, reason: 'Why.', evidence },
  ...more,
});
