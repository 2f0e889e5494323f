import { defineStep, NO_FACTS } from '../define-step.ts';
import { CONTAINMENT_SOURCES, WRITE_DENY_LIST } from './sources.ts';

export const containment = defineStep({
  name: 'containment',
  title: 'Containment',
  phase: 'contain',
  // Tried again, it says what holds now.
  filings: 'replaced',
  tells: 'exposure',
  sources: CONTAINMENT_SOURCES,
  remedies: [],
  acts: [
    {
      finding: 'gateway-deny-list',
      ability: 'put the leaver on the gateway’s deny list',
      permissions: WRITE_DENY_LIST,
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
  confirms: 'nothing',
  refutes: 'nothing',
  gathers: 'nothing',
  lives: 'each',
  page: 'tables-only',
});
