import * as z from 'zod';
import type { CaseId } from '../../../src/cases/ids.ts';
import { caseLink } from '../../../src/cases/words/console-link.ts';
import type { Config } from '../../../src/config.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';

const LinkSchema = z.strictObject({ link: z.exactOptional(z.string()) });

/**
 * Where the console shows the case, as this report says it. What was said first stands: a second run must write the same
 * page, whatever the settings say by then.
 */
export async function reportLink(
  vendors: Pick<Vendors, 'storage'>,
  { CONSOLE_URL: console }: Pick<Config, 'CONSOLE_URL'>,
  folder: string,
  caseId: CaseId,
): Promise<string | undefined> {
  const link = caseLink(console, caseId);
  const name = `${caseId}/console/${folder.replaceAll('/', '-')}.json`;
  const said = await vendors.storage.putFirst('work', name, JSON.stringify(link === undefined ? {} : { link }));
  return LinkSchema.parse(JSON.parse(said.text)).link;
}
