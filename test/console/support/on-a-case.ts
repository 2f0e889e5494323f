import { setImmediate } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { FastStack } from '../../scenarios/support/fast-stack.ts';

/** The app works meanwhile, on a machine that others use, too. */
export const PATIENT = { timeout: 90_000 };

/** The day that is so many days from today. */
export const dayFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Fills the dialog's reason and sends it; the dialog closes once it is done. */
export async function say(window: Page, reason: string, verb: string | RegExp): Promise<void> {
  const dialog = window.getByRole('dialog');
  await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: verb }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Waits until the app has this case. */
export async function opened(stack: FastStack, caseId: string): Promise<void> {
  while (!(await stack.api(`/api/cases/${caseId}`)).ok) await setImmediate();
}
