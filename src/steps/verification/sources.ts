import { READ_DENY_LIST } from '../containment/sources.ts';
import { defineSource } from '../define-source.ts';

/** Their permissions are those of discovery there. */
const readBack = (system: string, where: string) =>
  defineSource({
    id: `verification/${system}`,
    holds: `whether what was cut ${where} is gone`,
    examined: { when: `something was cut ${where}` },
    permissions: [],
  });

export const VERIFICATION_SOURCES = [
  defineSource({
    id: 'verification/gateway',
    holds: 'whether the deny list holds the leaver',
    examined: 'always',
    needs: 'DENY_LIST_NAMED_VALUES',
    permissions: [READ_DENY_LIST],
  }),
  defineSource({
    id: 'verification/asked-again',
    holds:
      'what admits the leaver after the cut and was not there before: a trust, a consent, a role, a key, a token, a machine, a variable, a schedule, a membership or an invitation made anew',
    examined: { when: 'a plan was carried out' },
    permissions: [],
  }),
  readBack('entra', 'in Entra'),
  readBack('federated-credentials', 'at pipeline identities'),
  readBack('denied-identities', 'from pipeline identities at the gateway'),
  readBack('gateway-access', 'of keys and sign-ins at the gateway'),
  readBack('github', 'on GitHub'),
  readBack('azure-devops', 'in Azure DevOps'),
  defineSource({
    id: 'verification/sign-in-sessions',
    holds: 'whether Entra took the revocation of sign-in sessions',
    examined: { when: 'the case revokes them: it is carried out, and the account is not deleted' },
    permissions: [],
  }),
] as const;
