import { LEAVING } from '../../case/leaving.ts';
import { openCases } from '../../case/open-cases.ts';
import { defineCommand } from '../../command.ts';
import { PERSON } from '../../people.ts';

export const caseOpen = defineCommand({
  name: 'case open',
  about: 'offboards people: contains them, cuts what is safe to cut, and reports',
  operand: { ...PERSON, many: true },
  options: {
    ...LEAVING,
    'confirm-upn': {
      kind: 'text',
      hint: 'upn',
      about: 'user principal name of the account, where that is enabled and has no last day',
    },
  },
  example:
    'case open 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35 --confirm-upn alex.moreau@northwind-capital.example --reason "End of contract"',
  run: ({ operands, options }, session) => openCases(session, operands, options, 'apply'),
});
