import { answerOf } from '../calling/client.ts';
import { defineCommand } from '../command.ts';

export const personSearch = defineCommand({
  name: 'person search',
  about: 'people by the beginning of their name, user principal name or mail',
  operand: {
    name: 'text',
    about: 'two characters or more',
    check: (text) => (text.trim().length < 2 ? 'search for two characters or more' : undefined),
  },
  options: {},
  example: 'person search moreau',
  async run({ operand }, session) {
    const found = await answerOf(session.api.GET('/api/people', { params: { query: { search: operand } } }));
    session.showTable(found, found.people, [
      { head: 'OBJECT ID', room: 'whole', cell: ({ oid }) => oid },
      { head: 'NAME', cell: ({ displayName }) => displayName },
      { head: 'USER PRINCIPAL NAME', cell: ({ userPrincipalName }) => userPrincipalName },
      { head: 'STATE', cell: ({ state }) => state },
    ]);
    return 'done';
  },
});
