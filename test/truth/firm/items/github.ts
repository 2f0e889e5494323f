import type { Organisation, Owner } from '../firm.ts';
import type { Base } from './directory.ts';
import type { Held } from './held.ts';

export interface FineGrained extends Base {
  readonly kind: 'fine-grained';
  readonly organisation: Organisation;
  readonly person: string;
  readonly id: number;
  readonly name: string;
}

/** What somebody could still be let in by: a token that waits for approval, or an invitation to their mail address. */
export interface Waiting extends Base {
  readonly kind: 'waiting';
  readonly organisation: Organisation;
  readonly person: string;
  readonly id: number;
  readonly as: 'token-request' | 'invitation';
}

export interface SignOnCredential extends Base {
  readonly kind: 'sso-credential';
  readonly organisation: Organisation;
  readonly person: string;
  readonly id: number;
  readonly type: 'personal access token' | 'SSH key' | 'OAuth app token';
  readonly note: string;
}

/** An SSH key of one repository, which somebody added. */
export interface RepositoryKey extends Base {
  readonly kind: 'deploy-key';
  readonly organisation: Organisation;
  readonly repository: string;
  readonly archived?: boolean;
  readonly id: number;
  readonly readOnly: boolean;
  readonly person: string;
  /** GitHub names nobody who added it. */
  readonly nameless?: boolean;
}

/** An invitation to one repository that somebody can still accept. */
export interface RepositoryInvited extends Base {
  readonly kind: 'repository-invitation';
  readonly organisation: Organisation;
  readonly repository: string;
  readonly id: number;
  readonly person: string;
}

export interface Runner extends Base {
  readonly kind: 'runner';
  readonly organisation: Organisation;
  /** Absent for one of the organisation. */
  readonly repository?: string;
  readonly id: number;
  readonly name: string;
  readonly labels: readonly string[];
  readonly owner: Owner;
  /** Whether name or labels can tell whose it is; `nothing`: only an audit log could. */
  readonly signs: 'name' | 'nothing';
}

export interface GitHubVariable extends Base {
  readonly kind: 'variable';
  readonly organisation: Organisation;
  readonly repository?: string;
  readonly environment?: string;
  readonly archived?: boolean;
  readonly name: string;
  readonly value: { readonly text: string } | Held;
}

export interface Workflow extends Base {
  readonly kind: 'workflow';
  readonly organisation: Organisation;
  readonly repository: string;
  readonly archived?: boolean;
  readonly file: string;
  readonly state: 'active' | 'disabled_manually';
  readonly cron?: string;
  /** Who the newest scheduled runs ran as, newest first; empty where it never ran. */
  readonly ranAs: readonly string[];
  /** Whom it runs as next, where nobody can tell from runs. */
  readonly runsNextAs?: string;
  readonly runsOn: string;
  /** `owner/repository@ref` of an action that it runs, and whose it is. */
  readonly uses?: { readonly text: string; readonly owner: Owner };
  readonly holds?: Held;
}
