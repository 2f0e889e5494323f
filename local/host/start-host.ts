import path from 'node:path';
import type { RpcTypedData } from './core-types.ts';
import type { Clock } from './engine/clock.ts';
import { systemClock } from './engine/clock.ts';
import type { Engine } from './engine/engine.ts';
import { createEngine } from './engine/engine.ts';
import type { Redelivery } from './engine/redelivery.ts';
import type { Determinism } from './engine/replay/determinism.ts';
import type { DurableSchema } from './engine/storage/schema.ts';
import { Store } from './engine/storage/store.ts';
import { withFunctionTimeout } from './function-timeout.ts';
import { installFunctionsCore } from './functions-core.ts';
import { readAppRoot } from './host-settings.ts';
import { serveHttp } from './http-server.ts';
import { createInvoker } from './invoker.ts';
import type { Logger } from './log.ts';
import { logLevelOf, stderrLogger } from './log.ts';
import type { App } from './registry.ts';
import { loadApp } from './registry.ts';
import { adminApi } from './triggers/admin.ts';
import { startBackgroundTriggers } from './triggers/background.ts';
import { durableApi, durableClientBinding } from './triggers/durable-client.ts';
import { eventGridTriggers } from './triggers/event-grid.ts';
import { eventHubTriggers } from './triggers/event-hub/event-hub.ts';
import { httpTriggers } from './triggers/http.ts';
import type { StopTrigger } from './triggers/timer.ts';

/** How long running work may take to end once the host is told to stop; the rest is taken up by the next start. */
const DRAIN_MS = 5_000;

export interface HostOptions {
  /** The app's entry: a source file (.ts, .mjs) or the bundle (.cjs). */
  readonly app: string;
  /** Where the task hub is kept. */
  readonly stateDir: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly clock?: Clock;
  /** App settings for bindings (`%NAME%`, connections); the app itself reads process.env, as on Azure. */
  readonly settings?: Readonly<Record<string, string | undefined>>;
  readonly log?: Logger;
  /** Default `strict`; `names` compares no more than Azure does. */
  readonly determinism?: Determinism;
  /** The extension's format that is spoken; default: V4, as extensions of mid-2026 and later do. */
  readonly schema?: DurableSchema;
  /** Delivers every activity a second time, in each of these ways. For tests only; default: in none. */
  readonly deliverTwice?: readonly Redelivery[];
}

export interface RunningHost {
  readonly url: string;
  readonly port: number;
  readonly functions: readonly string[];
  readonly engine: Engine;
  /** Resolves once no orchestration can go on without time passing or somebody outside. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the app on a free port of loopback and takes up what the state folder holds. */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  const settings = options.settings ?? process.env;
  const log = options.log ?? stderrLogger(logLevelOf(process.env.LOCAL_HOST_LOG_LEVEL));
  const clock = options.clock ?? systemClock;
  const appFile = path.resolve(options.app);
  const { settings: host, functionTimeout } = readAppRoot(appFile, settings);
  installFunctionsCore(log);
  const app = enabledOnly(await loadApp(appFile), settings);

  let clientBinding: RpcTypedData | undefined;
  const inputBinding = (type: string): RpcTypedData | undefined =>
    type === 'durableClient' || type === 'orchestrationClient' ? clientBinding : undefined;
  const invoke = withFunctionTimeout(createInvoker({ app, log, inputBinding }), { limit: functionTimeout, clock, log });
  const store = new Store(options.stateDir);
  const engine = createEngine({
    app,
    store,
    clock,
    invoke,
    log,
    settings: host.durableTask,
    determinism: options.determinism ?? 'strict',
    schema: options.schema,
    deliverTwice: options.deliverTwice,
  });

  const server = await serveHttp(
    options.port ?? 0,
    [
      httpTriggers(app, host.http.routePrefix, invoke, log),
      durableApi(engine),
      eventGridTriggers(app, invoke, log),
      eventHubTriggers(app, clock.now, invoke, log),
      adminApi(app, engine, invoke, log),
    ],
    log,
  );
  // durable-functions rewrites its URLs to localhost:7071 where this is unset, as `func start` sets it.
  process.env.WEBSITE_HOSTNAME ??= `127.0.0.1:${server.port}`;
  clientBinding = durableClientBinding(server.url, host.durableTask.hubName);

  let stopTriggers: StopTrigger;
  try {
    for (const hook of app.hooks.get('appStart') ?? []) await hook({ hookData: {} });
    stopTriggers = startBackgroundTriggers(app, { store, clock, invoke, log, settings, ...host });
  } catch (error) {
    await server.close(0);
    store.close();
    throw error;
  }
  engine.run();

  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await within(DRAIN_MS, stopTriggers());
    // The server goes last: activities that are ending may still use the client, and a refused connection would be
    // recorded as their result.
    await engine.stop(DRAIN_MS);
    await server.close(DRAIN_MS);
    for (const hook of app.hooks.get('appTerminate') ?? []) await hook({ hookData: {} });
    store.close();
  };
  return {
    url: server.url,
    port: server.port,
    functions: [...app.functions.keys()],
    engine,
    idle: engine.idle,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** `AzureWebJobs.<name>.Disabled` switches a function off, as on Azure. */
function enabledOnly(app: App, settings: Readonly<Record<string, string | undefined>>): App {
  const functions = [...app.functions].filter(
    ([name]) => !/^(1|true)$/i.test(settings[`AzureWebJobs.${name}.Disabled`] ?? ''),
  );
  return { ...app, functions: new Map(functions) };
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  await Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms).unref())]);
}
