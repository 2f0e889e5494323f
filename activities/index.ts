import { registerActivity } from '../src/durable/activity.ts';
import { applyRemedy } from './case/apply-remedy.ts';
import { closeCase } from './case/close-case.ts';
import { fileReport } from './case/file-report.ts';
import { identifyLeaver } from './case/identify-leaver.ts';
import { makePlan } from './case/make-plan.ts';
import { notifyOperators } from './case/notify-operators.ts';
import { openFollowUpIssue } from './case/open-follow-up-issue.ts';
import { CONTAIN, DISCOVER, VERIFY } from './phases.ts';
import { failBrokenCases } from './sweep/fail-broken-cases.ts';
import { fileSweep } from './sweep/file-sweep.ts';
import { findOrphanedCredentials } from './sweep/find-orphaned-credentials.ts';
import { openSweptCases } from './sweep/open-swept-cases.ts';
import { startLeftOpenCases } from './sweep/start-left-open-cases.ts';

/** Tells Functions about every activity. */
export function registerActivities(): void {
  registerActivity(applyRemedy);
  registerActivity(closeCase);
  registerActivity(fileReport);
  registerActivity(failBrokenCases);
  registerActivity(fileSweep);
  registerActivity(findOrphanedCredentials);
  registerActivity(identifyLeaver);
  registerActivity(makePlan);
  registerActivity(notifyOperators);
  registerActivity(openFollowUpIssue);
  registerActivity(openSweptCases);
  registerActivity(startLeftOpenCases);
  for (const activity of [...Object.values(CONTAIN), ...Object.values(VERIFY)])
    registerActivity<never, unknown>(activity);
  for (const { activities } of Object.values(DISCOVER)) for (const each of activities) registerActivity(each);
}
