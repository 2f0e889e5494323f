import timers from 'node:timers/promises';
import type { Settings } from '../settings.ts';
import { type Means, SignInError, signIn } from './sign-in.ts';

const TRIES = 3;
const PAUSE_MS = 2_000;

/**
 * Sends a report, again where the app is not ready; undefined, or what went wrong, without any value. A report of the same
 * job is taken once, so that sending it again is harmless.
 */
export async function sendReport(body: string, settings: Settings, means: Means): Promise<string | undefined> {
  let failure: string | undefined;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const { again, said } = await once(body, settings, means);
    failure = said;
    if (!again || means.signal.aborted || attempt === TRIES) break;
    await timers.setTimeout(PAUSE_MS, undefined, { signal: means.signal }).catch(() => undefined);
    if (means.signal.aborted) break;
  }
  return failure;
}

async function once(
  body: string,
  settings: Settings,
  means: Means,
): Promise<{ readonly again: boolean; readonly said: string | undefined }> {
  try {
    const token = await signIn(settings, means);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const url = new URL(`${settings.url}/api/machines/reports`);
    const { status } = await means.ask(url, { method: 'POST', headers, body, proxy: settings.proxy }, means.signal);
    if (status >= 200 && status < 300) return { again: false, said: undefined };
    return { again: status === 429 || status >= 500, said: `the app answered ${status}` };
  } catch (error) {
    if (means.signal.aborted) return { again: false, said: 'no answer in time' };
    if (error instanceof SignInError) return { again: false, said: error.message };
    return { again: true, said: `not reached (${codeOf(error)})` };
  }
}

/** `ECONNREFUSED` and the like; a message may hold anything. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[A-Z][A-Z0-9_]{2,50}$/.test(code) ? code : 'failed';
}
