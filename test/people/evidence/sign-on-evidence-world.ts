import type { Compared } from '../../../src/people/evidence/sign-on-evidence.ts';
import type { Exclusivity } from '../../../src/people/names/name-holders.ts';
import type { Oid } from '../../../src/people/oid.ts';

export const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
export const CARL = oid(1);
export const ANA = oid(2);

export const TENANT = oid(70);
export const FOREIGN = oid(71);
export const carl: Compared = {
  oid: CARL,
  displayName: 'Carl Ray',
  givenName: 'Carl',
  familyName: 'Ray',
  userPrincipalName: 'c.ray@firm.example',
  mail: 'carl.ray@firm.example',
  createdAt: '2026-03-01T00:00:00Z',
};
export const ALONE: Exclusivity = { others: [], unread: [] };
export const exclusive = (each: Exclusivity) =>
  new Map([carl.userPrincipalName, carl.mail].map((name) => [name ?? '', each]));
