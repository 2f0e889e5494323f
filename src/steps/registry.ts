import type * as z from 'zod';
import type { RemedyCall as AnyCall } from '../cases/remedy.ts';
import { activityAudit } from './activity-audit/step.ts';
import { consent } from './consent/step.ts';
import { containment } from './containment/step.ts';
import type { RemedyDefinition } from './define-remedy.ts';
import { federatedCredentials } from './federated-credentials/step.ts';
import { runnerCredentials } from './runner-credentials/step.ts';
import { verification } from './verification/step.ts';

/** Every step, in the order of the report. A new one is its folder and its line here. */
export const STEPS = [
  containment,
  consent,
  federatedCredentials,
  runnerCredentials,
  activityAudit,
  verification,
] as const;
export type StepName = (typeof STEPS)[number]['name'];

/** Every kind of remedy, in the order of the steps. */
export const REMEDIES = [...consent.remedies, ...federatedCredentials.remedies, ...runnerCredentials.remedies] as const;
type AnyRemedy = (typeof REMEDIES)[number];

/** What a remedy of this version calls. */
export type RemedyCall = z.output<AnyRemedy['call']>;
export type RemedyKind = RemedyCall['kind'];

const byKind = new Map<string, RemedyDefinition>(
  REMEDIES.map((each) => [each.kind, each as unknown as RemedyDefinition]),
);

/** The declaration of a call's kind. */
export function remedyDefinition({ kind }: Pick<AnyCall, 'kind'>): RemedyDefinition {
  const known = byKind.get(kind);
  if (known === undefined) throw new Error(`No remedy of kind ${kind} is declared.`);
  return known;
}
