import '../api/watch-answers.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { filteredLogger } from '../../../local/host/log.ts';
import { type RunningHost, startHost } from '../../../local/host/start-host.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Config } from '../../../src/config.ts';
import { type IntakeAppOptions, startIntakeApp } from './intake-app.ts';

/** The triggers on the local host, over a real directory, tables, blobs and queues. */
export async function startHostedIntake(options: IntakeAppOptions = {}) {
  const app = await startIntakeApp({ ...options, storage: 'azurite' });
  const state = await mkdtemp(path.join(tmpdir(), 'ways-in-'));
  const settings = {
    ...environmentOf(app.config),
    TASK_HUB_NAME: 'waysin',
    LOCAL_TIMERS: 'by-hand',
    LeaverQueue__queueServiceUri: app.queueEndpoint ?? '',
    LeaverQueue__clientId: WORLD.app.remover.clientId,
  };
  Object.assign(process.env, settings);
  const lines: string[] = [];
  const host: RunningHost = await startHost({
    app: path.join(import.meta.dirname, '../../triggers/fixtures/triggers.ts'),
    stateDir: state,
    log: filteredLogger('information', (entry) => lines.push(entry.message)),
  });
  return {
    ...app,
    host,
    lines,
    call: async (target: string, init: RequestInit = {}, roles: readonly string[] = ['Offboarding.Operate']) => {
      const token = await app.tenant.tokens.issue({
        audience: WORLD.app.audience,
        oid: WORLD.operator.oid,
        clientId: 'operator-cli',
        scopes: ['access'],
        roles,
      });
      return fetch(`${host.url}${target}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
    },
    /** Delivers one event as Event Grid does and returns the status. */
    deliver: async (event: unknown): Promise<number> => {
      const response = await fetch(`${host.url}/runtime/webhooks/EventGrid?functionName=entraEvents`, {
        method: 'POST',
        headers: { 'aeg-event-type': 'Notification', 'content-type': 'application/cloudevents+json' },
        body: JSON.stringify(event),
      });
      return response.status;
    },
    stop: async () => {
      await host.stop();
      await app.stop();
      await rm(state, { recursive: true, force: true });
    },
  };
}

/** Lists of names are separated by commas; lists of anything else are JSON. */
function listText(list: readonly unknown[]): string {
  return list.every((item) => typeof item === 'string') ? list.join(',') : JSON.stringify(list);
}

function environmentOf(config: Config): Record<string, string> {
  const entries = Object.entries(config).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? listText(value) : String(value)]),
  );
}
