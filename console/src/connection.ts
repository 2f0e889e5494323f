import { useSyncExternalStore } from 'react';

let silentSince: Date | undefined;
const listeners = new Set<() => void>();

/** Notes whether the app answered, so that a page over old answers says how old they are. */
export function heard(answered: boolean): void {
  const was = silentSince;
  silentSince = answered ? undefined : (silentSince ?? new Date());
  if (was !== silentSince) for (const changed of listeners) changed();
}

/** Since when the app has not answered; undefined while it does. */
export function useSilentSince(): Date | undefined {
  return useSyncExternalStore(listen, () => silentSince);
}

// Known before the next question fails.
addEventListener('offline', () => heard(false));

function listen(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
