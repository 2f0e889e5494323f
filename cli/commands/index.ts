import type { Command } from '../command.ts';
import { calls } from './calls.ts';
import { caseAccept } from './case/case-accept.ts';
import { caseCancel } from './case/case-cancel.ts';
import { caseDecide } from './case/case-decide.ts';
import { caseOpen } from './case/case-open.ts';
import { caseRecheck } from './case/case-recheck.ts';
import { caseReleaseHeld } from './case/case-release-held.ts';
import { caseReschedule } from './case/case-reschedule.ts';
import { caseRestore } from './case/case-restore.ts';
import { caseStart } from './case/case-start.ts';
import { caseAnswer } from './case-answers/case-answer.ts';
import { caseAnswerConfirm } from './case-answers/case-answer-confirm.ts';
import { caseAnswerWithdraw } from './case-answers/case-answer-withdraw.ts';
import { caseAnswers } from './case-answers/case-answers.ts';
import { caseEvidence } from './case-views/case-evidence.ts';
import { caseFindings } from './case-views/case-findings.ts';
import { caseList } from './case-views/case-list.ts';
import { casePlan } from './case-views/case-plan.ts';
import { caseReport } from './case-views/case-report.ts';
import { caseRevisions } from './case-views/case-revisions.ts';
import { caseShow } from './case-views/case-show.ts';
import { caseWatch } from './case-views/case-watch.ts';
import { contain } from './denied/contain.ts';
import { denyAccept } from './denied/deny-accept.ts';
import { denyExtend } from './denied/deny-extend.ts';
import { denyList } from './denied/deny-list.ts';
import { release } from './denied/release.ts';
import { doctor } from './doctor.ts';
import { exceptions } from './exceptions.ts';
import { exceptionsRevoke } from './exceptions-revoke.ts';
import { pause } from './pause.ts';
import { personSearch } from './person-search.ts';
import { personShow } from './person-show.ts';
import { exposure } from './posture/exposure.ts';
import { exposureMe } from './posture/exposure-me.ts';
import { posture } from './posture/posture.ts';
import { postureCanary } from './posture/posture-canary.ts';
import { postureDiff } from './posture/posture-diff.ts';
import { postureMetrics } from './posture/posture-metrics.ts';
import { postureRun } from './posture/posture-run.ts';
import { rejections } from './rejections.ts';
import { rejectionsHandled } from './rejections-handled.ts';
import { rejectionsRetry } from './rejections-retry.ts';
import { resume } from './resume.ts';
import { sweepLatest } from './sweep/sweep-latest.ts';
import { sweepList } from './sweep/sweep-list.ts';
import { sweepRun } from './sweep/sweep-run.ts';
import { sweepShow } from './sweep/sweep-show.ts';
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
  postureMetrics,
  exposureMe,
  exposure,
  doctor,
  whoami,
  pause,
  resume,
  calls,
];
