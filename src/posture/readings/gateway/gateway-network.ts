import * as z from 'zod';
import { text } from '../../../shapes/primitives.ts';
import { defineReading } from '../../reading.ts';

/** From where the gateway calls servers: its subnets, one in each of its regions. */
export const gatewayNetwork = defineReading({
  id: 'gateway/network',
  holds: 'the subnets of the gateway',
  permissions: [
    'assessor/azure/gateway/Microsoft.ApiManagement/service/read',
    'assessor/azure/subscriptions/Microsoft.Network/virtualNetworks/subnets/read',
  ],
  shape: z.strictObject({ subnets: z.array(z.strictObject({ id: text, prefixes: z.array(text) })) }),
  nothing: { subnets: [] },
});
