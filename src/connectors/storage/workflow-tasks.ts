import * as z from 'zod';
import { type WorkflowTask, WorkflowTaskSchema } from '../../cases/workflow-task.ts';
import type { StorageSettings } from '../settings.ts';
import { answered } from './base/answered.ts';
import { jsonOf, parseEntity, whyUnreadable } from './base/columns.ts';
import { entitiesOf, removeEntity } from './base/entities.ts';
import { tableOf } from './base/tables.ts';

const PARTITION = 'waiting';

/** Remembers that a task waits; the same one again changes nothing. */
export async function addWorkflowTask(settings: StorageSettings, task: WorkflowTask): Promise<void> {
  const key = { partitionKey: PARTITION, rowKey: task.taskProcessingResultId.toLowerCase() };
  try {
    await tableOf(settings, 'workflowtasks').createEntity({ ...key, row: JSON.stringify(task) });
  } catch (error) {
    if (!answered(error, 409)) throw error;
  }
}

const Row = z.object({
  row: jsonOf(WorkflowTaskSchema.strip()),
});

/** Tasks that wait, and why others cannot be read, one sentence each. */
export interface WaitingTasks {
  readonly tasks: readonly WorkflowTask[];
  readonly unreadable: readonly string[];
}

/** Every task that waits. */
export async function listWorkflowTasks(settings: StorageSettings): Promise<WaitingTasks> {
  const tasks: WorkflowTask[] = [];
  const unreadable: string[] = [];
  for await (const entity of entitiesOf(settings, 'workflowtasks', PARTITION)) {
    try {
      tasks.push(parseEntity('workflowtasks', Row, entity).row);
    } catch (error) {
      const why = whyUnreadable(error);
      if (why === undefined) throw error;
      unreadable.push(why);
    }
  }
  return { tasks, unreadable };
}

/** Forgets a task that was answered, or can be answered no more. */
export async function removeWorkflowTask(settings: StorageSettings, taskProcessingResultId: string): Promise<void> {
  await removeEntity(settings, 'workflowtasks', PARTITION, taskProcessingResultId.toLowerCase());
}
