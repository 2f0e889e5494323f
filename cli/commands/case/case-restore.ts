import { answerOf } from '../../calling/client.ts';
import { CASE, lineOf, REASON } from '../../case/cases.ts';
import { FINDING } from '../../case/decide-case.ts';
import { defineCommand } from '../../command.ts';
import { CliError } from '../../exit-codes.ts';

export const caseRestore = defineCommand({
  name: 'case restore',
  about: 'gives back what a case cut, whole or by finding',
  operand: CASE,
  options: {
    finding: { kind: 'list', hint: 'finding', about: 'findings whose cut is undone', check: FINDING },
    all: { kind: 'flag', about: 'everything that it cut, and the person is let in again' },
    revision: {
      kind: 'text',
      hint: 'number',
      required: true,
      about: 'number of the report that you looked at; case findings shows it',
      check: (text) => (/^[1-9]\d*$/.test(text) ? undefined : 'a whole number from 1'),
    },
    reason: REASON,
  },
  example:
    'case restore 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35-1 --finding F-0123456789ab --revision 1 --reason "The wrong person"',
  async run({ operand: id, options: { finding, all, revision, reason } }, session) {
    if (all === finding.length > 0) throw new CliError('usage', 'say one of --finding and --all');
    const what = all ? { all: true as const } : { findings: [...finding] };
    const body = { ...what, revision: Number(revision), reason };
    const row = await answerOf(session.api.POST('/api/cases/{id}/restore', { params: { path: { id } }, body }));
    session.show(row, () => lineOf(row));
    return 'done';
  },
});
