import { mapBounded } from '../../connectors/map-bounded.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import { withinDeadline } from '../../deadline.ts';
import { OffboardingError } from '../../errors.ts';
import type { Places } from './places.ts';
import { type CouldNotAsk, type PilotAnswer, PilotAnswerSchema } from './record.ts';

/** What a probe found: one of its answers with what it counted, or why nobody could be asked. */
export type Told<A extends string> =
  | { readonly answer: A; readonly counts?: Counts; readonly fields?: PilotAnswer['fields'] }
  | { readonly failure: Pick<VendorFailure, 'kind'> & Partial<VendorFailure> };
export type Counts = Readonly<Record<string, number>>;

/** What an answer says of the fact, and what the product does then. */
export interface Consequence {
  readonly means: string;
  readonly does: string;
}

/** One thing that documents leave open and a tenant can tell, asked without changing anything. */
export interface ProbeDefinition<V extends keyof Places = keyof Places, A extends string = string> {
  readonly id: string;
  readonly vendor: V;
  readonly question: string;
  /** What is asked, in words. */
  readonly asked: string;
  /** Rows of the table of permissions; the reader holds them for its work. */
  readonly permissions: readonly string[];
  readonly answers: Readonly<Record<A, Consequence>>;
  run(place: Places[V]): Promise<Told<A>>;
}

/** Declares a probe; its answers are closed, so that nothing else can get into a record. */
export function defineProbe<V extends keyof Places, A extends string>(
  probe: ProbeDefinition<V, A>,
): ProbeDefinition<V, A> {
  return probe;
}

/** An answer's consequence, written on two lines. */
export const so = (means: string, does: string): Consequence => ({ means, does });

/** Probes of one place that are asked side by side: vendors count how much one asks at once. */
const IN_FLIGHT = 6;

/**
 * Asks every probe of one place; whatever comes of one keeps no other from being asked. `ms` is the deadline of each.
 */
export function askProbes<V extends keyof Places>(
  probes: readonly ProbeDefinition<V>[],
  place: Places[V],
  name: string,
  ms: number,
): Promise<readonly PilotAnswer[]> {
  return mapBounded(probes, IN_FLIGHT, async (probe) => answerOf(probe.id, name, await ask(probe, place, ms)));
}

async function ask<V extends keyof Places>(
  probe: ProbeDefinition<V>,
  place: Places[V],
  ms: number,
): Promise<Told<string> | { readonly couldNotAsk: CouldNotAsk }> {
  try {
    return await withinDeadline(`the probe ${probe.id}`, ms, () => probe.run(place));
  } catch (error) {
    const late = error instanceof OffboardingError && error.code === 'deadline-passed';
    return { couldNotAsk: { kind: late ? 'late' : 'unexpected' } };
  }
}

function answerOf(
  probe: string,
  place: string,
  told: Told<string> | { readonly couldNotAsk: CouldNotAsk },
): PilotAnswer {
  if ('answer' in told) return PilotAnswerSchema.parse({ probe, place, ...told });
  return notAsked(probe, place, 'failure' in told ? reasonOf(told.failure) : told.couldNotAsk);
}

/** A probe that nobody could be asked. */
export function notAsked(probe: string, place: string, couldNotAsk: CouldNotAsk): PilotAnswer {
  return { probe, place, answer: 'could-not-ask', couldNotAsk };
}

/** A failure without the vendor's words, which name things of the firm. */
export function reasonOf(failure: Pick<VendorFailure, 'kind'> & Partial<VendorFailure>): CouldNotAsk {
  const { status } = failure;
  const permission = 'missingPermission' in failure ? failure.missingPermission : undefined;
  return {
    kind: failure.kind,
    ...(status === undefined ? {} : { status }),
    ...(permission === undefined ? {} : { permission }),
  };
}
