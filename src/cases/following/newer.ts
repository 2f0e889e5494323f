import type { CaseRow } from '../case.ts';

type Known = Pick<CaseRow, 'n' | 'mode' | 'state'>;

/** Whether another case of the same person is newer and cuts them off, or will: a plan cuts nothing, nor does one that was cancelled. */
export function isNewerOffboarding({ n, mode, state }: Known, than: number): boolean {
  return n > than && mode === 'apply' && state !== 'cancelled' && state !== 'refused';
}
