import type * as z from 'zod';
import type { BlobRef } from '../../cases/remedies/remedy.ts';
import { bind } from '../bind.ts';
import type { StorageSettings } from '../settings.ts';
import { takeAllowance } from './allowances.ts';
import { changeDocument } from './base/changing-document.ts';
import { doOnce, readRecord, writeRecord } from './base/do-once.ts';
import { ensureStorage } from './base/ensure.ts';
import { proveTables } from './base/tables.ts';
import { changeCanaries, listCanaries } from './canaries.ts';
import { countOpenedWithin, enterInIndex, listCases, removeFromIndex } from './cases/case-index.ts';
import {
  casesOf,
  createCase,
  datedCases,
  getCase,
  readableCasesOf,
  unfinishedCases,
  updateCase,
} from './cases/case-table.ts';
import { dueStarts, enterDueStart, removeDueStart } from './cases/due-starts.ts';
import { addException, changeException, listExceptions, readableExceptions } from './cases/exceptions.ts';
import { getPlan } from './cases/plans.ts';
import { beginCounting, countDone, readProgress } from './cases/progress.ts';
import { enterUncontained, listUncontained, removeUncontained } from './cases/uncontained.ts';
import { enterUnfinished, listUnfinished, removeUnfinished } from './cases/unfinished-cases.ts';
import { enterUnsigned, listUnsigned, removeUnsigned } from './cases/unsigned.ts';
import { enterWaiting, listWaiting } from './cases/waiting-cases.ts';
import { enterStatuses, listStatuses } from './check-weeks.ts';
import { keepDeadLetters, listDeadLetters, readDeadLetters, removeDeadLetters } from './evidence/dead-letters.ts';
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
} from './evidence/evidence.ts';
import { listNames, listRefs, newestBelow } from './evidence/list-evidence.ts';
import { changeRejected, getRejected, keepRejected, listRejected } from './evidence/rejections.ts';
import { forgetKeys, forgetLeavings, forgetMessages, readPurgedUntil, writePurgedUntil } from './evidence/retention.ts';
import { isSealed, readSeal, readSealThere } from './evidence/seals.ts';
import { changeDenied, getDenied, listDenied, readDeniedMark, writeDeniedMark } from './gateway/denied-table.ts';
import { endPause, pauseApp, readPause } from './gateway/pause.ts';
import { takeTurn } from './gateway/turn.ts';
import { lookUpKey, rememberKey } from './idempotency.ts';
import { forgetMachines, hasRoomForMachine, keepMachine, listMachineRows, listMachines } from './machines/machines.ts';
import { listTellings, noteAnswers } from './machines/tellings.ts';
import { enterMetrics, firstMeasured, forgetMetric, listMetric } from './metrics.ts';
import { changeMessage, dueMessages, enterMessage, messagesOf } from './outbox.ts';
import { addAnswer, changeAnswer, listAnswers, readableAnswers } from './people/answers.ts';
import { readDeletedSightings, rememberDeletedSightings } from './people/deleted-sightings.ts';
import { findDisabled, readDisabled, rememberDisabled } from './people/disabled-people.ts';
import { readLeaving, recordLeaving } from './people/hr-leavings.ts';
import { putReceipt } from './people/hr-receipts.ts';
import { dueNotices, enterWaitingNotice, removeWaitingNotice } from './people/hr-waiting.ts';
import { readMemory, rememberPeople } from './people/people.ts';
import { recallProtected, rememberProtected } from './people/protected-people.ts';
import { enterPrivilegedCall, listPrivilegedCalls } from './privileged-calls.ts';
import { changeUnowned, listUnowned } from './unowned-places.ts';
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
    readableAnswers,
    readableCasesOf,
    readableExceptions,
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
