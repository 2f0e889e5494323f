import type { Route } from '../route.ts';
import { getCase } from './cases/get-case.ts';
import { REPORT_ROUTES } from './cases/get-report.ts';
import { listCases } from './cases/list-cases.ts';
import { openCase } from './cases/open-case.ts';
import { cancelCase, rescheduleCase, startCase } from './cases/scheduled-case.ts';
import { acceptDenied, listDenied, releaseDenied } from './denied.ts';
import { getDoctor } from './doctor.ts';
import { getHealth } from './health.ts';
import { releaseHeld } from './held.ts';
import { postLifecycleWorkflow } from './lifecycle-workflows.ts';
import { endPause, pauseApp } from './pause.ts';
import { listRejections } from './rejections.ts';
import { getLatestSweep } from './sweeps.ts';

/** Every operation of the API, in the order of its document. */
export const ROUTES: readonly Route[] = [
  openCase,
  listCases,
  getCase,
  ...REPORT_ROUTES,
  cancelCase,
  startCase,
  rescheduleCase,
  releaseHeld,
  listDenied,
  acceptDenied,
  releaseDenied,
  getLatestSweep,
  listRejections,
  pauseApp,
  endPause,
  getDoctor,
  getHealth,
  postLifecycleWorkflow,
];
