import type { ParentInstance } from '../replay/history.ts';

/** What becomes of an instance, in Durable Task’s words. */
export type RuntimeStatus = 'Pending' | 'Running' | 'Suspended' | 'Completed' | 'Failed' | 'Terminated';

/** An instance in one of these does nothing any more. */
export const TERMINAL: ReadonlySet<RuntimeStatus> = new Set(['Completed', 'Failed', 'Terminated']);

/** An instance of an orchestration, as it stands. */
export interface InstanceRow {
  readonly instanceId: string;
  readonly executionId: string;
  readonly name: string;
  readonly version: string | null;
  readonly status: RuntimeStatus;
  /** JSON text, as are output (plain text where it is a failure's message) and customStatus. */
  readonly input: string | null;
  readonly output: string | null;
  readonly customStatus: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly parent: ParentInstance | null;
}

/** Which instances are asked for. */
export interface InstanceFilter {
  readonly createdFrom?: number;
  readonly createdTo?: number;
  readonly statuses?: readonly string[];
  readonly prefix?: string;
  readonly limit?: number;
  readonly afterRow?: number;
}

/** The columns of an instance, as `instanceOf` reads them. */
export const INSTANCE = `row, instance_id AS instanceId, execution_id AS executionId, name, version, status, input, output,
  custom_status AS customStatus, created_at AS createdAt, updated_at AS updatedAt, parent`;

/** An instance, as its columns tell it. */
export function instanceOf(row: Record<string, unknown>): InstanceRow {
  const parent = row.parent as string | null;
  return {
    ...(row as unknown as InstanceRow),
    parent: parent === null ? null : (JSON.parse(parent) as ParentInstance),
  };
}
