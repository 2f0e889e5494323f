/** How closely a replay must repeat what history says: `names` as Azure does, `strict` inputs and times as well. */
export type Determinism = 'strict' | 'names';

/** One thing that has a sequence number: an activity, a timer or a sub-orchestration. */
export type Scheduled =
  | { readonly kind: 'activity'; readonly name: string; readonly input: string | null }
  /** `linked`: part of a chain or of a retry, whose time the engine chose; only a time that the code chose must recur. */
  | { readonly kind: 'timer'; readonly fireAt: number; readonly linked?: boolean }
  | {
      readonly kind: 'sub-orchestration';
      readonly name: string;
      readonly input: string | null;
      readonly instanceId: string;
      readonly version: string | undefined;
    };

/** A replay that scheduled something else than history says. */
class NonDeterminismError extends Error {
  override readonly name = 'NonDeterminismError';
}

/**
 * Compares what history recorded at a sequence number with what this replay produced there.
 * durable-functions 3 itself accepts any mismatch (durable-js issue 122), so nothing else would notice.
 */
export function assertSame(
  instanceId: string,
  index: number,
  recorded: Scheduled,
  produced: Scheduled | undefined,
  determinism: Determinism,
): void {
  const difference = differenceOf(recorded, produced, determinism);
  if (difference === undefined) return;
  throw new NonDeterminismError(
    `Non-deterministic orchestration: instance '${instanceId}', action ${index}: history recorded ` +
      `${describe(recorded)}, this replay produced ${produced === undefined ? 'nothing' : describe(produced)} ` +
      `(${difference}). The orchestrator read a clock, randomness, the environment or changed data, changed an ` +
      'input object after passing it, or its code changed while the instance was running.',
  );
}

function differenceOf(
  recorded: Scheduled,
  produced: Scheduled | undefined,
  determinism: Determinism,
): string | undefined {
  if (produced === undefined) return 'missing';
  if (recorded.kind !== produced.kind) return 'another kind of action';
  if (recorded.kind === 'timer' || produced.kind === 'timer') {
    if (determinism === 'names' || recorded.kind !== 'timer' || produced.kind !== 'timer') return undefined;
    return produced.linked === true || recorded.fireAt === produced.fireAt ? undefined : 'another time';
  }
  if (recorded.name.toLowerCase() !== produced.name.toLowerCase()) return 'another name';
  if (determinism === 'strict' && recorded.input !== produced.input) return 'another input';
  return undefined;
}

/** Names what was scheduled, never its input: inputs may hold personal data and the message is kept in history. */
function describe(scheduled: Scheduled): string {
  switch (scheduled.kind) {
    case 'activity':
      return `activity '${scheduled.name}'`;
    case 'timer':
      return `a timer for ${new Date(scheduled.fireAt).toISOString()}`;
    case 'sub-orchestration':
      return `sub-orchestration '${scheduled.name}' (${scheduled.instanceId})`;
    default:
      return scheduled satisfies never;
  }
}
