import '../../loopback-names.ts';
import { randomBytes } from 'node:crypto';
import { type LocalCertificate, makeCertificate, trust } from './certificate.ts';
import { type FaultBoard, makeFaultBoard } from './faults.ts';
import { makeLogin, serveManagedIdentity } from './login.ts';
import type { Principal } from './principals.ts';
import { type CallRecord, servePlain, serveVendors, type VendorServer } from './server.ts';
import { makeSignIn, type Staff } from './sign-in.ts';
import { makeTokenAuthority, type TokenAuthority } from './tokens.ts';
import { type EventSink, HOSTS, type HostName, type TenantCore, type Vendor } from './vendor.ts';

export interface TenantOptions {
  readonly tenantId: string;
  readonly principals: Principal[];
  /** Makes the vendors over the shared core. */
  readonly vendors: (core: TenantCore) => readonly Vendor[];
  /** Where changes of users go; default: nowhere. */
  readonly events?: (core: TenantCore) => EventSink;
  readonly now?: () => Date;
  readonly port?: number;
  /** Who signs in to what in a browser. */
  readonly signIn?: { readonly staff: readonly Staff[]; readonly clientId: string; readonly audience: string };
}

/** A running simulated tenant. */
export interface Tenant {
  readonly core: TenantCore;
  readonly vendors: readonly Vendor[];
  readonly faults: FaultBoard;
  readonly tokens: TokenAuthority;
  readonly calls: CallRecord[];
  readonly server: VendorServer;
  readonly certificate: LocalCertificate;
  /** What App Service would put into the app's environment for its managed identities. */
  readonly identityEnvironment: { readonly IDENTITY_ENDPOINT: string; readonly IDENTITY_HEADER: string };
  /** Endpoints at which people sign in in a browser, without a certificate that it would have to trust. */
  readonly signInMetadata: Readonly<Record<string, string>> | undefined;
  origin(host: HostName): string;
  vendor(name: string): Vendor;
  close(): Promise<void>;
}

/** Starts the vendors on loopback. This process trusts them; a child needs NODE_EXTRA_CA_CERTS. */
export async function startTenant(options: TenantOptions): Promise<Tenant> {
  const state: { port: number } = { port: 0 };
  const origin = (host: HostName): string => `https://${HOSTS[host]}:${state.port}`;
  const tokens = await makeTokenAuthority(options.tenantId, () => origin('login'));
  const faults = makeFaultBoard();
  const quiet: EventSink = { publish: () => {}, idle: async () => {} };
  let sink = quiet;
  const core: TenantCore = {
    tenantId: options.tenantId,
    origin,
    tokens,
    principals: options.principals,
    faults,
    now: options.now ?? (() => new Date()),
    events: { publish: (change) => sink.publish(change), idle: () => sink.idle() },
  };
  const vendors = [makeLogin(core), ...options.vendors(core)];
  const certificate = await makeCertificate(['localhost', ...Object.values(HOSTS)]);
  trust(certificate.authority);
  const server = await serveVendors(vendors, certificate, faults, options.port);
  state.port = server.port;
  sink = options.events?.(core) ?? quiet;
  const identityHeader = randomBytes(16).toString('hex');
  const identity = await servePlain((request) => serveManagedIdentity(core, identityHeader, request));
  const signIn = options.signIn && (await servePlain(makeSignIn({ tokens, ...options.signIn })));
  return {
    core,
    vendors,
    faults,
    tokens,
    calls: server.calls,
    server,
    certificate,
    identityEnvironment: {
      IDENTITY_ENDPOINT: `http://127.0.0.1:${identity.port}/msi/token`,
      IDENTITY_HEADER: identityHeader,
    },
    signInMetadata:
      signIn && metadataOf(`http://127.0.0.1:${signIn.port}/${options.tenantId}`, origin('login'), options.tenantId),
    origin,
    vendor: (name) => {
      const found = vendors.find((vendor) => vendor.name === name);
      if (found === undefined) throw new Error(`no simulated vendor is called ${name}`);
      return found;
    },
    close: async () => {
      await Promise.all([server.close(), identity.close(), signIn?.close()]);
    },
  };
}

function metadataOf(base: string, login: string, tenantId: string): Readonly<Record<string, string>> {
  return {
    issuer: `${login}/${tenantId}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    jwks_uri: `${login}/${tenantId}/discovery/v2.0/keys`,
  };
}
