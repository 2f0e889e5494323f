import { defineSource } from '../define-source.ts';
import { defineStep, NO_FACTS } from '../define-step.ts';

const NAMED_VALUES = 'azure/gateway/Microsoft.ApiManagement/service/namedValues';

export const containment = defineStep({
  name: 'containment',
  title: 'Containment',
  phase: 'contain',
  // Tried again, it says what holds now.
  filings: 'replaced',
  tells: 'exposure',
  sources: [
    defineSource({
      id: 'gateway/deny-list',
      holds: 'whether the gateway refuses the leaver',
      permissions: [`reader/${NAMED_VALUES}/read`],
    }),
    // Only read by revoking: the act says what became of it.
    defineSource({
      id: 'entra/sign-in-sessions',
      holds: 'sessions and refresh tokens, from which new tokens are had',
      permissions: [],
    }),
  ],
  remedies: [],
  acts: [
    {
      finding: 'gateway-deny-list',
      ability: 'put the leaver on the gateway’s deny list',
      permissions: [`remover/${NAMED_VALUES}/read`, `remover/${NAMED_VALUES}/write`],
    },
    {
      finding: 'sign-in-sessions',
      ability: 'revoke sign-in sessions',
      permissions: ['remover/graph/User.RevokeSessions.All'],
    },
  ],
  facts: NO_FACTS,
  verdict: 'none',
  readBacks: 'none',
  refutes: 'nothing',
  page: 'tables-only',
});
