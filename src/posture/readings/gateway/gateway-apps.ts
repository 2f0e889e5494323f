import * as z from 'zod';
import { text } from '../../../shapes/primitives.ts';
import { defineReading } from '../../reading.ts';

const RightSchema = z.strictObject({
  kind: z.enum(['scope', 'role']),
  id: text,
  /** In lower case. */
  value: text,
  /** Of a role: `user`, `application`. */
  for: z.array(text),
  enabled: z.boolean(),
});
export type Right = z.output<typeof RightSchema>;

const CredentialSchema = z.strictObject({
  on: z.enum(['registration', 'principal']),
  type: z.enum(['secret', 'certificate']),
  keyId: text,
  name: z.exactOptional(text),
  from: z.exactOptional(text),
  until: z.exactOptional(text),
});

const GatewayAppSchema = z.strictObject({
  appId: text,
  name: text,
  /** Object id; absent where this tenant has none. */
  registration: z.exactOptional(text),
  principal: z.exactOptional(z.strictObject({ objectId: text, assignmentRequired: z.boolean() })),
  /** What a token may be asked for by, in lower case. */
  audiences: z.array(text),
  rights: z.array(RightSchema),
  /** Clients that need no consent, by client id. */
  preAuthorized: z.array(z.strictObject({ appId: text, rightIds: z.array(text) })),
  /** Who holds a role: no name, because a person may be among them. */
  assigned: z.array(z.strictObject({ id: text, roleId: text, holder: text, type: text })),
  /** Consents that were given for everybody. */
  forEverybody: z.array(z.strictObject({ id: text, client: text, scopes: z.array(text) })),
});
export type GatewayApp = z.output<typeof GatewayAppSchema>;

const HolderSchema = z.strictObject({
  /** Object id of its service principal. */
  objectId: text,
  appId: text,
  name: text,
  /** Object id; absent where this tenant has none. */
  registration: z.exactOptional(text),
  isManagedIdentity: z.boolean(),
  credentials: z.array(CredentialSchema),
});
export type Holder = z.output<typeof HolderSchema>;

/** The applications that tokens for MCP servers are for, and the applications that hold a role on them. */
export const gatewayApps = defineReading({
  id: 'entra/gateway-apps',
  holds: 'the applications of the gateway: what they publish, who was given what, and with what those sign in',
  permissions: ['assessor/graph/Application.Read.All', 'assessor/graph/DelegatedPermissionGrant.Read.All'],
  shape: z.strictObject({
    /** Whether all applications were read: what is not among them may be on a page that was not. */
    whole: z.boolean(),
    apps: z.array(GatewayAppSchema),
    /** By the object id of the service principal. */
    clients: z.record(text, z.strictObject({ appId: text, name: text })),
    holders: z.array(HolderSchema),
  }),
  nothing: { whole: false, apps: [], clients: {}, holders: [] },
});
