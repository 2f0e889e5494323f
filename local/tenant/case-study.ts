import { makeArm, seedArm } from './arm/vendor.ts';
import { startTenant, type Tenant } from './core/start-tenant.ts';
import type { TenantCore } from './core/vendor.ts';
import { makeDevOps, seedDevOps } from './devops/vendor.ts';
import { type EventGridOptions, eventGridSink } from './entra/event-grid-sink.ts';
import { makeGraph, seedEntra } from './entra/vendor.ts';
import { gatewayPrincipal } from './event-hub/gateway.ts';
import { type Receivers, serveReceivers } from './event-hub/receivers.ts';
import { emptyEventHub } from './event-hub/state.ts';
import { makeEventHub } from './event-hub/vendor.ts';
import { makeGateway } from './gateway/front.ts';
import { makeGitHub, seedGitHub } from './github/vendor.ts';
import { emptyIngestion, makeIngestion } from './ingestion/vendor.ts';
import { makeLogs, seedLogs } from './logs/vendor.ts';
import { DEMO_SCALE } from './seeds/demo-scale.ts';
import { appPrincipals, canaryPrincipal } from './seeds/principals.ts';
import type { Scale, SeedContext, TokenMint } from './seeds/seed-context.ts';
import { CONSOLE_CLIENT_ID, STAFF } from './seeds/staff.ts';
import { makeTokenMint } from './seeds/token-mint.ts';
import { WORLD } from './seeds/world.ts';
import { emptyTeams, makeTeams } from './teams/vendor.ts';
import { makeVault, seedVault } from './vault/vendor.ts';
import { emptyWebhook, makeWebhook } from './webhook/vendor.ts';

export interface CaseStudyOptions {
  readonly scale?: Scale;
  readonly port?: number;
  /** Default: one whose tokens are random. */
  readonly mint?: TokenMint;
  /** Up to when the firm has lived; default: until it starts. */
  readonly now?: Date;
  /** The app's base URL, once it listens; changes of users are delivered there. */
  readonly deliverTo: () => string | undefined;
  /** What happens to them on the way; default: each is one delivery. */
  readonly route?: EventGridOptions['route'];
}

/** The seeded firm: a running tenant and everything a test may want to look at. */
export interface CaseStudy {
  readonly tenant: Tenant;
  readonly mint: TokenMint;
  readonly principals: ReturnType<typeof appPrincipals>;
  readonly states: ReturnType<typeof seedAll>;
  /** Where the local host reads the event hub. */
  readonly receivers: Receivers;
}

function seedAll(context: SeedContext) {
  const vault = seedVault(context);
  return {
    entra: seedEntra(context),
    arm: seedArm(context),
    vault,
    github: seedGitHub(context, vault),
    devops: seedDevOps(context),
    logs: seedLogs(context),
    eventHub: emptyEventHub(),
    ingestion: emptyIngestion(),
    teams: emptyTeams(),
    webhook: emptyWebhook(),
  };
}

/** Starts the tenant of the case study on loopback. */
export async function startCaseStudy(options: CaseStudyOptions): Promise<CaseStudy> {
  const mint = options.mint ?? makeTokenMint();
  const principals = appPrincipals();
  const states = seedAll({ now: options.now ?? new Date(), scale: options.scale ?? DEMO_SCALE, mint });
  const vendors = (core: TenantCore) => [
    makeGraph(core, states.entra),
    makeArm(core, states.arm),
    makeVault(core, states.vault),
    makeGitHub(core, states.github),
    makeDevOps(core, states.devops),
    makeLogs(core, states.logs),
    makeEventHub(core, states.eventHub),
    makeIngestion(core, states.logs, states.ingestion),
    makeTeams(core, states.teams),
    makeWebhook(states.webhook),
    makeGateway(core, states.arm, states.logs),
  ];
  const tenant = await startTenant({
    tenantId: WORLD.tenantId,
    principals: [...Object.values(principals), gatewayPrincipal(), canaryPrincipal()],
    vendors,
    signIn: { staff: STAFF, clientId: CONSOLE_CLIENT_ID, audience: WORLD.app.audience },
    events: eventGridSink({
      deliverTo: options.deliverTo,
      ...(options.route === undefined ? {} : { route: options.route }),
    }),
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  const receivers = await serveReceivers(tenant.core, states.eventHub);
  const close = async (): Promise<void> => {
    await Promise.all([tenant.close(), receivers.close()]);
  };
  return { tenant: { ...tenant, close }, mint, principals, states, receivers };
}
