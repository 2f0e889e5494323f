import { AUDIT_SOURCES } from './activity-audit/sources.ts';
import { CONSENT_SOURCES } from './consent/sources.ts';
import { CONTAINMENT_SOURCES } from './containment/sources.ts';
import type { SourceDefinition } from './define-source.ts';
import { FEDERATION_SOURCES } from './federated-credentials/sources.ts';
import { CI_SOURCES } from './runner-credentials/sources/index.ts';
import { VERIFICATION_SOURCES } from './verification/sources.ts';

/**
 * Every place where access of a leaver may live, by step. Apart from the registry because the settings are checked
 * against it, and remedies know the vendors, which know the settings. A test holds that the registry's steps have these.
 */
export const CATALOGUE: Readonly<Record<string, readonly SourceDefinition[]>> = {
  containment: CONTAINMENT_SOURCES,
  consent: CONSENT_SOURCES,
  'federated-credentials': FEDERATION_SOURCES,
  'runner-credentials': CI_SOURCES,
  'activity-audit': AUDIT_SOURCES,
  verification: VERIFICATION_SOURCES,
};
