import type { Command } from '../command.ts';
import { calls } from './calls.ts';
import { caseAccept } from './case-accept.ts';
import { caseAnswer } from './case-answer.ts';
import { caseAnswerConfirm } from './case-answer-confirm.ts';
import { caseAnswerWithdraw } from './case-answer-withdraw.ts';
import { caseAnswers } from './case-answers.ts';
import { caseCancel } from './case-cancel.ts';
import { caseDecide } from './case-decide.ts';
import { caseEvidence } from './case-evidence.ts';
import { caseFindings } from './case-findings.ts';
import { caseList } from './case-list.ts';
import { caseOpen } from './case-open.ts';
import { casePlan } from './case-plan.ts';
import { caseRecheck } from './case-recheck.ts';
import { caseReleaseHeld } from './case-release-held.ts';
import { caseReport } from './case-report.ts';
import { caseReschedule } from './case-reschedule.ts';
import { caseRestore } from './case-restore.ts';
import { caseRevisions } from './case-revisions.ts';
import { caseShow } from './case-show.ts';
import { caseStart } from './case-start.ts';
import { caseWatch } from './case-watch.ts';
import { contain } from './contain.ts';
import { denyAccept } from './deny-accept.ts';
import { denyExtend } from './deny-extend.ts';
import { denyList } from './deny-list.ts';
import { doctor } from './doctor.ts';
import { exceptions } from './exceptions.ts';
import { exceptionsRevoke } from './exceptions-revoke.ts';
import { pause } from './pause.ts';
import { personSearch } from './person-search.ts';
import { personShow } from './person-show.ts';
import { posture } from './posture.ts';
import { postureCanary } from './posture-canary.ts';
import { postureDiff } from './posture-diff.ts';
import { postureRun } from './posture-run.ts';
import { rejections } from './rejections.ts';
import { rejectionsHandled } from './rejections-handled.ts';
import { rejectionsRetry } from './rejections-retry.ts';
import { release } from './release.ts';
import { resume } from './resume.ts';
import { sweepLatest } from './sweep-latest.ts';
import { sweepList } from './sweep-list.ts';
import { sweepRun } from './sweep-run.ts';
import { sweepShow } from './sweep-show.ts';
import { verify } from './verify.ts';
import { waiting } from './waiting.ts';
import { whoami } from './whoami.ts';

/** Every command, in the order of the usage. */
export const COMMANDS: readonly Command[] = [
  casePlan,
  caseOpen,
  caseList,
  caseShow,
  caseWatch,
  caseFindings,
  caseDecide,
  caseReport,
  caseRevisions,
  caseEvidence,
  verify,
  caseAnswer,
  caseAnswers,
  caseAnswerConfirm,
  caseAnswerWithdraw,
  caseAccept,
  caseRecheck,
  caseRestore,
  caseStart,
  caseReschedule,
  caseCancel,
  caseReleaseHeld,
  contain,
  release,
  denyList,
  denyExtend,
  denyAccept,
  exceptions,
  exceptionsRevoke,
  waiting,
  personSearch,
  personShow,
  sweepLatest,
  sweepList,
  sweepShow,
  sweepRun,
  rejections,
  rejectionsRetry,
  rejectionsHandled,
  posture,
  postureRun,
  postureDiff,
  postureCanary,
  doctor,
  whoami,
  pause,
  resume,
  calls,
];
