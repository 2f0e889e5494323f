import { peopleWhoLeft } from '../../activities/sweep/people-who-left.ts';
import { makeArm, seedArm } from '../../local/tenant/arm/vendor.ts';
import type { UserEvent } from '../../local/tenant/entra/people/user-event.ts';
import { emptyWebhook, makeWebhook, WEBHOOK_PATH } from '../../local/tenant/webhook/vendor.ts';
import { type Config, loadConfig } from '../../src/config.ts';
import { openDenied } from '../../src/connectors/denied/index.ts';
import type { Storage } from '../../src/connectors/storage/index.ts';
import { openVendors, type Vendors } from '../../src/connectors/vendors.ts';
import { DUTIES } from '../../src/duties/index.ts';
import { runDuties } from '../../src/duties/run-duties.ts';
import { OffboardingError } from '../../src/errors.ts';
import { startCaseWith } from '../../src/intake/starting/start-case.ts';
import type { Oid } from '../../src/people/oid.ts';
import { receiveEntraEvent } from '../../src/triggers/entra/entra-events.ts';
import { receiveHrMessage } from '../../src/triggers/hr/hr-queue.ts';
import { leadClock } from '../calendar/led-clock.ts';
import { startIntakeApp } from '../support/apps/intake-app.ts';
import { makeEngine } from '../support/engine.ts';
import { seedContext } from '../support/seed-context.ts';
import { keepBlobsInMemory } from '../support/storage-in-memory/blobs.ts';
import { keepTablesInMemory } from '../support/storage-in-memory/tables.ts';
import { carryOut } from './carry-out.ts';

const now = (): Date => new Date();

/** What happened to somebody, as storage, tenant and receiver show it and not as the app says it. */
interface Seen {
  /** When the engine was told to start which case, and whether the gateway refused its leaver by then. */
  readonly begun: { readonly caseId: string; readonly at: number; readonly refused: boolean }[];
  /** When the gateway's list began to hold somebody, and ceased to, in turns. */
  readonly turns: Map<Oid, readonly number[]>;
  /** What was told of a case, or of somebody who is denied, in the order in which it arrived. */
  readonly told: { readonly caseId?: string; readonly what: string; readonly at: number }[];
}

/** Two hosts of the app in a firm whose clock the test leads, over the simulated tenant. */
export async function startMonth(begin: string, people: readonly Oid[], settings: Readonly<Record<string, string>>) {
  const clock = leadClock(begin);
  keepTablesInMemory();
  keepBlobsInMemory();
  const [arm, webhook] = [seedArm(seedContext()), emptyWebhook()];
  const app = await startIntakeApp({
    vendors: (core) => [makeArm(core, arm), makeWebhook(webhook)],
    storage: 'memory',
    settings,
  });
  const url = `${app.tenant.origin('webhook')}${WEBHOOK_PATH}`;
  const config = loadConfig({ ...app.settings, WEBHOOK_URL: url, WEBHOOK_SECRET: webhook.secret });
  const conditions = { storageDown: false };
  const vendors = [1, 2].map(() => vendorsOf(config, conditions)) as [Vendors, Vendors];
  const [first] = vendors;
  const seen: Seen = { begun: [], turns: new Map(), told: [] };
  /** Ids of instances that break before they file anything, once each. */
  const breaking = new Set<string>();
  const isListed = (oid: string): boolean => arm.namedValues.all().some(({ value }) => value.includes(`,${oid},`));

  const engine = makeEngine((caseId, oid) => {
    seen.begun.push({ caseId, at: Date.now(), refused: isListed(oid) });
  });
  const start = startCaseWith(engine.client);
  const pending: UserEvent[] = [];

  function look(): void {
    const at = Date.now();
    for (const oid of people) {
      const turns = seen.turns.get(oid) ?? [];
      if (isListed(oid) !== (turns.length % 2 === 1)) seen.turns.set(oid, [...turns, at]);
    }
    for (const { event } of webhook.events.slice(seen.told.length)) {
      const { type, data } = event as { readonly type: string; readonly data: { readonly caseId?: string } };
      const what = type.replace('case.', '');
      seen.told.push({ ...(data.caseId !== undefined && { caseId: data.caseId }), what, at });
    }
  }

  /** Event Grid delivers what was not acknowledged again. */
  async function deliver(...events: readonly UserEvent[]): Promise<void> {
    for (const event of events) {
      try {
        await receiveEntraEvent(first, config, event, start, app.log, now);
      } catch {
        pending.push(event);
      }
      look();
    }
  }

  return {
    ...{ app, config, vendors: first, engine, conditions, breaking, seen, webhook, start, clock, deliver },
    log: app.log,
    /** One message of HR's queue. */
    hear: async (message: object): Promise<void> => {
      await receiveHrMessage(first, config, message, start, app.log, now);
      look();
    },
    look,
    /** What of the hourly sweep a case may come from: who has left, and who is disabled. */
    sweep: () => peopleWhoLeft(first, config, now().toISOString(), undefined, app.log),
    /** A minute of so many hosts: what is due, what the engine has to do, and what is delivered again. */
    round: async (hosts: number): Promise<void> => {
      const context = { settings: config, log: app.log, client: engine.client, now };
      if (!conditions.storageDown)
        await engine.work(async (instanceId, input) => {
          if (breaking.delete(instanceId))
            throw new Error('closeCase failed (storage-unavailable): Storage did not answer.');
          await carryOut(input, { ...context, vendors: first });
        });
      await Promise.all(vendors.slice(0, hosts).map((each) => runDuties(DUTIES, { ...context, vendors: each })));
      look();
      await deliver(...pending.splice(0));
    },
    stop: app.stop,
  };
}

/** The vendors of one host; while storage is down, none of its calls is answered. */
function vendorsOf(config: Config, conditions: { readonly storageDown: boolean }): Vendors {
  const opened = openVendors(config);
  const storage: Storage = new Proxy(opened.storage, {
    get: (calls, name, receiver) => {
      if (!conditions.storageDown) return Reflect.get(calls, name, receiver);
      return () => Promise.reject(new OffboardingError('storage-unavailable', 'Storage did not answer.'));
    },
  });
  return { ...opened, storage, denied: openDenied({ gateway: opened.gateway, storage, restMs: 0 }) };
}
