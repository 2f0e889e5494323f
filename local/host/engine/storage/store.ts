import type { HistoryEvent } from '../replay/history.ts';
import { type ActivityItem, type Message, PRIORITY } from '../work/due-work.ts';
import { Database } from './database.ts';
import { INSTANCE, type InstanceFilter, type InstanceRow, instanceOf } from './instance-row.ts';

/** The task hub: instances, their histories, and the work that is due. */
export class Store {
  readonly #db: Database;

  constructor(stateDir: string) {
    this.#db = new Database(stateDir);
  }

  close(): void {
    this.#db.close();
  }

  transaction<T>(work: () => T): T {
    return this.#db.transaction(work);
  }

  instance(instanceId: string): InstanceRow | undefined {
    const row = this.#db.prepare(`SELECT ${INSTANCE} FROM instances WHERE instance_id = ?`).get(instanceId);
    return row === undefined ? undefined : instanceOf(row);
  }

  instances(filter: InstanceFilter): { rows: InstanceRow[]; lastRow: number | undefined } {
    const statuses = filter.statuses ?? [];
    const rows = this.#db
      .prepare(
        `SELECT ${INSTANCE} FROM instances WHERE row > ? AND created_at >= ? AND created_at <= ?
         AND (? = '' OR instr(?, ',' || status || ',') > 0) AND substr(instance_id, 1, ?) = ?
       ORDER BY row LIMIT ?`,
      )
      .all(
        filter.afterRow ?? 0,
        filter.createdFrom ?? 0,
        filter.createdTo ?? Number.MAX_SAFE_INTEGER,
        statuses.join(','),
        `,${statuses.join(',')},`,
        filter.prefix?.length ?? 0,
        filter.prefix ?? '',
        filter.limit ?? -1,
      );
    return { rows: rows.map(instanceOf), lastRow: rows.at(-1)?.row as number | undefined };
  }

  /** Instances whose parent chain leads to this one, itself first. */
  withDescendants(instanceId: string): string[] {
    return this.#db
      .prepare(
        `WITH RECURSIVE family(id) AS (
         SELECT instance_id FROM instances WHERE instance_id = ?
         UNION SELECT child.instance_id FROM instances AS child JOIN family
           ON json_extract(child.parent, '$.instanceId') = family.id)
       SELECT id FROM family`,
      )
      .all(instanceId)
      .map((row) => row.id as string);
  }

  saveInstance(row: InstanceRow): void {
    this.#db
      .prepare(
        `INSERT INTO instances (instance_id, execution_id, name, version, status, input, output, custom_status,
         created_at, updated_at, parent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (instance_id) DO UPDATE SET execution_id = excluded.execution_id, name = excluded.name,
         version = excluded.version, status = excluded.status, input = excluded.input, output = excluded.output,
         custom_status = excluded.custom_status, created_at = excluded.created_at,
         updated_at = excluded.updated_at, parent = excluded.parent`,
      )
      .run(
        row.instanceId,
        row.executionId,
        row.name,
        row.version,
        row.status,
        row.input,
        row.output,
        row.customStatus,
        row.createdAt,
        row.updatedAt,
        row.parent === null ? null : JSON.stringify(row.parent),
      );
  }

  /** Removes every trace of an instance. */
  deleteInstance(instanceId: string): void {
    for (const table of ['instances', 'history', 'inbox', 'activities']) {
      this.#db.prepare(`DELETE FROM ${table} WHERE instance_id = ?`).run(instanceId);
    }
  }

  /** The current execution's events, each as JSON text. */
  history(instanceId: string): string[] {
    return this.#db
      .prepare('SELECT event FROM history WHERE instance_id = ? ORDER BY seq')
      .all(instanceId)
      .map((row) => row.event as string);
  }

  appendHistory(instanceId: string, from: number, events: readonly HistoryEvent[]): void {
    const insert = this.#db.prepare('INSERT INTO history (instance_id, seq, event) VALUES (?, ?, ?)');
    events.forEach((event, i) => {
      insert.run(instanceId, from + i, JSON.stringify(event));
    });
  }

  clearHistory(instanceId: string): void {
    this.#db.prepare('DELETE FROM history WHERE instance_id = ?').run(instanceId);
  }

  historyBytes(instanceId: string): { events: number; bytes: number } {
    const row = this.#db
      .prepare(
        `SELECT count(*) AS events, coalesce(sum(octet_length(event)), 0) AS bytes FROM history WHERE instance_id = ?`,
      )
      .get(instanceId);
    return { events: Number(row?.events), bytes: Number(row?.bytes) };
  }

  send(
    instanceId: string,
    executionId: string | null,
    event: HistoryEvent,
    { visibleAt = 0, priority = PRIORITY.usual }: { visibleAt?: number; priority?: number } = {},
  ): void {
    this.#db
      .prepare('INSERT INTO inbox (instance_id, execution_id, priority, visible_at, event) VALUES (?, ?, ?, ?, ?)')
      .run(instanceId, executionId, priority, visibleAt, JSON.stringify(event));
  }

  /** What is due for one instance, oldest first, at most `limit`. */
  messages(instanceId: string, now: number, limit: number): Message[] {
    return this.#db
      .prepare(
        `SELECT id, execution_id, event FROM inbox WHERE instance_id = ? AND visible_at <= ?
       ORDER BY priority, id LIMIT ?`,
      )
      .all(instanceId, now, limit)
      .map((row) => ({
        id: row.id as number,
        executionId: row.execution_id as string | null,
        event: JSON.parse(row.event as string) as HistoryEvent,
      }));
  }

  deleteMessages(ids: readonly number[]): void {
    const remove = this.#db.prepare('DELETE FROM inbox WHERE id = ?');
    for (const id of ids) remove.run(id);
  }

  /** Instances with something due, the longest waiting first. */
  dueInstances(now: number): { instanceId: string; messages: number }[] {
    return this.#db
      .prepare(
        `SELECT instance_id, count(*) AS messages FROM inbox WHERE visible_at <= ?
       GROUP BY instance_id ORDER BY min(id)`,
      )
      .all(now)
      .map((row) => ({ instanceId: row.instance_id as string, messages: row.messages as number }));
  }

  nextDueAt(after: number): number | undefined {
    const row = this.#db.prepare('SELECT min(visible_at) AS at FROM inbox WHERE visible_at > ?').get(after);
    return (row?.at as number | null) ?? undefined;
  }

  addActivity(item: Omit<ActivityItem, 'id'>): void {
    this.#db
      .prepare('INSERT INTO activities (instance_id, execution_id, task_id, name, input) VALUES (?, ?, ?, ?, ?)')
      .run(item.instanceId, item.executionId, item.taskId, item.name, item.input);
  }

  activitiesAfter(id: number, limit: number): ActivityItem[] {
    return this.#db
      .prepare(
        `SELECT id, instance_id AS instanceId, execution_id AS executionId, task_id AS taskId, name, input
       FROM activities WHERE id > ? ORDER BY id LIMIT ?`,
      )
      .all(id, limit) as unknown as ActivityItem[];
  }

  /** False where it was gone already, because its instance was purged or replaced. */
  removeActivity(id: number): boolean {
    return Number(this.#db.prepare('DELETE FROM activities WHERE id = ?').run(id).changes) > 0;
  }

  openActivities(instanceId: string): number {
    const row = this.#db.prepare('SELECT count(*) AS open FROM activities WHERE instance_id = ?').get(instanceId);
    return Number(row?.open);
  }

  schedule(name: string): { last: number; next: number } | undefined {
    return this.#db.prepare('SELECT last, next FROM schedules WHERE name = ?').get(name) as
      | { last: number; next: number }
      | undefined;
  }

  saveSchedule(name: string, last: number, next: number): void {
    this.#db.prepare('INSERT OR REPLACE INTO schedules (name, last, next) VALUES (?, ?, ?)').run(name, last, next);
  }

  /** Sequence number of the last event that is done with; -1 where none is. */
  checkpoint(name: string): number {
    const row = this.#db.prepare('SELECT sequence FROM checkpoints WHERE name = ?').get(name);
    return row === undefined ? -1 : Number(row.sequence);
  }

  saveCheckpoint(name: string, sequence: number): void {
    this.#db.prepare('INSERT OR REPLACE INTO checkpoints (name, sequence) VALUES (?, ?)').run(name, sequence);
  }
}
