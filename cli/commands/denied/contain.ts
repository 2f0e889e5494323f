import { randomUUID } from 'node:crypto';
import { answerOf } from '../../calling/client.ts';
import { Refused } from '../../calling/problem.ts';
import { REASON } from '../../case/cases.ts';
import { howToConfirm, isToBeConfirmed } from '../../case/open-cases.ts';
import { defineCommand } from '../../command.ts';
import { endOf, UNTIL } from '../../ending-at.ts';
import type { Ending } from '../../exit-codes.ts';
import { namedBy, PERSON } from '../../people.ts';

export const contain = defineCommand({
  name: 'contain',
  about: 'cuts a suspected account off at the gateway now, for a time, without a case',
  operand: PERSON,
  options: {
    reason: REASON,
    ...UNTIL,
    'confirm-upn': { kind: 'text', hint: 'upn', about: 'user principal name of the account that is meant' },
    identity: { kind: 'flag', about: 'it is a service principal, named by its object id' },
    emergency: { kind: 'flag', about: 'also a protected account: you administer the app, and everybody hears of it' },
    key: { kind: 'text', hint: 'text', about: 'the same key is the same request; by default a new one' },
  },
  example:
    'contain 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35 --confirm-upn alex.moreau@northwind-capital.example --days 3 --reason "A token of theirs was published"',
  async run({ operand, options }, session) {
    const { reason, 'confirm-upn': upn, identity, emergency, key = randomUUID() } = options;
    const body = {
      ...namedBy(operand),
      ...endOf(options),
      ...(upn === undefined ? {} : { confirmUserPrincipalName: upn }),
      ...(identity ? { kind: 'identity' as const } : {}),
      ...(emergency ? { emergency } : {}),
      reason,
    };
    const asked = session.api.POST('/api/denied', { params: { header: { 'idempotency-key': key } }, body });
    const done = await answerOf(asked).catch((error: unknown) => {
      throw error instanceof Refused && isToBeConfirmed(error.problem) ? howToConfirm(error, 'contain') : error;
    });
    const { became, list, listWhy, sessions, sessionsWhy, row } = done;
    session.show(done, () =>
      [
        `${row.oid} ${became}, until ${row.until ?? 'it is released'}`,
        `  gateway: ${list}${listWhy === undefined ? '' : ` (${listWhy})`}`,
        `  sessions: ${sessions}${sessionsWhy === undefined ? '' : ` (${sessionsWhy})`}`,
        '',
      ].join('\n'),
    );
    return endingOf(list, sessions);
  },
});

/** Whoever may still get in is not contained, whatever is on record. */
function endingOf(list: string, sessions: string): Ending {
  if (list === 'failed') return 'failed';
  return list === 'done' && sessions !== 'failed' ? 'done' : 'attention';
}
