import type { GitHub, GitHubOrganisation } from '../../../../connectors/github/index.ts';
import { ok, type VendorResult } from '../../../../connectors/result.ts';
import type { Acted, TargetState } from '../../../define-remedy.ts';

/** Every act on GitHub begins by signing in as the App. */
export const SIGNED = 'remover/key-vault/Microsoft.KeyVault/vaults/keys/sign/action';

type Image = Readonly<Record<string, unknown>>;

/** A target that gives access: what undoing needs of it, and the facts that it was planned on. */
export interface Standing<Expected> {
  readonly image: Image;
  readonly now: Expected;
}

/**
 * Reads one target. `standingOf` answers nothing for one that stands there but gives no access any more. A 404 reaches
 * us as `not-found` only where the App may look; then it is gone.
 */
export async function readTarget<T, Expected>(
  github: GitHub,
  organisation: string,
  read: (organisation: GitHubOrganisation) => Promise<VendorResult<T>>,
  standingOf: (target: T) => Standing<Expected> | undefined,
): Promise<VendorResult<TargetState<Expected>>> {
  const connected = await github.organisation('reader', organisation);
  if (!connected.ok) return connected;
  const answer = await read(connected.value);
  if (!answer.ok) return answer.failure.kind === 'not-found' ? ok({ state: 'gone' }) : answer;
  const standing = standingOf(answer.value);
  return ok(standing === undefined ? { state: 'gone' } : { state: 'present', ...standing }, answer.requestId);
}

/** Gives one back: there is nothing that could be gone already. */
export async function giveOn<T>(
  github: GitHub,
  organisation: string,
  give: (organisation: GitHubOrganisation) => Promise<VendorResult<T>>,
): Promise<VendorResult<T>> {
  const connected = await github.organisation('remover', organisation);
  return connected.ok ? give(connected.value) : connected;
}

/** Cuts one target; one that is gone already is what was wanted. */
export async function actOn(
  github: GitHub,
  organisation: string,
  act: (organisation: GitHubOrganisation) => Promise<VendorResult<Acted>>,
): Promise<VendorResult<Acted>> {
  const connected = await github.organisation('remover', organisation);
  if (!connected.ok) return connected;
  const answer = await act(connected.value);
  return !answer.ok && answer.failure.kind === 'not-found' ? ok({ effect: 'done' }) : answer;
}
