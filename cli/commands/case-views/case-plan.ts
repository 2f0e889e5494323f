import { LEAVING } from '../../case/leaving.ts';
import { openCases } from '../../case/open-cases.ts';
import { defineCommand } from '../../command.ts';
import { PERSON } from '../../people.ts';

export const casePlan = defineCommand({
  name: 'case plan',
  about: 'reads everything about people and reports what would be cut; changes nothing',
  operand: { ...PERSON, many: true },
  options: LEAVING,
  example: 'case plan alex.moreau@northwind-capital.example --reason "First look"',
  run: ({ operands, options }, session) => openCases(session, operands, options, 'plan'),
});
