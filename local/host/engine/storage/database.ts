import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { DatabaseSync } from 'node:sqlite';
import { asStateFault } from '../state-fault.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS instances (
    row INTEGER PRIMARY KEY AUTOINCREMENT, instance_id TEXT NOT NULL UNIQUE, execution_id TEXT NOT NULL,
    name TEXT NOT NULL, version TEXT, status TEXT NOT NULL, input TEXT, output TEXT, custom_status TEXT,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, parent TEXT) STRICT;
  CREATE TABLE IF NOT EXISTS history (
    instance_id TEXT NOT NULL, seq INTEGER NOT NULL, event TEXT NOT NULL,
    PRIMARY KEY (instance_id, seq)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT, instance_id TEXT NOT NULL, execution_id TEXT,
    priority INTEGER NOT NULL, visible_at INTEGER NOT NULL, event TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS inbox_due ON inbox (visible_at);
  CREATE INDEX IF NOT EXISTS inbox_of ON inbox (instance_id, priority, id);
  CREATE TABLE IF NOT EXISTS activities (
    id INTEGER PRIMARY KEY AUTOINCREMENT, instance_id TEXT NOT NULL, execution_id TEXT NOT NULL,
    task_id INTEGER NOT NULL, name TEXT NOT NULL, input TEXT) STRICT;
  CREATE TABLE IF NOT EXISTS schedules (name TEXT PRIMARY KEY, last INTEGER NOT NULL, next INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS checkpoints (name TEXT PRIMARY KEY, sequence INTEGER NOT NULL) STRICT;
`;

/** A compiled statement; what the disk refuses is told in words. */
interface Statement {
  all(...values: SQLInputValue[]): ReturnType<StatementSync['all']>;
  get(...values: SQLInputValue[]): ReturnType<StatementSync['get']>;
  run(...values: SQLInputValue[]): ReturnType<StatementSync['run']>;
}

/**
 * One SQLite file. Write-ahead log with synchronous=NORMAL: a commit survives the death of the process at any
 * instant; only a power failure may lose the last commits, and never half of one. What is deleted is overwritten.
 * Throws a `StateFolderError` where the disk is full or the folder cannot be written.
 */
export class Database {
  readonly #folder: string;
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, Statement>();

  constructor(folder: string) {
    this.#folder = folder;
    this.#db = this.#told(() => {
      mkdirSync(folder, { recursive: true });
      const db = new DatabaseSync(path.join(folder, 'task-hub.sqlite'), { timeout: 5_000 });
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;');
      db.exec(SCHEMA);
      return db;
    });
  }

  close(): void {
    this.#told(() => {
      this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE);');
      this.#db.close();
    });
  }

  /** Everything in `work` is kept, or nothing. */
  transaction<T>(work: () => T): T {
    return this.#told(() => {
      this.#db.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        this.#db.exec('COMMIT');
        return result;
      } catch (error) {
        // A full disk has rolled back by itself, and a second time would be the error that is seen.
        if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
        throw error;
      }
    });
  }

  /** The statement, compiled once. */
  prepare(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const compiled = this.#db.prepare(sql);
    const statement: Statement = {
      all: (...values) => this.#told(() => compiled.all(...values)),
      get: (...values) => this.#told(() => compiled.get(...values)),
      run: (...values) => this.#told(() => compiled.run(...values)),
    };
    this.#statements.set(sql, statement);
    return statement;
  }

  #told<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw asStateFault(error, this.#folder);
    }
  }
}
