import { createHash } from 'node:crypto';

/** Objects of the directory that no other vendor's seed needs to know. */
export const ENTRA = {
  /** Microsoft Graph itself, a resource that has nothing to do with the gateway. */
  graph: { servicePrincipalId: '9f0d1c2e-7a6b-4c5d-8e9f-0a1b2c3d4e5f', appId: '00000003-0000-0000-c000-000000000000' },
  /** The document store behind the gateway: the gateway calls it on behalf of users. */
  documents: {
    servicePrincipalId: 'd0c5d0c5-0001-4a1b-9c2d-3e4f5a6b7c8d',
    appId: 'd0c5d0c5-1111-4a1b-9c2d-3e4f5a6b7c8d',
  },
  /** Pre-authorised on the gateway: it needs no consent, so no grant shows that people use it. */
  inspector: {
    servicePrincipalId: '11a5bec7-0002-4b1c-8d2e-4f5a6b7c8d9e',
    appId: '11a5bec7-2222-4b1c-8d2e-4f5a6b7c8d9e',
    displayName: 'MCP Inspector',
  },
  roles: {
    user: 'a0000000-0000-4000-8000-00000000a001',
    secrets: 'a0000000-0000-4000-8000-00000000a002',
  },
  /** Its members get the role MCP.User on the gateway. */
  group: { id: '6e0a0000-0000-4000-8000-0000000000aa', displayName: 'MCP users' },
  /** Runs the platform in Azure; the leaver is none of them. */
  platformTeam: { id: '6e0a0000-0000-4000-8000-0000000000bb', displayName: 'Platform team' },
  /** The subscription that sends changes of users to Event Grid. */
  subscriptionId: '5ab5c21b-0003-4c2d-8e3f-5a6b7c8d9e0f',
  /** A guest, whose sessions belong to another tenant. */
  guest: { oid: '9e57a000-0000-4000-8000-000000000001', displayName: 'Casey Lindqvist (contractor)' },
} as const;

/** The same name gets the same GUID at every start. */
export function seededGuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
