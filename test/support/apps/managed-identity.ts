import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Tenant } from '../../../local/tenant/core/start-tenant.ts';

type IdentityEnvironment = Tenant['identityEnvironment'];

let current: IdentityEnvironment;
let endpoint: Promise<string> | undefined;

/**
 * Where the app of this process asks for its tokens, whichever tenant it has by now: Azure's SDK remembers for the life of
 * a process where it asked first, and the tokens that it got (`ManagedIdentityApplication` of @azure/msal-node).
 */
export async function identityOf(tenant: Tenant): Promise<IdentityEnvironment> {
  current = tenant.identityEnvironment;
  endpoint ??= listen();
  return { IDENTITY_ENDPOINT: await endpoint, IDENTITY_HEADER: 'of this process' };
}

async function listen(): Promise<string> {
  const server: Server = createServer(async ({ url = '' }, answer) => {
    const { IDENTITY_ENDPOINT: now, IDENTITY_HEADER: header } = current;
    const asked = await fetch(new URL(url, now), { headers: { 'x-identity-header': header } });
    answer.writeHead(asked.status, { 'content-type': 'application/json' }).end(await asked.text());
  });
  server.unref();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/msi/token`;
}
