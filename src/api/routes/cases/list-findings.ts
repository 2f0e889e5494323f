import * as z from 'zod';
import { FINDING_STATUSES, ReportFindingSchema, SEVERITIES } from '../../../cases/finding.ts';
import { revisionOf } from '../../../cases/following/attempts.ts';
import { readSealed } from '../../../intake/deciding/read-sealed.ts';
import { count, sha256 } from '../../../shapes/primitives.ts';
import { tagOf } from '../../if-match.ts';
import { problem } from '../../problems/problem.ts';
import { defineRoute } from '../../route.ts';
import { CasePath, theCase } from './the-case.ts';

/** A call differs by the kind of its remedy; the report's schema says how. */
const Finding = z
  .looseObject({ ...ReportFindingSchema.omit({ remedy: true }).shape, remedy: z.exactOptional(z.looseObject({})) })
  .meta({ id: 'Finding' });
const Filed = z.object({ steps: z.array(z.object({ findings: z.array(Finding) })) });

export const listFindings = defineRoute({
  id: 'listFindings',
  method: 'GET',
  path: '/api/cases/{id}/findings',
  summary: 'The findings of the newest report, and the hash of the plan that a decision about them names',
  tag: 'Cases',
  access: { kind: 'read', right: 'read' },
  params: CasePath,
  query: z.strictObject({
    status: z.enum(FINDING_STATUSES).optional(),
    severity: z.enum(SEVERITIES).optional(),
    step: z.string().max(50).optional(),
  }),
  answers: { 200: z.object({ revision: count, planHash: z.exactOptional(sha256), findings: z.array(Finding) }) },
  problems: ['not-found', 'evidence-altered'],
  async handle({ params, query }, { vendors }) {
    const found = await theCase(vendors, params);
    if ('answer' in found) return found.answer;
    const { row } = found.stored;
    const sealed = await readSealed(vendors, row);
    if (sealed === undefined) {
      return problem('not-found', { detail: `The case is ${row.state}; its report has not been filed.` });
    }
    const all = Filed.parse(JSON.parse(sealed.report)).steps.flatMap(({ findings }) => findings);
    const findings = all.filter((finding) =>
      (['status', 'severity', 'step'] as const).every(
        (field) => query[field] === undefined || finding[field] === query[field],
      ),
    );
    const planHash = sealed.plan?.hash;
    // While a case is read again, its row still names the report before.
    const revision = row.state === 'filed' ? revisionOf(row) : revisionOf(row) - 1;
    const value = { revision, ...(planHash === undefined ? {} : { planHash }), findings };
    return { status: 200, value, etag: tagOf(row, value) };
  },
});
