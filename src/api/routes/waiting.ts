import * as z from 'zod';
import { whyBarred } from '../../cases/decisions/barred.ts';
import { CaseIdSchema } from '../../cases/ids.ts';
import { whyUnreadable } from '../../connectors/storage/base/columns.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { withoutTodo } from '../../errors.ts';
import { isDenied } from '../../intake/deciding/own-affair.ts';
import { WAITING_KINDS, type Waiting } from '../../intake/rules/waiting/standing.ts';
import { readWaiting } from '../../intake/what-waits.ts';
import type { Answer } from '../../people/answers/answers.ts';
import { OidSchema } from '../../people/oid.ts';
import { count, instant, text } from '../../shapes/primitives.ts';
import { type Caller, may } from '../access/caller.ts';
import { defineRoute } from '../route.ts';

const optional = z.exactOptional(text);

const WaitingView = z
  .object({
    id: text.meta({ description: 'the same for the same thing, as long as it waits' }),
    kind: z.enum(WAITING_KINDS),
    what: text.meta({ description: 'one sentence' }),
    right: z.enum(['decide', 'approve', 'operate']).meta({ description: 'the right that it takes, as in GET /api/me' }),
    may: z.boolean().meta({ description: 'whether the caller may act on it' }),
    whyNot: optional.meta({ description: 'why they may not, although they have the right' }),
    since: z.exactOptional(instant),
    until: z.exactOptional(instant).meta({ description: 'when it ends by itself, in a way that may not be wanted' }),
    count: z.exactOptional(count),
    number: z.exactOptional(count).meta({ description: 'of an answer: its number' }),
    oid: z.exactOptional(OidSchema),
    displayName: optional,
    userPrincipalName: optional,
    caseId: z.exactOptional(CaseIdSchema),
    incident: z.exactOptional(z.literal(true)),
    day: optional.meta({ description: 'of rejections' }),
    page: text.meta({ description: 'where the console shows it, behind the #' }),
  })
  .meta({ id: 'Waiting' });

/** Read from what the app itself keeps, so that a page may ask every half minute. */
export const listWaiting = defineRoute({
  id: 'listWaiting',
  method: 'GET',
  path: '/api/waiting',
  summary: 'What waits for a person, the most urgent first, and whether the caller may act on it',
  tag: 'Operation',
  access: { kind: 'read', right: 'read' },
  answers: {
    200: z.object({
      waiting: z.array(WaitingView),
      unreadable: z.exactOptional(z.array(text)).meta({
        description:
          'what the app keeps and cannot read, one sentence each: what it would say may wait as well. A newer release wrote it, or somebody edited it',
      }),
    }),
  },
  async handle({ caller }, { vendors, settings, now }) {
    const { waiting, answers, unreadable } = await readWaiting(vendors, settings, now());
    const whyNobody = await whyNoneOfIt(vendors, caller, answers);
    const value = waiting.map((each) => {
      const whyNot = whyNobody ?? whyNotThey(caller, each) ?? whyBarred(each.barred, caller.oid, answers ?? []);
      const mayAct = may(caller, each.right) && whyNot === undefined;
      const { barred: _, ...shown } = each;
      return { ...shown, page: pageOf(each), may: mayAct, ...(whyNot !== undefined && { whyNot }) };
    });
    // What to do is the same for each.
    const unread = unreadable.map((each) => withoutTodo('row-unreadable', each));
    return { status: 200, value: { waiting: value, ...(unread.length > 0 && { unreadable: unread }) } };
  },
});

/** Whoever leaves decides nothing; and as long as nobody can tell whether they do, what they send is not taken. */
async function whyNoneOfIt(
  vendors: Pick<Vendors, 'storage'>,
  { oid }: Caller,
  answers: readonly Answer[] | undefined,
): Promise<string | undefined> {
  if (answers === undefined) return 'An answer cannot be read: whose affair this is, nobody knows until it can.';
  try {
    return (await isDenied(vendors, oid, answers)) ? 'You are denied: whoever leaves decides nothing.' : undefined;
  } catch (error) {
    if (whyUnreadable(error) === undefined) throw error;
    return 'Whether you are denied cannot be read.';
  }
}

/** What counts as somebody's word, an application cannot say. */
function whyNotThey({ isApp }: Caller, { right }: Waiting): string | undefined {
  return isApp && right !== 'operate' ? 'A person decides, signed in as themselves.' : undefined;
}

function pageOf({ kind, caseId, oid, day }: Waiting): string {
  switch (kind) {
    case 'rejections':
      return `/rejections?day=${day}`;
    case 'list-blocked':
    case 'list-full':
      return '/denied';
    case 'containment-ends':
      return `/denied/${oid}`;
    default:
      if (caseId !== undefined) return `/cases/${caseId}`;
      return oid === undefined ? '/cases?onHold=true' : `/people/${oid}`;
  }
}
