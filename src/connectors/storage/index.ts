import type * as z from 'zod';
import type { BlobRef } from '../../cases/remedy.ts';
import { bind } from '../bind.ts';
import type { StorageSettings } from '../settings.ts';
import { takeAllowance } from './allowances.ts';
import { addAnswer, changeAnswer, listAnswers } from './answers.ts';
import { changeCanaries, listCanaries } from './canaries.ts';
import { countOpenedWithin, enterInIndex, listCases, removeFromIndex } from './case-index.ts';
import { casesOf, createCase, datedCases, getCase, unfinishedCases, updateCase } from './case-table.ts';
import { changeDocument } from './changing-document.ts';
import { enterStatuses, listStatuses } from './check-weeks.ts';
import { keepDeadLetters, listDeadLetters, readDeadLetters, removeDeadLetters } from './dead-letters.ts';
import { readDeletedSightings, rememberDeletedSightings } from './deleted-sightings.ts';
import { changeDenied, getDenied, listDenied, readDeniedMark, writeDeniedMark } from './denied-table.ts';
import { findDisabled, readDisabled, rememberDisabled } from './disabled-people.ts';
import { doOnce, readRecord, writeRecord } from './do-once.ts';
import { dueStarts, enterDueStart, removeDueStart } from './due-starts.ts';
import { ensureStorage } from './ensure.ts';
import {
  getChecked,
  getJson,
  getParsed,
  getText,
  putFirst,
  putJson,
  putOnce,
  putSigned,
  replaceLatest,
} from './evidence.ts';
import { addException, changeException, listExceptions } from './exceptions.ts';
import { readLeaving, recordLeaving } from './hr-leavings.ts';
import { putReceipt } from './hr-receipts.ts';
import { dueNotices, enterWaitingNotice, removeWaitingNotice } from './hr-waiting.ts';
import { lookUpKey, rememberKey } from './idempotency.ts';
import { listNames, listRefs, newestBelow } from './list-evidence.ts';
import { forgetMachines, hasRoomForMachine, keepMachine, listMachineRows, listMachines } from './machines.ts';
import { enterMetrics, firstMeasured, forgetMetric, listMetric } from './metrics.ts';
import { changeMessage, dueMessages, enterMessage, messagesOf } from './outbox.ts';
import { endPause, pauseApp, readPause } from './pause.ts';
import { readMemory, rememberPeople } from './people.ts';
import { getPlan } from './plans.ts';
import { enterPrivilegedCall, listPrivilegedCalls } from './privileged-calls.ts';
import { beginCounting, countDone, readProgress } from './progress.ts';
import { recallProtected, rememberProtected } from './protected-people.ts';
import { changeRejected, getRejected, keepRejected, listRejected } from './rejections.ts';
import { forgetKeys, forgetLeavings, forgetMessages, readPurgedUntil, writePurgedUntil } from './retention.ts';
import { isSealed, readSeal, readSealThere } from './seals.ts';
import { proveTables } from './tables.ts';
import { listTellings, noteAnswers } from './tellings.ts';
import { takeTurn } from './turn.ts';
import { enterUncontained, listUncontained, removeUncontained } from './uncontained.ts';
import { enterUnfinished, listUnfinished, removeUnfinished } from './unfinished-cases.ts';
import { changeUnowned, listUnowned } from './unowned-places.ts';
import { enterUnsigned, listUnsigned, removeUnsigned } from './unsigned.ts';
import { enterWaiting, listWaiting } from './waiting-cases.ts';
import { addWorkflowTask, listWorkflowTasks, removeWorkflowTask } from './workflow-tasks.ts';

type Rest<F> = F extends (settings: StorageSettings, ...rest: infer R) => unknown ? R : never;

/** The app's own storage: rows of cases, evidence, what was rejected and what could not be uploaded. */
export const openStorage = (settings: StorageSettings) => ({
  ...bind(settings, {
    addAnswer,
    addException,
    addWorkflowTask,
    changeAnswer,
    changeException,
    enterPrivilegedCall,
    listPrivilegedCalls,
    listWorkflowTasks,
    removeWorkflowTask,
    beginCounting,
    casesOf,
    changeCanaries,
    changeDenied,
    changeDocument,
    changeMessage,
    changeRejected,
    changeUnowned,
    countDone,
    countOpenedWithin,
    createCase,
    datedCases,
    dueMessages,
    dueNotices,
    dueStarts,
    endPause,
    ensureStorage,
    enterDueStart,
    enterInIndex,
    enterMessage,
    enterMetrics,
    enterStatuses,
    enterUncontained,
    enterUnsigned,
    enterWaitingNotice,
    enterUnfinished,
    enterWaiting,
    findDisabled,
    firstMeasured,
    forgetKeys,
    forgetLeavings,
    forgetMachines,
    forgetMessages,
    forgetMetric,
    getCase,
    getChecked,
    getDenied,
    getPlan,
    getRejected,
    getText,
    hasRoomForMachine,
    isSealed,
    keepDeadLetters,
    keepMachine,
    keepRejected,
    listAnswers,
    listCanaries,
    listCases,
    listDeadLetters,
    listDenied,
    listExceptions,
    listMachineRows,
    listMachines,
    listMetric,
    listNames,
    listRefs,
    listRejected,
    listStatuses,
    listTellings,
    listUncontained,
    listUnfinished,
    listUnowned,
    listUnsigned,
    listWaiting,
    lookUpKey,
    messagesOf,
    noteAnswers,
    pauseApp,
    newestBelow,
    proveTables,
    putFirst,
    putJson,
    putOnce,
    putReceipt,
    putSigned,
    readDeadLetters,
    readDeletedSightings,
    readDeniedMark,
    readDisabled,
    readLeaving,
    readMemory,
    readPause,
    readProgress,
    readPurgedUntil,
    readSeal,
    readSealThere,
    recallProtected,
    recordLeaving,
    rememberDeletedSightings,
    rememberDisabled,
    rememberKey,
    rememberPeople,
    rememberProtected,
    removeDeadLetters,
    removeDueStart,
    removeFromIndex,
    removeUncontained,
    removeUnsigned,
    removeWaitingNotice,
    removeUnfinished,
    replaceLatest,
    takeAllowance,
    takeTurn,
    unfinishedCases,
    updateCase,
    writeDeniedMark,
    writePurgedUntil,
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
