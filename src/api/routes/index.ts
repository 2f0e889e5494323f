import * as z from 'zod';
import { answerText } from '../answers.ts';
import { documentOf } from '../document.ts';
import { defineRoute, type Route } from '../route.ts';
import { answerList } from './answers/answer-list.ts';
import { answerCase, confirmAnswer, listAnswers, withdrawAnswer } from './answers/answers.ts';
import { decideCase } from './cases/decide.ts';
import { getEvidenceFile, listEvidenceFiles } from './cases/evidence-files.ts';
import { getCase } from './cases/get-case.ts';
import { REPORT_ROUTES } from './cases/get-report.ts';
import { listCases } from './cases/list-cases.ts';
import { listFindings } from './cases/list-findings.ts';
import { listMessages } from './cases/list-messages.ts';
import { listEvidence, listRevisions } from './cases/list-revisions.ts';
import { openCase, openCases } from './cases/open-case.ts';
import { recheckCase } from './cases/recheck.ts';
import { listCut, restoreCase } from './cases/restore.ts';
import { cancelCase, rescheduleCase, startCase } from './cases/scheduled-case.ts';
import { containAccount } from './containment/contain.ts';
import { acceptDenied, listDenied, releaseDenied } from './containment/denied.ts';
import { extendDenied, getDenied } from './containment/one-denied.ts';
import { endPause, pauseApp } from './containment/pause.ts';
import { listPrivilegedCalls } from './containment/privileged-calls.ts';
import { getDoctor } from './doctor.ts';
import { acceptFindings, listExceptions, revokeException } from './exceptions.ts';
import { getHealth } from './health.ts';
import { listHeld, releaseHeld } from './held.ts';
import { postLifecycleWorkflow } from './lifecycle-workflows.ts';
import { listMachines, reportMachine } from './machines.ts';
import { getMe } from './me.ts';
import { getPerson, searchPeople } from './people.ts';
import { getPilot, startPilot } from './pilot.ts';
import { listCanaries, startCanary } from './posture/canary.ts';
import { getExposure, getOwnExposure, startExposure } from './posture/exposure.ts';
import {
  diffPosture,
  getPosture,
  getPostureJunit,
  getPosturePage,
  getPostureRun,
  listPostureRuns,
  startPosture,
} from './posture/posture.ts';
import { getPostureHistory, getPostureMetrics } from './posture/posture-history.ts';
import { handleRejection, listRejections, retryRejection } from './rejections.ts';
import { getSignInSettings } from './sign-in-settings.ts';
import { getLatestSweep, getSweep, listSweeps, startSweep } from './sweep/sweeps.ts';
import { listWaiting } from './waiting.ts';

/** The document is the same as long as the process runs, and takes a while to be made. */
let documentText: string | undefined;

const getOpenApi = defineRoute({
  id: 'getOpenApi',
  method: 'GET',
  path: '/api/openapi.json',
  summary: 'This document',
  tag: 'Operation',
  access: { kind: 'anybody' },
  answers: {},
  documents: { 'application/json': z.looseObject({ openapi: z.string() }) },
  async handle({ request }) {
    const ifNoneMatch = request.headers.get('if-none-match');
    documentText ??= JSON.stringify(documentOf(ROUTES));
    return answerText(documentText, 'application/json', { ifNoneMatch });
  },
});

/** Every operation of the API, in the order of its document. */
export const ROUTES: readonly Route[] = [
  openCase,
  openCases,
  listCases,
  getCase,
  ...REPORT_ROUTES,
  listFindings,
  listRevisions,
  listMessages,
  listEvidence,
  listEvidenceFiles,
  getEvidenceFile,
  cancelCase,
  startCase,
  rescheduleCase,
  decideCase,
  recheckCase,
  listCut,
  restoreCase,
  answerCase,
  listAnswers,
  confirmAnswer,
  withdrawAnswer,
  answerList,
  acceptFindings,
  listExceptions,
  revokeException,
  listHeld,
  releaseHeld,
  searchPeople,
  getPerson,
  getMe,
  listWaiting,
  getSignInSettings,
  containAccount,
  listDenied,
  getDenied,
  extendDenied,
  acceptDenied,
  releaseDenied,
  listSweeps,
  getLatestSweep,
  getSweep,
  startSweep,
  startPosture,
  getPosture,
  listPostureRuns,
  getPostureRun,
  getPosturePage,
  getPostureJunit,
  diffPosture,
  getPostureMetrics,
  getPostureHistory,
  startCanary,
  listCanaries,
  getOwnExposure,
  getExposure,
  startExposure,
  reportMachine,
  listMachines,
  listRejections,
  retryRejection,
  handleRejection,
  listPrivilegedCalls,
  pauseApp,
  endPause,
  getDoctor,
  startPilot,
  getPilot,
  getHealth,
  postLifecycleWorkflow,
  getOpenApi,
];
