import type { Finding } from '../../../../cases/finding.ts';
import { type ForeignCode, foreignCodeFinding } from '../code/foreign-code.ts';
import { type AzureFile, azureFileResource } from './token-places.ts';

/** Whose code a YAML pipeline of Azure Repos has run, by the rule for files of GitHub. Only code ends it. */
export function azureCodeFinding(code: ForeignCode, organisation: string, webUrl: string, file: AzureFile): Finding {
  return { ...foreignCodeFinding(code, webUrl), resource: azureFileResource(organisation, webUrl, file) };
}
