import { readFile } from 'node:fs/promises';
import { PilotRecordSchema } from '../../../src/doctor/pilot/record.ts';
import type { CaseStudy } from '../case-study.ts';
import { behaveAs } from './behave-as.ts';

/** Sets the tenant to a record in a file, and says in words what came of it. Throws where the file is no record. */
export async function behaveAsFile(study: Pick<CaseStudy, 'states' | 'tenant'>, path: string): Promise<string> {
  const read = PilotRecordSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!read.success) throw new Error(`${path} is no record of a pilot: ${read.error.issues[0]?.message ?? ''}`);
  const notSet = behaveAs(study, read.data).filter(({ answer }) => answer !== 'could-not-ask');
  const set = read.data.answers.length - notSet.length;
  const others = notSet.map(({ probe, place, answer }) => `  ${probe} ${place} ${answer}`);
  return [`The simulated firm behaves as ${path} says, in ${set} of ${read.data.answers.length} answers.`]
    .concat(others.length === 0 ? [] : ['Not set, because they follow from others or concern a further organisation:'])
    .concat(others)
    .join('\n');
}
