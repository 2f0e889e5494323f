import type { Evidence, FindingStatus, ResourceRef } from '../../../../cases/finding.ts';
import type { Remedy } from '../../../../cases/remedies/remedy.ts';
import type { OwnableToken, Ownership } from '../../../../credentials/ownership.ts';
import type { CredentialPlace } from '../../../../credentials/whose-place.ts';

/** One place that may hold tokens: a variable, a capability of an agent, a file. */
export interface TokenPlace {
  readonly kind:
    | 'token-in-variable'
    | 'token-in-workflow'
    | 'token-in-capability'
    | 'token-in-pipeline-variable'
    | 'token-in-variable-group'
    | 'token-in-named-value'
    | 'token-in-backend'
    | 'token-in-policy'
    | 'token-in-container'
    | 'token-on-machine';
  readonly resource: ResourceRef;
  /** What the ids of findings in this place are made of. */
  readonly id: string;
  /** Completes "A token stands in": `variable GH_TOKEN of pipeline nightly`. */
  readonly words: string;
  /** What the rule of ownership knows of the place. */
  readonly whose: CredentialPlace;
  /** Who has to do what is left: a person by hand, or somebody who changes code. */
  readonly status: Extract<FindingStatus, 'manual-action' | 'needs-code-change'>;
  /** What has to be done in the place itself, in a sentence. */
  readonly cleanUp: string;
  /** What ends a token there that is proved to be the leaver's, and what follows from it, in a sentence. */
  readonly deletion?: { readonly remedy: Remedy; readonly words: string };
  /** What ends such a token itself, wherever it stands; undefined where its issuer takes no value of its kind. */
  readonly revocation?: (hit: Pick<OwnableToken['hit'], 'type' | 'sha256' | 'lastFour'>) => Remedy | undefined;
  readonly evidence?: Evidence;
  /** Who acts by a token there; whoever runs a job, where it is a place of pipelines. */
  readonly usedBy?: string;
}

/** A token that was found, and whose it is. */
export interface OwnedToken extends Pick<OwnableToken, 'hit'> {
  readonly ownership: Ownership;
  readonly ends?: Date;
}
