import * as z from 'zod';
import { text } from '../../shapes/primitives.ts';
import { defineReading } from '../reading.ts';

const AccessPolicySchema = z.strictObject({
  id: text,
  name: text,
  /** `enabled`, `disabled`, `enabledForReportingButNotEnforced`. */
  state: text,
  /** Whoever it applies to is let in on no condition. */
  blocks: z.boolean(),
  /** Whether it is for all users. */
  everybody: z.boolean(),
  /** Client ids in lower case, or `all`. */
  apps: z.array(text),
  exceptApps: z.array(text),
  /** What makes it apply to some sign-ins only: `platforms: windows`. */
  narrowedBy: z.array(text),
  /** Conditions that this version of the app does not know. */
  notUnderstood: z.array(text),
  /** Object ids in lower case. */
  exceptUsers: z.array(text),
  exceptGroups: z.array(text),
  exceptRoles: z.array(text),
  exceptGuests: z.boolean(),
});
export type AccessPolicy = z.output<typeof AccessPolicySchema>;

/** Who is kept from which application by Conditional Access. */
export const conditionalAccess = defineReading({
  id: 'entra/conditional-access',
  holds: 'the policies of Conditional Access',
  permissions: ['assessor/graph/Policy.Read.All'],
  shape: z.strictObject({
    /** Whether these are all: a policy that is not among them may be on a page that was not read. */
    whole: z.boolean(),
    policies: z.array(AccessPolicySchema),
  }),
  nothing: { whole: false, policies: [] },
});
