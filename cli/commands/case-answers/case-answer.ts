import { answerOf } from '../../calling/client.ts';
import { CASE, isDay, REASON } from '../../case/cases.ts';
import { defineCommand } from '../../command.ts';
import { oneLine } from '../../terminal/table.ts';
import { PROGRAM } from '../../usage.ts';

const KINDS = ['account', 'none', 'same-person', 'service-account', 'last-day', 'owner'] as const;

export const caseAnswer = defineCommand({
  name: 'case answer',
  about: 'answers what no vendor says about the person of a case; a second person confirms it',
  operand: CASE,
  options: {
    kind: { kind: 'choice', of: KINDS, required: true, about: 'what is answered' },
    reason: REASON,
    not: { kind: 'flag', about: 'of account and owner: it is not theirs' },
    vendor: { kind: 'choice', of: ['github', 'azure-devops'], about: 'where the account is' },
    scope: { kind: 'text', hint: 'organisation', about: 'by default all of the vendor' },
    login: { kind: 'text', hint: 'login', about: 'the account by what it is called today' },
    account: { kind: 'text', hint: 'id', about: 'the account by GitHub’s number, or the descriptor in Azure DevOps' },
    only: { kind: 'flag', about: 'of account: the person has no other there' },
    other: { kind: 'text', hint: 'oid', about: 'of same-person: the other object id' },
    day: { kind: 'text', hint: 'day', about: 'of last-day', check: isDay },
    finding: { kind: 'text', hint: 'finding', about: 'of owner: the finding about the thing' },
    evidence: { kind: 'text', hint: 'address', about: 'where it can be read' },
  },
  example:
    'case answer 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35-1 --kind account --vendor github --login amoreau --reason "Told by the team"',
  async run({ operand: id, options }, session) {
    const { kind, reason, not, vendor, scope, login, account, only, other, day, finding, evidence } = options;
    const body = {
      kind,
      reason,
      ...(not ? { statement: 'is-not' as const } : {}),
      ...(vendor && { vendor }),
      ...(scope && { scope }),
      ...(login && { login }),
      ...(account && { accountId: account }),
      ...(only ? { only } : {}),
      ...(other && { other }),
      ...(day && { day }),
      ...(finding && { findingId: finding }),
      ...(evidence && { evidenceUrl: evidence }),
    };
    const done = await answerOf(session.api.POST('/api/cases/{id}/answers', { params: { path: { id } }, body }));
    session.show(done, () => `answer ${done.answer.n}: ${oneLine(done.answer.says)} (${done.answer.force})\n`);
    if (!session.json && done.answer.force === 'waits')
      session.terminal.tell(
        `A second person stands by it: ${PROGRAM} case answer confirm ${id} --answer ${done.answer.n} --reason …`,
      );
    return 'done';
  },
});
