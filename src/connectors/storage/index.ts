import type * as z from 'zod';
import type { BlobRef } from '../../cases/remedy.ts';
import { bind } from '../bind.ts';
import type { StorageSettings } from '../settings.ts';
import { countOpenedWithin, enterInIndex, listCases, recentCases, removeFromIndex } from './case-index.ts';
import { casesOf, createCase, getCase, updateCase } from './case-table.ts';
import {
  ensureDeadLetters,
  keepDeadLetters,
  listDeadLetters,
  readDeadLetters,
  removeDeadLetters,
} from './dead-letters.ts';
import { readDeletedSightings, rememberDeletedSightings } from './deleted-sightings.ts';
import { changeDenied, getDenied, listDenied, readDeniedMark, writeDeniedMark } from './denied-table.ts';
import { readDisabled, rememberDisabled } from './disabled-people.ts';
import { doOnce, readRecord, writeRecord } from './do-once.ts';
import { dueStarts, enterDueStart, removeDueStart } from './due-starts.ts';
import {
  ensureContainers,
  getChecked,
  getJson,
  getParsed,
  getText,
  listNames,
  listRefs,
  putFirst,
  putJson,
  putOnce,
  replaceLatest,
} from './evidence.ts';
import { readLeaving, recordLeaving } from './hr-leavings.ts';
import { putReceipt } from './hr-receipts.ts';
import { rememberKey } from './idempotency.ts';
import { readMemory, rememberPeople } from './people.ts';
import { getPlan } from './plans.ts';
import { beginCounting, countDone, readProgress } from './progress.ts';
import { keepRejected, listRejected } from './rejections.ts';
import { ensureTables, proveTables } from './tables.ts';
import { changeUnowned, listUnowned } from './unowned-places.ts';
import { addWorkflowTask, listWorkflowTasks, removeWorkflowTask } from './workflow-tasks.ts';

type Rest<F> = F extends (settings: StorageSettings, ...rest: infer R) => unknown ? R : never;

/** The app's own storage: rows of cases, evidence, what was rejected and what could not be uploaded. */
export const openStorage = (settings: StorageSettings) => ({
  ...bind(settings, {
    addWorkflowTask,
    listWorkflowTasks,
    removeWorkflowTask,
    beginCounting,
    casesOf,
    changeDenied,
    changeUnowned,
    countDone,
    countOpenedWithin,
    createCase,
    dueStarts,
    ensureContainers,
    ensureDeadLetters,
    ensureTables,
    enterDueStart,
    enterInIndex,
    getCase,
    getChecked,
    getDenied,
    getPlan,
    getText,
    keepDeadLetters,
    keepRejected,
    listCases,
    listDeadLetters,
    listDenied,
    listNames,
    listRefs,
    listRejected,
    listUnowned,
    proveTables,
    putFirst,
    putJson,
    putOnce,
    putReceipt,
    readDeadLetters,
    readDeletedSightings,
    readDeniedMark,
    readDisabled,
    readLeaving,
    readMemory,
    readProgress,
    recentCases,
    recordLeaving,
    rememberDeletedSightings,
    rememberDisabled,
    rememberKey,
    rememberPeople,
    removeDeadLetters,
    removeDueStart,
    removeFromIndex,
    replaceLatest,
    updateCase,
    writeDeniedMark,
    writeRecord,
  }),
  doOnce: <T extends object>(...rest: Rest<typeof doOnce<T>>) => doOnce<T>(settings, ...rest),
  readRecord: <T extends object>(...rest: Rest<typeof readRecord<T>>) => readRecord<T>(settings, ...rest),
  /** The document behind a reference, checked against its digest. The caller names the type it filed. */
  getJson: <T>(ref: BlobRef): Promise<T> => getJson<T>(settings, ref),
  getParsed: <Shape extends z.ZodType>(ref: BlobRef, shape: Shape): Promise<z.output<Shape>> =>
    getParsed(settings, ref, shape),
});

export type Storage = ReturnType<typeof openStorage>;
