import type { PostureSettings } from '../../../src/posture/check.ts';

/** Of a firm that has set nothing, for judgements that rest on facts alone. */
export const NO_SETTINGS: PostureSettings = {
  TENANT_ID: '',
  GATEWAY_APP_ID: '',
  SUBSCRIPTION_IDS: [],
  GITHUB_ORGANISATIONS: [],
  DEVOPS_ORGANISATIONS: [],
  PROTECTED_OIDS: [],
  APPLICATION_ONLY_SERVERS: [],
  WRITING_CLIENT_IDS: [],
};
