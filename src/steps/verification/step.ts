import { defineSource } from '../define-source.ts';
import { defineStep } from '../define-step.ts';
import { notRefused } from './rules/not-refused.ts';
import { VerificationFactsSchema } from './rules/verification-facts.ts';

export const verification = defineStep({
  name: 'verification',
  title: 'Verification',
  phase: 'verify',
  filings: 'added',
  tells: 'exposure',
  sources: [
    defineSource({
      id: 'verification/gateway',
      holds: 'whether the deny list holds the leaver',
      permissions: ['reader/azure/gateway/Microsoft.ApiManagement/service/namedValues/read'],
    }),
    // Lines `verification/<system>`: what was cut there, read again. Their permissions are those of its discovery.
  ],
  remedies: [],
  acts: [],
  facts: VerificationFactsSchema,
  verdict: 'none',
  readBacks: ({ readBacks }) => readBacks,
  refutes: notRefused,
  page: 'tables-only',
});
