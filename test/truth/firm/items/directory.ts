import type { Organisation } from '../firm.ts';

export interface Base {
  /** Unique in the firm, stable while it is shrunk. */
  readonly key: string;
}

/** How single sign-on of an organisation knows an account. */
export interface SignOn extends Base {
  readonly kind: 'sign-on';
  readonly organisation: Organisation;
  readonly nameId: string;
  /** Key of the person whose object id the assertion carries; absent where it carries none. */
  readonly objectIdOf?: string;
  /** What provisioning wrote, where that differs from the NameID. */
  readonly scimName?: string;
  /** Whose account it is in truth, whatever the NameID says. */
  readonly account: string;
}

/** Consent on the gateway, or on a resource that is none of the product's business. */
export interface Grant extends Base {
  readonly kind: 'grant';
  readonly person: string;
  readonly client: 'claudeCode' | 'vscode';
  readonly on: 'gateway' | 'graph';
  readonly scope: string;
}

export interface Role extends Base {
  readonly kind: 'role';
  readonly person: string;
  readonly role: 'user' | 'secrets';
}

export interface GroupRole extends Base {
  readonly kind: 'group-role';
  readonly name: string;
  readonly members: readonly string[];
}

/** An application with a secret, which acts without anybody. */
export interface Workload extends Base {
  readonly kind: 'workload';
  readonly name: string;
  /** Keys of the people who own it. */
  readonly owners: readonly string[];
  /** Who added its secret, by the audit log; `nobody` where the log does not go back so far. */
  readonly addedBy: string;
  /** Whether it has a role on the gateway. */
  readonly reaches: boolean;
}

/** Whom a federated credential lets in, in truth. */
export type Admits = { readonly person: string } | 'anybody' | 'firm' | 'stranger' | 'nobody';

export interface Trust extends Base {
  readonly kind: 'trust';
  readonly at: TrustHolder;
  readonly name: string;
  readonly issuer: string;
  readonly subject?: string;
  readonly expression?: string;
  readonly admits: Admits;
  /** Whose name it carries, where that lets nobody in. */
  readonly names?: string;
  /** Somebody corrects it to the firm's own once it was read and nothing was cut yet. */
  readonly corrected?: boolean;
  /** Production stops without it. */
  readonly production?: boolean;
  /** It lets in others beside that person, so that whether it goes is for somebody to decide. */
  readonly shared?: boolean;
  /** What of it could tell whose it is; in words for whoever reads a failure. */
  readonly how: string;
}

export type TrustHolder =
  | {
      readonly type: 'identity';
      readonly name: string;
      readonly subscription: 'platform' | 'workloads';
      readonly tags?: Readonly<Record<string, string>>;
    }
  | { readonly type: 'application'; readonly name: string; readonly tags?: readonly string[] };
