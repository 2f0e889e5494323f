import * as z from 'zod';
import { text } from '../../../shapes/primitives.ts';
import { defineReading } from '../../reading.ts';

/** What runs programs in Azure, and may be an MCP server. */
const HOST_KINDS = ['container-group', 'container-app', 'container-app-job', 'web-app', 'aks'] as const;

const ServerHostSchema = z.strictObject({
  kind: z.enum(HOST_KINDS),
  /** Resource id as Azure writes it. */
  id: text,
  name: text,
  /** Lower-case key, as the vendor compares them; value as it is. */
  tags: z.record(text, text),
  /** `None`, `SystemAssigned`, `UserAssigned`, or both. */
  identity: text,
  images: z.array(text),
  /** Set where it runs a container of which Azure does not tell the image: it may be a server. */
  imagesUnread: z.exactOptional(z.literal(true)),
  /** Resource ids in lower case; empty where it is in no subnet. */
  subnets: z.array(text),
  /** Addresses at which it can be asked, without a port. */
  addresses: z.array(text),
  /** Whether somebody from the internet reaches it; absent where the resource does not say. */
  isPublic: z.exactOptional(z.boolean()),
  /** Set where what says in which network it is was not read: it may be in a subnet although none stands here. */
  networkUnread: z.exactOptional(z.literal(true)),
  /** Names of variables in which the detector finds a token, and its type; the token itself is nowhere. */
  tokens: z.array(
    z.strictObject({
      variable: text,
      type: text,
      holder: z.enum(['personal', 'service', 'unknown']),
      sha256: text,
      lastFour: text,
    }),
  ),
  /** Variables whose value Azure never tells. */
  secureVariables: z.array(text),
});
export type ServerHost = z.output<typeof ServerHostSchema>;

/** Whatever may be an MCP server. */
export const servers = defineReading({
  id: 'azure/servers',
  holds: 'what runs containers and programs in the subscriptions',
  permissions: [
    'assessor/azure/subscriptions/Microsoft.ContainerInstance/containerGroups/read',
    'assessor/azure/subscriptions/Microsoft.App/containerApps/read',
    'assessor/azure/subscriptions/Microsoft.App/jobs/read',
    'assessor/azure/subscriptions/Microsoft.App/managedEnvironments/read',
    'assessor/azure/subscriptions/Microsoft.ContainerService/managedClusters/read',
    'assessor/azure/subscriptions/Microsoft.Web/sites/read',
    'assessor/azure/subscriptions/Microsoft.Authorization/permissions/read',
  ],
  shape: z.strictObject({
    hosts: z.array(ServerHostSchema),
    /** Whether every host is known: what is not among them is nowhere only then. */
    complete: z.boolean(),
  }),
  nothing: { hosts: [], complete: false },
});
