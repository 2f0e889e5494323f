/**
 * A result that will come, settled and observed synchronously: Durable Task runs continuations at once, event by
 * event, and promises would not.
 */
export interface Pending {
  state(): 'running' | 'completed' | 'failed';
  /** Calls back once settled, at once where it already is. */
  whenSettled(callback: (failed: boolean) => void): void;
  settle(failed: boolean): void;
}

export function pending(): Pending {
  let state: 'running' | 'completed' | 'failed' = 'running';
  const callbacks: ((failed: boolean) => void)[] = [];
  return {
    state: () => state,
    whenSettled(callback) {
      if (state === 'running') callbacks.push(callback);
      else callback(state === 'failed');
    },
    settle(failed) {
      if (state !== 'running') return;
      state = failed ? 'failed' : 'completed';
      for (const callback of callbacks.splice(0)) callback(failed);
    },
  };
}

export function settled(): Pending {
  const done = pending();
  done.settle(false);
  return done;
}

/** Settles when all have, failed if any failed: .NET's Task.WhenAll, which does not fail fast. */
export function all(children: readonly Pending[]): Pending {
  const whole = pending();
  let open = children.length;
  let anyFailed = false;
  if (open === 0) whole.settle(false);
  for (const child of children) {
    child.whenSettled((failed) => {
      anyFailed ||= failed;
      open -= 1;
      if (open === 0) whole.settle(anyFailed);
    });
  }
  return whole;
}

/** Settles with the first that settles: .NET's Task.WhenAny, which itself never fails. */
export function any(children: readonly Pending[]): Pending {
  const first = pending();
  for (const child of children) child.whenSettled(() => first.settle(false));
  return first;
}
