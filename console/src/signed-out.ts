import { useSyncExternalStore } from 'react';

/** `ended`: Entra wants to see the person again. `refused`: it gives out tokens, and the app takes none of them. */
export type SignedOut = 'ended' | 'refused';

const WORDS: Readonly<Record<SignedOut, string>> = {
  ended: 'Your sign-in has ended. Sign in again; this page stays as it is, and nothing was sent.',
  refused: 'The app refuses your sign-in, a renewed one as well. Nothing was done. Sign in again.',
};

/** The session has ended, and only the person can begin another one. */
export class SignedOutFault extends Error {
  readonly why: SignedOut;
  constructor(why: SignedOut) {
    super(WORDS[why]);
    this.why = why;
  }
}

let now: SignedOut | undefined;
const listeners = new Set<() => void>();

/** Notes that a person has to sign in again, or that they have. */
export function noteSignedOut(why: SignedOut | undefined): void {
  if (why === now) return;
  now = why;
  for (const changed of listeners) changed();
}

export function signedOut(): SignedOut | undefined {
  return now;
}

export function useSignedOut(): SignedOut | undefined {
  return useSyncExternalStore(listen, signedOut);
}

function listen(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

/**
 * Whether somebody is in the middle of something that leaving the page would lose: an open dialog, words in a form, people
 * who are picked, or something that was sent and is not answered yet.
 */
export function isAtWork(): boolean {
  if (document.querySelector('dialog[open], [data-at-work]') !== null) return true;
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    'textarea, form:not(.filters) input:not([type="checkbox"], [type="radio"], [type="hidden"])',
  );
  return [...fields].some(({ value }) => value.trim() !== '');
}
