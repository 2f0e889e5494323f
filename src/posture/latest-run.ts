import * as z from 'zod';
import { text } from '../shapes/primitives.ts';
import { type PostureRun, PostureRunSchema } from './run.ts';
import { LATEST, runName } from './run-id.ts';

/** What is needed of storage. */
interface Files {
  readonly getText: (container: 'evidence' | 'inventory', name: string) => Promise<string | undefined>;
}

const LatestSchema = z.strictObject({ runId: text });

/** A run as it was filed; undefined where there is none of that name. */
export async function readRun({ getText }: Files, runId: string): Promise<PostureRun | undefined> {
  const filed = await getText('evidence', runName(runId));
  return filed === undefined ? undefined : PostureRunSchema.parse(JSON.parse(filed));
}

/** The run that was filed last; undefined where there was none yet. */
export async function latestRun(files: Files): Promise<PostureRun | undefined> {
  const text = await files.getText('inventory', LATEST);
  if (text === undefined) return undefined;
  return await readRun(files, LatestSchema.parse(JSON.parse(text)).runId);
}
