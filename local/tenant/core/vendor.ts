import type { FaultBoard } from './faults.ts';
import type { Principal } from './principals.ts';
import type { TokenAuthority } from './tokens.ts';

/** Each vendor answers under a name of its own, as in production. Values are host names without the port. */
export const HOSTS = {
  tenant: 'tenant.localhost',
  login: 'login.localhost',
  graph: 'graph.localhost',
  arm: 'management.localhost',
  logs: 'api.loganalytics.localhost',
  eventHub: 'evhns-mcp-audit.servicebus.localhost',
  ingestion: 'dce-mcp-audit.ingest.monitor.localhost',
  github: 'api.github.localhost',
  githubOidc: 'token.actions.githubusercontent.localhost',
  devops: 'dev.azure.localhost',
  devopsGraph: 'vssps.dev.azure.localhost',
  devopsReleases: 'vsrm.dev.azure.localhost',
  devopsEntitlements: 'vsaex.dev.azure.localhost',
  devopsAudit: 'auditservice.dev.azure.localhost',
  vault: 'offboarding.vault.localhost',
  teams: 'teams.localhost',
  webhook: 'tickets.localhost',
  gateway: 'apim-mcp.localhost',
} as const;
export type HostName = keyof typeof HOSTS;

/** What every simulated vendor can use. */
export interface TenantCore {
  readonly tenantId: string;
  /** `https://graph.localhost:49152`; known once the server listens, so call it late. */
  origin(host: HostName): string;
  readonly tokens: TokenAuthority;
  readonly principals: Principal[];
  readonly faults: FaultBoard;
  readonly now: () => Date;
  /** Tells the tenant's subscribers (the app's Event Grid endpoint) that a directory object changed. */
  readonly events: EventSink;
}

/** A change of a user as Graph would publish it; see `entra/user-event.ts` for the CloudEvent. */
export interface UserChange {
  readonly changeType: 'updated' | 'deleted';
  readonly userId: string;
}

export interface EventSink {
  publish(change: UserChange): void;
  /** Resolves when everything published so far was delivered or given up. */
  idle(): Promise<void>;
}

/** One simulated vendor: answers requests over its own in-memory state. */
export interface Vendor {
  /** Name in faults and in the call log, e.g. `graph`, `arm`, `github`, `devops`. */
  readonly name: string;
  readonly hosts: readonly HostName[];
  handle(request: Request): Response | Promise<Response>;
  /** The state as JSON, for `GET /_tenant/state` and for tests. Never contains what a real vendor would not tell its admin. */
  snapshot(): unknown;
}

/** Who calls, by the verified token; undefined where the token belongs to nobody we know. */
export function callerOf(core: TenantCore, clientId: string): Principal | undefined {
  return core.principals.find((known) => known.clientId === clientId);
}
