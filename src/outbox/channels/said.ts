import { wordsOfContainment } from '../rules/containment-words.ts';
import { wordsFor } from '../rules/words.ts';
import type { Told } from './channel.ts';

/** What is said where no report says more, and of whom. */
export interface Said {
  readonly title: string;
  readonly text: string;
  /** Object id of whom it is about; absent where it is about nobody. */
  readonly oid?: string;
}

export function saidOf(told: Told): Said {
  if ('row' in told) return { ...wordsFor(told.message, told.row), oid: told.row.oid };
  if ('posture' in told) return { title: told.posture.title, text: told.posture.text };
  return { ...wordsOfContainment(told.message, told.denied), oid: told.denied.oid };
}
