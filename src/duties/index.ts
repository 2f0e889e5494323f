import { answerWorkflows } from './answer-workflows.ts';
import type { Duty } from './duty.ts';
import { startScheduledCases } from './start-scheduled-cases.ts';

/** What falls due by itself, each in a file of its own. */
export const DUTIES: readonly Duty[] = [startScheduledCases, answerWorkflows];
