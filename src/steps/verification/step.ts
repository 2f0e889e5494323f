import { defineStep } from '../define-step.ts';
import { confirmationsOf } from './rules/confirmations.ts';
import { notRefused } from './rules/not-refused.ts';
import { VerificationFactsSchema } from './rules/verification-facts.ts';
import { VERIFICATION_SOURCES } from './sources.ts';

export const verification = defineStep({
  name: 'verification',
  title: 'Verification',
  phase: 'verify',
  filings: 'added',
  tells: 'exposure',
  sources: VERIFICATION_SOURCES,
  remedies: [],
  acts: [],
  facts: VerificationFactsSchema,
  verdict: 'none',
  readBacks: ({ readBacks }) => readBacks,
  confirms: confirmationsOf,
  refutes: notRefused,
  gathers: 'nothing',
  lives: 'each',
  page: 'tables-only',
});
