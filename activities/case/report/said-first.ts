import * as z from 'zod';
import type { CaseRow } from '../../../src/cases/case.ts';
import { type PassedCall, PassedCallSchema } from '../../../src/cases/denied/passed-call.ts';
import { type ReadAgain, ReadAgainSchema, readAgainAfter, wasAway } from '../../../src/cases/following/read-again.ts';
import type { CaseId } from '../../../src/cases/ids.ts';
import type { Config } from '../../../src/config.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { isErrorCode, passes } from '../../../src/errors.ts';
import type { FileReportInput } from './filed-report.ts';

const SignatureDueSchema = z.strictObject({ due: z.boolean() });

/**
 * Whether this report is to be signed, so that its manifest says so. What was said first stands: a second run must write
 * the same manifest, whatever the settings say by then.
 */
export async function signatureIsDue(
  vendors: Pick<Vendors, 'storage'>,
  { EVIDENCE_KEY_ID: key }: Pick<Config, 'EVIDENCE_KEY_ID'>,
  folder: string,
  caseId: CaseId,
): Promise<boolean> {
  const name = `${caseId}/signed/${folder.replaceAll('/', '-')}.json`;
  const said = await vendors.storage.putFirst('work', name, JSON.stringify({ due: key !== undefined }));
  return SignatureDueSchema.parse(JSON.parse(said.text)).due;
}

/**
 * What becomes of the case where a vendor was away, as this report says it. What was said first stands: a second run
 * must write the same report, whatever the settings say by then.
 */
export async function readAgainOf(
  vendors: Pick<Vendors, 'storage'>,
  { READ_AGAIN_DAYS: days }: Pick<Config, 'READ_AGAIN_DAYS'>,
  folder: string,
  { caseId, row, generatedAt, ...read }: FileReportInput,
): Promise<ReadAgain | undefined> {
  if (!wasAway(read, (code) => isErrorCode(code) && passes(code))) return undefined;
  const name = `${caseId}/read-again/${folder.replaceAll('/', '-')}.json`;
  const said = await vendors.storage.putFirst('work', name, JSON.stringify(readAgainAfter(row, generatedAt, days)));
  return ReadAgainSchema.parse(JSON.parse(said.text));
}

/**
 * The call that passed the gateway after the containment, as this report tells of it. What was noted when it was made
 * first stands: a second run must write the same report. What is noted later is the next one's.
 */
export async function passedOf(
  vendors: Pick<Vendors, 'storage'>,
  folder: string,
  { caseId, mode, passed }: CaseRow,
): Promise<PassedCall | undefined> {
  if (mode === 'plan') return undefined;
  const name = `${caseId}/passed/${folder.replaceAll('/', '-')}.json`;
  const { text } = await vendors.storage.putFirst('work', name, JSON.stringify(passed === undefined ? {} : { passed }));
  return z.object({ passed: z.exactOptional(PassedCallSchema) }).parse(JSON.parse(text)).passed;
}
