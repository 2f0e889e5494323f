import * as z from 'zod';
import { revisionFolderOf } from '../../../cases/folders.ts';
import type { CaseId } from '../../../cases/ids.ts';
import { text } from '../../../shapes/primitives.ts';
import { answerText } from '../../answers.ts';
import { problem } from '../../problems/problem.ts';
import { defineRoute } from '../../route.ts';
import { CasePath, theCase } from './the-case.ts';

/** A case with every revision that it may have holds far fewer. */
const MOST = 50_000;
const BYTES = 'application/octet-stream';

const folderOf = (caseId: CaseId): string => `${revisionFolderOf(caseId, 1)}/`;

export const listEvidenceFiles = defineRoute({
  id: 'listEvidenceFiles',
  method: 'GET',
  path: '/api/cases/{id}/evidence/files',
  summary: 'The names of all files in the case’s folder, those of every revision, signatures and keys included',
  tag: 'Cases',
  access: { kind: 'read', right: 'read' },
  params: CasePath,
  answers: { 200: z.object({ names: z.array(text) }) },
  problems: ['not-found'],
  async handle({ params }, { vendors }) {
    const found = await theCase(vendors, params);
    if ('answer' in found) return found.answer;
    const names = await vendors.storage.listNames('evidence', folderOf(found.stored.row.caseId), MOST);
    return { status: 200, value: { names } };
  },
});

export const getEvidenceFile = defineRoute({
  id: 'getEvidenceFile',
  method: 'GET',
  path: '/api/cases/{id}/evidence/file',
  summary: 'One file of the case’s folder, as it is stored: whoever downloads it verifies it',
  tag: 'Cases',
  access: { kind: 'read', right: 'read' },
  params: CasePath,
  query: z.strictObject({
    name: z.string().max(1_024).meta({ description: 'one of the names that GET /api/cases/{id}/evidence/files lists' }),
  }),
  answers: {},
  documents: { [BYTES]: z.string() },
  problems: ['not-found'],
  async handle({ params, query, request }, { vendors }) {
    const found = await theCase(vendors, params);
    if ('answer' in found) return found.answer;
    const { name } = query;
    const isOwn = name.startsWith(folderOf(found.stored.row.caseId)) && !name.split('/').includes('..');
    const content = isOwn ? await vendors.storage.getText('evidence', name) : undefined;
    if (content === undefined)
      return problem('not-found', {
        detail: 'The case has no such file; GET /api/cases/{id}/evidence/files lists them.',
      });
    const file = name.slice(name.lastIndexOf('/') + 1).replace(/[^\w.-]/g, '_');
    const headers = { 'content-disposition': `attachment; filename="${file}"` };
    return answerText(content, BYTES, { headers, ifNoneMatch: request.headers.get('if-none-match') });
  },
});
