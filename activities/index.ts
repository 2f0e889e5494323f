import { type ActivityDefinition, registerActivity } from '../src/durable/activity.ts';
import { applyRemedy } from './case/apply-remedy.ts';
import { closeCase } from './case/close-case.ts';
import { makePlan } from './case/make-plan.ts';
import { identifyLeaver } from './case/person/identify-leaver.ts';
import { readPersonAgain } from './case/person/read-person-again.ts';
import { carryFindings } from './case/report/carry-findings.ts';
import { fileReport } from './case/report/file-report.ts';
import { beginRestores } from './case/undo/begin-restores.ts';
import { restoreRemedy } from './case/undo/restore-remedy.ts';
import { fileExposure } from './exposure/file-exposure.ts';
import { readExposurePart } from './exposure/read-part.ts';
import { CONTAIN, DISCOVER, VERIFY } from './phases.ts';
import { askPilot } from './pilot/ask-pilot.ts';
import { filePilot } from './pilot/file-pilot.ts';
import { callAsCanary } from './posture/call-as-canary.ts';
import { fileCanary } from './posture/file-canary.ts';
import { filePosture } from './posture/file-posture.ts';
import { readPosture } from './posture/read-posture.ts';
import { fileSweep } from './sweep/file-sweep.ts';
import { findOrphanedCredentials } from './sweep/find-orphaned-credentials.ts';
import { fileInventory } from './sweep/inventory/file-inventory.ts';
import { listInventory } from './sweep/inventory/list-inventory.ts';
import { readInventory } from './sweep/inventory/read-inventory.ts';
import { openSweptCases } from './sweep/open-swept-cases.ts';

/** Every activity: those of the case and of the sweep, and what stands in the tables of the phases. */
export const ACTIVITIES: readonly ActivityDefinition<never, unknown>[] = [
  applyRemedy,
  askPilot,
  beginRestores,
  callAsCanary,
  carryFindings,
  closeCase,
  fileCanary,
  fileExposure,
  fileInventory,
  filePilot,
  filePosture,
  fileReport,
  fileSweep,
  findOrphanedCredentials,
  identifyLeaver,
  listInventory,
  makePlan,
  openSweptCases,
  readExposurePart,
  readInventory,
  readPersonAgain,
  readPosture,
  restoreRemedy,
  ...Object.values(CONTAIN),
  ...Object.values(VERIFY),
  ...Object.values(DISCOVER).flatMap(({ activities, askAgain }) => [
    ...activities,
    ...(askAgain === 'nothing' ? [] : askAgain.activities),
  ]),
];

/** Tells Functions about every activity. */
export function registerActivities(): void {
  for (const activity of ACTIVITIES) registerActivity(activity);
}
