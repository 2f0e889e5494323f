import { findingId } from '../../../../src/cases/stable-id.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import type { Vendors } from '../../../../src/connectors/vendors.ts';

export const vendors = (answers: object) => answers as unknown as Vendors;
export const ID = findingId('federated-credentials', 'x', 'y');

export const DENIED: VendorFailure = { kind: 'denied', status: 403, message: 'You may not.' };
