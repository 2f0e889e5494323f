import * as z from 'zod';
import { CASE_MODES, CASE_STATES, type CaseRow, TRIGGERS } from '../../../cases/case.ts';
import { CaseIdSchema } from '../../../cases/ids.ts';
import { OUTCOMES } from '../../../cases/outcome.ts';
import { parseOid } from '../../../people/oid.ts';
import { CaseView, caseView } from '../../case-view.ts';
import { defineRoute } from '../../route.ts';

const yes = z.literal('true').optional();
const time = z.iso.datetime({ offset: true }).optional();

const Query = z.strictObject({
  state: z.enum(CASE_STATES).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  incident: yes.meta({ description: 'only those in which something acted as the leaver after the departure' }),
  trigger: z.enum(TRIGGERS).optional(),
  mode: z.enum(CASE_MODES).optional(),
  onHold: yes.meta({ description: 'only those that wait for somebody' }),
  oid: z
    .guid()
    .transform((text) => parseOid(text) ?? z.NEVER)
    .optional()
    .meta({ description: 'of this person' }),
  search: z
    .string()
    .trim()
    .min(2)
    .max(100)
    .optional()
    .meta({ description: 'in the name, the reason, the case id and who asked' }),
  openedFrom: time,
  openedTo: time,
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z
    .string()
    .regex(/^\d{15}-[0-9a-f-]{38,44}$/)
    .optional()
    .meta({ description: 'where the page begins: from `next` of the page before' }),
});
type Query = z.output<typeof Query>;

export const listCases = defineRoute({
  id: 'listCases',
  method: 'GET',
  path: '/api/cases',
  summary: 'Cases, the newest first, a page at a time; where few match, a page may hold fewer than the limit',
  tag: 'Cases',
  access: { kind: 'read', right: 'read' },
  query: Query,
  answers: {
    200: z.object({
      cases: z.array(CaseView),
      next: z.exactOptional(z.string()).meta({ description: 'address of the next page; absent on the last' }),
      unreadable: z
        .exactOptional(z.array(CaseIdSchema))
        .meta({ description: 'cases whose rows another release of the app wrote; they are left alone' }),
    }),
  },
  async handle({ query, request }, { vendors }) {
    const { limit, after, openedFrom, openedTo } = query;
    const list = await vendors.storage.listCases({
      limit,
      ...(openedFrom === undefined ? {} : { openedFrom }),
      ...(openedTo === undefined ? {} : { openedTo }),
      ...(after === undefined ? {} : { after }),
      wanted: (row) => isWanted(row, query),
    });
    const value = {
      cases: list.cases.map(({ row }) => caseView(row)),
      ...(list.unreadable === undefined ? {} : { unreadable: list.unreadable }),
    };
    if (list.next === undefined) return { status: 200, value };
    const { searchParams } = new URL(request.url);
    searchParams.set('after', list.next);
    return { status: 200, value: { ...value, next: `/api/cases?${searchParams}` } };
  },
});

function isWanted(row: CaseRow, { search, onHold, incident, ...exact }: Query): boolean {
  const text = [row.displayName, row.userPrincipalName, row.reason, row.caseId, row.requestedBy]
    .join('\n')
    .toLowerCase();
  return (
    (['state', 'outcome', 'trigger', 'mode', 'oid'] as const).every(
      (field) => exact[field] === undefined || row[field] === exact[field],
    ) &&
    (onHold === undefined || row.onHold !== undefined) &&
    (incident === undefined || row.incident === true) &&
    (search === undefined || text.includes(search.toLowerCase()))
  );
}
