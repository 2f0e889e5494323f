import * as z from 'zod';
import { sha256, text } from '../../../shapes/primitives.ts';
import { FlowFactsSchema } from '../../gateway-policy/read-flow.ts';
import { defineReading } from '../../reading.ts';

const FlowSchema = FlowFactsSchema.extend({
  /** What it is of: `API mcp-files`, `operation post of API mcp-files`. */
  of: text,
  /** Of the API, or of the operation. */
  resource: text,
  /** Through which product it goes; whether the API is in that product is not read. */
  product: z.exactOptional(text),
  policies: z.array(z.strictObject({ id: text, hash: sha256 })),
});
/** What one way through an API does to a request. */
export type Flow = z.output<typeof FlowSchema>;

const ApiSchema = z.strictObject({
  id: text,
  name: text,
  label: text,
  /** Below the gateway’s address, without slashes around it. */
  path: text,
  /** `http`, `websocket`, `graphql`, `mcp` …; in lower case. */
  type: text,
  /** Only the preview of the API lists it. */
  previewOnly: z.boolean(),
  revision: text,
  isCurrent: z.boolean(),
  /** Where it forwards: addresses without their paths, and names of backends in lower case. */
  targets: z.array(text),
  flows: z.array(FlowSchema),
});
export type GatewayApi = z.output<typeof ApiSchema>;

const BackendSchema = z.strictObject({
  id: text,
  name: text,
  /** Scheme, host and port; absent with a pool. */
  origin: z.exactOptional(text),
});
export type GatewayBackend = z.output<typeof BackendSchema>;

const gateway = (what: string): string => `assessor/azure/gateway/Microsoft.ApiManagement/service/${what}read`;

/** The gateway: its APIs, what their policies do, and where they forward. */
export const gatewayApis = defineReading({
  id: 'gateway/apis',
  holds: 'the APIs of the gateway, with what their policies do',
  permissions: [
    gateway(''),
    gateway('apis/'),
    gateway('apis/policies/'),
    gateway('apis/operations/'),
    gateway('apis/operations/policies/'),
    gateway('policies/'),
    gateway('policyFragments/'),
    gateway('products/'),
    gateway('products/policies/'),
    gateway('workspaces/'),
    gateway('backends/'),
    gateway('namedValues/'),
  ],
  shape: z.strictObject({
    service: z.exactOptional(z.strictObject({ id: text, tier: text, units: z.int() })),
    /** What the service’s own policy does where an API takes it over. */
    ofService: z.exactOptional(FlowFactsSchema),
    apis: z.array(ApiSchema),
    backends: z.array(BackendSchema),
  }),
  nothing: { apis: [], backends: [] },
});
