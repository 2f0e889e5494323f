import * as z from 'zod';
import { text } from '../../../shapes/primitives.ts';
import { defineReading } from '../../reading.ts';

/** What came of a connection to a server past the gateway: `unresolved` where its name is not known here. */
const REACHED = ['open', 'closed', 'unresolved'] as const;

/** What somebody without a token, or past the gateway, gets. */
export const gatewayProbes = defineReading({
  id: 'gateway/probes',
  holds: 'what the gateway answers without a token, and whether servers can be reached past it',
  permissions: [
    'assessor/azure/gateway/Microsoft.ApiManagement/service/apis/read',
    'assessor/azure/gateway/Microsoft.ApiManagement/service/backends/read',
  ],
  shape: z.strictObject({
    apis: z.array(
      z.strictObject({
        id: text,
        name: text,
        url: text,
        status: z.int(),
        /** Whether it says where a client learns who issues tokens: RFC 9728. */
        namesMetadata: z.boolean(),
      }),
    ),
    servers: z.array(
      z.strictObject({
        id: text,
        name: text,
        address: text,
        reached: z.enum(REACHED),
        /** Where its name leads. */
        at: z.array(text),
      }),
    ),
  }),
  nothing: { apis: [], servers: [] },
});
