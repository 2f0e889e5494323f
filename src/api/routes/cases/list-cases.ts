import * as z from 'zod';
import { CASE_STATES } from '../../../cases/case.ts';
import { CaseView, caseView } from '../../case-view.ts';
import { defineRoute } from '../../route.ts';

const Query = z.strictObject({
  state: z.enum(CASE_STATES).optional(),
  onHold: z.literal('true').optional().meta({ description: 'only those that wait for somebody' }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z
    .string()
    .regex(/^\d{15}-[0-9a-f-]{38,44}$/)
    .optional()
    .meta({ description: 'where the page begins: from `next` of the page before' }),
});

export const listCases = defineRoute({
  id: 'listCases',
  method: 'GET',
  path: '/api/cases',
  summary: 'Cases, the newest first, a page at a time',
  tag: 'Cases',
  access: { kind: 'read', right: 'read' },
  query: Query,
  answers: {
    200: z.object({
      cases: z.array(CaseView),
      next: z.exactOptional(z.string()).meta({ description: 'address of the next page; absent on the last' }),
    }),
  },
  async handle({ query: { state, limit, after, onHold: held } }, { vendors }) {
    const onHold = held !== undefined;
    const list = await vendors.storage.listCases({ limit, onHold, ...(state && { state }), ...(after && { after }) });
    const next =
      list.next &&
      `/api/cases?${new URLSearchParams({ limit: String(limit), ...(state && { state }), ...(onHold && { onHold: 'true' }), after: list.next })}`;
    const cases = list.cases.map(({ row }) => caseView(row));
    return { status: 200, value: { cases, ...(next && { next }) } };
  },
});
