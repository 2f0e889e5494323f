import type { DurableClient } from 'durable-functions';
import type { OffboardLeaverInput } from '../../src/cases/case.ts';
import type { Oid } from '../../src/people/oid.ts';

interface Instance {
  readonly input: OffboardLeaverInput;
  readonly createdAt: number;
  updatedAt: number;
  status: 'Running' | 'Completed' | 'Failed' | 'Terminated';
  output?: string;
}

/** So long a case of this firm runs. */
const TAKES_MS = 15 * 60_000;

/** The engine as its client shows it: it knows what was started, and forgets what is purged. */
export function makeEngine(begun: (caseId: string, oid: Oid) => void) {
  const instances = new Map<string, Instance>();
  const found = (instanceId: string): Instance => {
    const instance = instances.get(instanceId);
    if (instance === undefined) throw new Error('The operation failed with HTTP 404.');
    return instance;
  };
  // No more of the client than what duties and intake ask of it.
  const client = {
    getStatus: async (instanceId: string) => {
      const { status, createdAt, updatedAt, input, output } = found(instanceId);
      const [createdTime, lastUpdatedTime] = [new Date(createdAt), new Date(updatedAt)];
      return { instanceId, createdTime, lastUpdatedTime, input, output, runtimeStatus: status };
    },
    startNew: async (_: string, { instanceId, input }: { instanceId: string; input: OffboardLeaverInput }) => {
      if (instances.has(instanceId)) throw new Error('The operation failed with HTTP 409.');
      const now = Date.now();
      instances.set(instanceId, { input, createdAt: now, updatedAt: now, status: 'Running' });
      begun(input.caseId, input.row.oid);
      return instanceId;
    },
    terminate: async (instanceId: string) => {
      const instance = found(instanceId);
      if (instance.status === 'Running') instance.status = 'Terminated';
    },
    purgeInstanceHistoryBy: async ({
      createdTimeFrom,
      createdTimeTo,
    }: {
      createdTimeFrom: Date;
      createdTimeTo: Date;
    }) => {
      const old = [...instances].filter(
        ([, { status, createdAt }]) =>
          status !== 'Running' && createdAt >= createdTimeFrom.getTime() && createdAt < createdTimeTo.getTime(),
      );
      for (const [instanceId] of old) instances.delete(instanceId);
      return { instancesDeleted: old.length };
    },
  } as unknown as DurableClient;
  return {
    client,
    /** Everything of which it has a history. */
    known: () => [...instances.keys()],
    /** Loses an instance and its history, as a task hub that was deleted does. */
    lose: (instanceId: string): boolean => instances.delete(instanceId),
    /** Carries out what has run for as long as a case takes; what `carryOut` throws is how the orchestration failed. */
    work: async (carryOut: (instanceId: string, input: OffboardLeaverInput) => Promise<void>): Promise<void> => {
      for (const [instanceId, instance] of instances) {
        if (instance.status !== 'Running' || Date.now() - instance.createdAt < TAKES_MS) continue;
        try {
          await carryOut(instanceId, instance.input);
          instance.status = 'Completed';
        } catch (error) {
          instance.status = 'Failed';
          instance.output = error instanceof Error ? error.message : 'unknown';
        }
        instance.updatedAt = Date.now();
      }
    },
  };
}
