import type { WebApi } from 'azure-devops-node-api';
import { credentialOf, type IdentityName } from '../credentials.ts';
import type { DevOpsSettings } from '../settings.ts';

/** The application id of Azure DevOps in every tenant: the audience of its tokens. */
const DEVOPS_RESOURCE = '499b84ac-1321-427f-aa17-267ca6975798';

/** The SDK's HTTP client, with its authentication and connection handling. */
export type DevOpsClient = WebApi['rest']['client'];

const clients = new Map<string, { readonly token: string; readonly client: DevOpsClient }>();

/**
 * The SDK's client for one host and one of the app's identities. (One client for two hosts would send its token to
 * the first alone, which guards redirects.) Below its typed clients on purpose: those drop the response
 * headers, and with them the name of the next page, and they return a 404, a sign-in page and a body that broke off
 * alike as "nothing" (azure-devops-node-api 17, `formatResponse(null)`); here that would read as all clear.
 * Throws where no token can be had.
 */
export async function devOpsClient(
  settings: DevOpsSettings,
  identity: IdentityName,
  origin: string,
): Promise<DevOpsClient> {
  const key = `${identity} ${origin}`;
  const timeout = settings.REQUEST_TIMEOUT_SECONDS * 1_000;
  const access = await credentialOf(settings, identity).getToken(`${DEVOPS_RESOURCE}/.default`, {
    requestOptions: { timeout },
  });
  if (access === null) throw new Error('the credential gave no token');
  const known = clients.get(key);
  if (known?.token === access.token) return known.client;
  // The SDK loads the clients of all its services at once; the app's start does not wait for that.
  const sdk = await import('azure-devops-node-api');
  const api = new sdk.WebApi(
    origin,
    sdk.getBearerHandler(access.token, false),
    {
      // A redirect leads to a page where people sign in.
      allowRedirects: false,
      // The orchestration tries again, on a durable timer.
      allowRetries: false,
      keepAlive: true,
      socketTimeout: timeout,
    },
    { productName: 'mcp-offboarding', productVersion: '1', userAgent: 'mcp-offboarding' },
  );
  const { client } = api.rest;
  // The client before is not disposed of: requests under way would lose their sockets.
  clients.set(key, { token: access.token, client });
  return client;
}
