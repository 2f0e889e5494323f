import type { RemedyId } from './ids.ts';

/** Deletes go through the parent: a managed identity of a subscription, or an app registration. */
export type FederatedCredentialParent =
  | {
      readonly type: 'managed-identity';
      readonly subscriptionId: string;
      readonly resourceGroup: string;
      readonly name: string;
      readonly resourceId: string;
    }
  | { readonly type: 'application'; readonly objectId: string; readonly appId: string; readonly name: string };

/** Where an Actions variable lives. */
export type VariableScope =
  | { readonly type: 'organisation'; readonly organisation: string }
  | { readonly type: 'repository'; readonly organisation: string; readonly repository: string }
  | {
      readonly type: 'environment';
      readonly organisation: string;
      readonly repository: string;
      readonly environment: string;
    };

/** What would be called, by kind. Plain data: a plan is hashed over it. */
export type RemedyCall =
  | {
      readonly kind: 'delete-delegated-grant';
      readonly grantId: string;
      readonly clientId: string;
      readonly resourceId: string;
      readonly scope: string;
    }
  | { readonly kind: 'delete-app-role-assignment'; readonly servicePrincipalId: string; readonly assignmentId: string }
  | {
      readonly kind: 'delete-federated-credential';
      readonly parent: FederatedCredentialParent;
      readonly name: string;
      readonly id: string;
    }
  | {
      readonly kind: 'revoke-fine-grained-token';
      readonly organisation: string;
      readonly grantId: number;
      readonly login: string;
    }
  | {
      readonly kind: 'revoke-sso-credential';
      readonly organisation: string;
      readonly credentialId: number;
      readonly login: string;
    }
  | { readonly kind: 'delete-variable'; readonly scope: VariableScope; readonly name: string }
  | {
      readonly kind: 'disable-workflow';
      readonly organisation: string;
      readonly repository: string;
      readonly workflowId: number;
      readonly path: string;
    }
  | {
      readonly kind: 'remove-runner';
      readonly organisation: string;
      readonly repository?: string;
      readonly runnerId: number;
      readonly name: string;
    }
  | {
      readonly kind: 'disable-agent';
      readonly organisation: string;
      readonly poolId: number;
      readonly agentId: number;
      readonly name: string;
    }
  | {
      readonly kind: 'revoke-devops-token';
      readonly organisation: string;
      readonly descriptor: string;
      readonly authorizationId: string;
    };

export type RemedyKind = RemedyCall['kind'];

/** `safe` proceeds by itself; `disruptive` may stop production and waits for a person. */
export type Risk = 'safe' | 'disruptive';

/** What would close a finding. */
export interface Remedy {
  readonly id: RemedyId;
  readonly risk: Risk;
  /** One sentence: what is done. */
  readonly what: string;
  /** One sentence: what undoes it. */
  readonly undo: string;
  /** Remedies of one key run one after the other (a managed identity refuses concurrent writes with 409). */
  readonly serialKey?: string;
  readonly call: RemedyCall;
}

/** A remedy that was carried out. */
export interface Action {
  readonly remedyId: RemedyId | 'containment';
  /** `done`: the vendor confirmed. `queued`: accepted, not yet effective. `nothing-to-do`: it was gone already. */
  readonly result: 'done' | 'queued' | 'nothing-to-do' | 'failed';
  readonly what: string;
  /** ISO instant. */
  readonly at: string;
  readonly requestId?: string;
  /** Blob that holds the object as it was before. */
  readonly beforeImage?: BlobRef;
  /** For `failed`: what the vendor said, redacted, and what to do. */
  readonly error?: string;
}

/** A document in blob storage. `sha256` is hex over the stored bytes. */
export interface BlobRef {
  readonly container: 'work' | 'evidence';
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}
