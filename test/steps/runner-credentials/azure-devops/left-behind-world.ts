import type { DevOpsAccount, Leaver } from '../../../../src/people/leaver.ts';
import type { Oid } from '../../../../src/people/oid.ts';

export const account = (confidence: DevOpsAccount['confidence'] = 'proved'): DevOpsAccount => ({
  organisation: 'northwind',
  descriptor: 'aad.leaver',
  storageKey: '8b1f6f0e-0000-4000-8000-000000000001',
  source: 'test',
  confidence,
});
export const leaver: Leaver = {
  oid: '4f0c8f0e-0000-4000-8000-000000000001' as Oid,
  state: 'soft-deleted',
  displayName: 'Alex Moreau',
  userPrincipalName: 'alex.moreau@northwind.example',
  github: [],
  devops: [account()],
};
