import type { TenantCore, Vendor } from '../../../local/tenant/core/vendor.ts';
import { administratorOf } from '../../../local/tenant/entra/people/administrator.ts';
import { type UserEvent, userEvents } from '../../../local/tenant/entra/people/user-event.ts';
import { emptyEntra } from '../../../local/tenant/entra/state/state.ts';
import type { UserRow } from '../../../local/tenant/entra/state/state-people.ts';
import { makeGraph } from '../../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { OffboardLeaverInput } from '../../../src/cases/case.ts';
import { ensureTables } from '../../../src/connectors/storage/base/tables.ts';
import type { StartCase } from '../../../src/intake/starting/start-row.ts';
import { logOf } from '../../../src/log.ts';
import { type Oid, parseOid } from '../../../src/people/oid.ts';
import { startApp } from './start-app.ts';

export interface IntakeAppOptions {
  readonly settings?: Readonly<Record<string, string>>;
  readonly vendors?: (core: TenantCore) => readonly Vendor[];
  /**
   * Default: tables and containers in memory, put there by this. `memory`: by the caller, who watches or delays them.
   * `azurite`: an emulator, for queues, and for what Azure's storage itself answers.
   */
  readonly storage?: 'azurite' | 'memory';
}

const STORAGE = { azurite: true, memory: false, default: 'memory' } as const;

/** Intake with a real directory and tables that are asked as Azure's are; the engine alone is replaced by a list of what was started. */
export async function startIntakeApp(options: IntakeAppOptions = {}) {
  const directory = emptyEntra();
  const app = await startApp({
    vendors: (core) => [makeGraph(core, directory), ...(options.vendors?.(core) ?? [])],
    storage: STORAGE[options.storage ?? 'default'],
    ...(options.settings === undefined ? {} : { settings: options.settings }),
  });
  await ensureTables(app.config);
  const started: { instanceId: string; input: OffboardLeaverInput }[] = [];
  const start: StartCase = async (instanceId, input) => {
    if (!started.some((each) => each.instanceId === instanceId)) started.push({ instanceId, input });
  };
  const logged: string[] = [];
  const write = (...args: unknown[]): void => {
    logged.push(args.map(String).join(' '));
  };
  const eventOf = userEvents(app.tenant.core);
  let people = 0;
  return {
    ...app,
    directory,
    administrator: administratorOf(app.tenant.core, WORLD.operator.oid),
    start,
    started,
    log: logOf({ info: write, warn: write, error: write }),
    logged,
    startsOf: (oid: Oid) =>
      started.filter(({ instanceId }) => instanceId.includes(oid)).map(({ instanceId }) => instanceId),
    /** Somebody new, so that tests do not share people. */
    hire: (more: Partial<UserRow> = {}): Oid => {
      people += 1;
      const oid = parseOid(more.id ?? `0e000000-0000-4000-8000-${String(people).padStart(12, '0')}`);
      if (oid === undefined) throw new Error('not an oid');
      const mail = `person.${people}@${WORLD.domain}`;
      directory.users.add({
        id: oid,
        displayName: `Person ${people}`,
        userPrincipalName: mail,
        mail,
        accountEnabled: true,
        userType: 'Member',
        employeeLeaveDateTime: null,
        signInSessionsValidFromDateTime: '2026-01-01T00:00:00Z',
        managerId: null,
        deletedDateTime: null,
        ...more,
      });
      return oid;
    },
    updated: (userId: string): UserEvent => eventOf({ changeType: 'updated', userId }),
    deleted: (userId: string): UserEvent => eventOf({ changeType: 'deleted', userId }),
  };
}
