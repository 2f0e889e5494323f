import * as z from 'zod';
import { type Oid, parseOid } from '../../people/oid.ts';

/** App roles of this API, assigned in Entra. */
export const ROLES = [
  'Offboarding.Read',
  'Offboarding.Operate',
  'Offboarding.Approve',
  'Offboarding.Workflow',
  'Offboarding.Inventory',
  'Offboarding.Administer',
] as const;
export type Role = (typeof ROLES)[number];

/** Who calls: a person, or an app with roles of its own. */
export interface Caller {
  readonly oid: Oid;
  readonly roles: readonly Role[];
  /** Client id of the application that asks, for somebody or for itself. */
  readonly clientId: string;
  /** Set where it asks for itself. */
  readonly isApp: boolean;
  /** The machine or app that a managed identity belongs to, where its token tells. */
  readonly resourceId?: string;
}

/**
 * `azp` (v2 tokens) or `appid` (v1): an ID token has neither, and must not pass for an access token although it
 * may carry the same audience and roles.
 */
const Claims = z
  .object({
    oid: z.string(),
    tid: z.string(),
    roles: z.array(z.string()).default([]),
    azp: z.string().optional(),
    appid: z.string().optional(),
    scp: z.string().optional(),
    xms_mirid: z.string().max(1_000).optional().catch(undefined),
  })
  .refine(({ azp, appid }) => azp !== undefined || appid !== undefined);

/** The caller by the claims of a token whose signature was verified; undefined where it is not one for this API. */
export function callerOf(claims: unknown, tenantId: string): Caller | undefined {
  const parsed = Claims.safeParse(claims);
  if (!parsed.success || parsed.data.tid.toLowerCase() !== tenantId) return undefined;
  const oid = parseOid(parsed.data.oid);
  if (oid === undefined) return undefined;
  const { roles, azp, appid, scp, xms_mirid: resourceId } = parsed.data;
  return {
    oid,
    roles: ROLES.filter((role) => roles.includes(role)),
    clientId: (azp ?? appid ?? '').toLowerCase(),
    // A token for a person has a scope always, and one for an application never.
    isApp: scp === undefined,
    ...(resourceId === undefined ? {} : { resourceId }),
  };
}

/** Which roles may do what. Who passes on the tasks of workflows may do that alone, and is known by the application. */
export const MAY = {
  read: ['Offboarding.Read', 'Offboarding.Operate', 'Offboarding.Approve', 'Offboarding.Administer'],
  operate: ['Offboarding.Operate', 'Offboarding.Administer'],
  decide: ['Offboarding.Approve'],
  approve: ['Offboarding.Approve', 'Offboarding.Administer'],
  administer: ['Offboarding.Administer'],
  /** Machines, which may do nothing else. */
  report: ['Offboarding.Inventory'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type Right = keyof typeof MAY;
export const RIGHTS = Object.keys(MAY) as readonly Right[];

export function may({ roles }: Caller, right: Right): boolean {
  return MAY[right].some((role) => roles.includes(role));
}
