import * as z from 'zod';
import { text } from '../../shapes/primitives.ts';
import { defineReading } from '../reading.ts';

const RuleSchema = z.strictObject({
  name: text,
  priority: z.number(),
  direction: text,
  access: text,
  protocol: text,
  sources: z.array(text),
  destinations: z.array(text),
  ports: z.array(text),
  sourcePorts: z.array(text),
});

const SubnetSchema = z.strictObject({
  /** In lower case, as the firm’s setting names it. */
  id: text,
  state: z.enum(['there', 'gone', 'unread']),
  prefixes: z.array(text),
  /** Services that it is delegated to, in lower case. */
  delegations: z.array(text),
  /** What stands at its door, the platform’s own rules among it; absent where there is none, or it was not read. */
  securityGroup: z.exactOptional(z.strictObject({ id: text, rules: z.array(RuleSchema) })),
  /** There is a security group, and it was not read. */
  rulesUnread: z.exactOptional(z.literal(true)),
});
export type ApprovedSubnet = z.output<typeof SubnetSchema>;

/** The subnets in which servers may run. */
export const network = defineReading({
  id: 'azure/network',
  holds: 'the approved subnets and their security groups',
  permissions: [
    'assessor/azure/subscriptions/Microsoft.Network/virtualNetworks/subnets/read',
    'assessor/azure/subscriptions/Microsoft.Network/networkSecurityGroups/read',
  ],
  shape: z.strictObject({ approved: z.array(SubnetSchema) }),
  nothing: { approved: [] },
});
