import * as z from 'zod';
import { defineRoute } from '../route.ts';

/** Nothing of it is a secret: whoever signs in in a browser sees all of it in the address. */
export const getSignInSettings = defineRoute({
  id: 'getSignInSettings',
  method: 'GET',
  path: '/api/sign-in-settings',
  summary: 'With what a client signs a person in to this API',
  tag: 'Operation',
  access: { kind: 'anybody' },
  answers: {
    200: z.object({
      tenantId: z.string(),
      authority: z.string().meta({ description: 'address of Entra' }),
      resource: z
        .string()
        .meta({ description: 'this API as Entra knows it; with /.default behind it, the scope of a token' }),
      clientId: z
        .exactOptional(z.string())
        .meta({ description: 'application with which a person signs in; absent where none is registered' }),
    }),
  },
  async handle(_asked, { settings }) {
    const {
      TENANT_ID: tenantId,
      LOGIN_ENDPOINT: authority,
      API_AUDIENCE: audience,
      SIGN_IN_CLIENT_ID: clientId,
    } = settings;
    // The audience of a v2.0 token is the client id; one asks for it by the application's address.
    const resource = z.guid().safeParse(audience).success ? `api://${audience}` : audience;
    return { status: 200, value: { tenantId, authority, resource, ...(clientId === undefined ? {} : { clientId }) } };
  },
});
