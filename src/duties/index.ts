import { answerWorkflows } from './answer-workflows.ts';
import { deliverMessages } from './deliver-messages.ts';
import type { Duty } from './duty.ts';
import { endExceptions } from './end-exceptions.ts';
import { makeStorage } from './make-storage.ts';
import { projectDenied } from './project-denied.ts';
import { purgeHistories } from './purge-histories.ts';
import { reconcileWithEntra } from './reconcile-with-entra.ts';
import { rememberProtected } from './remember-protected.ts';
import { signEvidence } from './sign-evidence.ts';
import { startScheduledCases } from './start-scheduled-cases.ts';
import { tryDetection } from './try-detection.ts';
import { tryHrNotices } from './try-hr-notices.ts';
import { enterUnfinished } from './unfinished-cases.ts';
import { watchCases } from './watch-cases.ts';

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
