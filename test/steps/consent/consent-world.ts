import type { Leaver } from '../../../src/people/leaver.ts';
import type { Oid } from '../../../src/people/oid.ts';

export const OID = '0e000000-0000-4000-8000-000000000001' as Oid;
export const leaver = (state: Leaver['state'], more: Partial<Leaver> = {}): Leaver => ({
  oid: OID,
  state,
  github: [],
  devops: [],
  ...more,
});

export const GATEWAY = 'gw';

export const alex = leaver('active', { displayName: 'Alex Moreau' });
