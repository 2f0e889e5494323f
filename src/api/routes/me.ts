import * as z from 'zod';
import { isDenied } from '../../intake/deciding/own-affair.ts';
import { OidSchema } from '../../people/oid.ts';
import { MAY, may, RIGHTS, ROLES } from '../access/caller.ts';
import { defineRoute } from '../route.ts';

export const getMe = defineRoute({
  id: 'getMe',
  method: 'GET',
  path: '/api/me',
  summary: 'Who asks, with which roles, and what these allow; also for somebody without any',
  tag: 'People',
  access: { kind: 'signed-in' },
  answers: {
    200: z.object({
      oid: OidSchema,
      isApp: z.boolean(),
      roles: z.array(z.enum(ROLES)),
      may: z.array(z.enum(RIGHTS)),
      denied: z.boolean().meta({
        description: 'whether the gateway refuses them, by this account or another of theirs: then they decide nothing',
      }),
    }),
  },
  async handle({ caller }, { vendors }) {
    const denied = await isDenied(vendors, caller.oid);
    const rights = RIGHTS.filter((right) => MAY[right].length > 0 && may(caller, right));
    const { oid, isApp, roles } = caller;
    return { status: 200, value: { oid, isApp, roles, may: rights, denied } };
  },
});
