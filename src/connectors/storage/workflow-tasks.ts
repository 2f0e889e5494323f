import { odata } from '@azure/data-tables';
import * as z from 'zod';
import { type WorkflowTask, WorkflowTaskSchema } from '../../cases/workflow-task.ts';
import type { StorageSettings } from '../settings.ts';
import { answered } from './answered.ts';
import { removeEntity } from './entities.ts';
import { tableOf } from './tables.ts';

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

/** Every task that waits. */
export async function listWorkflowTasks(settings: StorageSettings): Promise<readonly WorkflowTask[]> {
  const filter = odata`PartitionKey eq ${PARTITION}`;
  const tasks: WorkflowTask[] = [];
  for await (const entity of tableOf(settings, 'workflowtasks').listEntities({ queryOptions: { filter } }))
    tasks.push(WorkflowTaskSchema.parse(JSON.parse(z.object({ row: z.string() }).parse(entity).row)));
  return tasks;
}

/** Forgets a task that was answered, or can be answered no more. */
export async function removeWorkflowTask(settings: StorageSettings, taskProcessingResultId: string): Promise<void> {
  await removeEntity(settings, 'workflowtasks', PARTITION, taskProcessingResultId.toLowerCase());
}
