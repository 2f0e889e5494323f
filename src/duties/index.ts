import { answerWorkflows } from './answer-workflows.ts';
import { startScheduledCases } from './cases/start-scheduled-cases.ts';
import { enterUnfinished } from './cases/unfinished-cases.ts';
import { watchCases } from './cases/watch-cases.ts';
import { deliverMessages } from './deliver-messages.ts';
import type { Duty } from './duty.ts';
import { endExceptions } from './end-exceptions.ts';
import { purgeHistories } from './evidence/purge-histories.ts';
import { signEvidence } from './evidence/sign-evidence.ts';
import { makeStorage } from './make-storage.ts';
import { projectDenied } from './project-denied.ts';
import { reconcileWithEntra } from './reconcile-with-entra.ts';
import { rememberProtected } from './remember-protected.ts';
import { tryDetection } from './try-detection.ts';
import { tryHrNotices } from './try-hr-notices.ts';

/** What falls due by itself, each in a file of its own. */
export const DUTIES: readonly Duty[] = [
  makeStorage,
  projectDenied,
  startScheduledCases,
  tryHrNotices,
  watchCases,
  signEvidence,
  enterUnfinished,
  reconcileWithEntra,
  rememberProtected,
  endExceptions,
  deliverMessages,
  answerWorkflows,
  tryDetection,
  purgeHistories,
];
