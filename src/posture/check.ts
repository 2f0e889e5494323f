import type { Severity } from '../cases/finding.ts';
import type { Gap, Read, ReadingDefinition, UnknownReason } from './reading.ts';
import type { SecretsServer } from './secrets/secrets-servers.ts';

/** Plain values that a reader of the report may want to see: a hash, a share, an address. Never a token. */
export type Shown = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** One thing that a check rests on, precise enough to look it up. */
export interface Evidence {
  /** As the vendor writes it; compared without regard to case. */
  readonly resource: string;
  /** What was asked, e.g. `containerGroups 2023-05-01`. */
  readonly call: string;
  /** SHA-256 of what was read, or the vendor's ETag. */
  readonly hash?: string;
  /** Redacted facts. */
  readonly shows?: Shown;
}

/** What is to be done about a reason to fail. */
export interface Remedy {
  /** A sentence that begins with the verb. */
  readonly todo: string;
  /** Where in the vendor's portal, as far as that is known. */
  readonly link?: string;
  /** A command to copy, for `az` or `gh`; arguments are quoted by the check. */
  readonly command?: string;
}

/** One thing that fails. */
export interface Found<Reason extends string = string> {
  readonly reason: Reason;
  /** Resource id, or the stable name of what fails where it has none. */
  readonly resource: string;
  /** One sentence: what is wrong there. */
  readonly says: string;
  readonly evidence: Evidence;
  readonly remedy: Remedy;
  /** Where it is less severe than the check is. */
  readonly severity?: Severity;
}

/** What a check cannot say although its readings are complete. */
export interface Doubt {
  readonly reason: UnknownReason;
  readonly resource: string;
  readonly detail: string;
}

/** What a check made of its readings. */
export interface Judged<Reason extends string = string> {
  readonly findings: readonly Found<Reason>[];
  readonly doubts: readonly Doubt[];
  /** How many things it judged: with none, and all of it read, the point does not apply. */
  readonly subjects: number;
  /** What it rests on where nothing fails. */
  readonly evidence: readonly Evidence[];
  readonly shows: Shown;
}

/** What checks are told of the firm besides what is read. */
export interface PostureContext {
  /** Instant of the run. */
  readonly at: string;
  readonly settings: PostureSettings;
}

/** The settings that checks judge by. */
export interface PostureSettings {
  readonly TENANT_ID: string;
  readonly GATEWAY_APP_ID: string;
  /** Audiences that the gateway’s policies may accept. */
  readonly GATEWAY_AUDIENCES?: readonly string[];
  readonly GATEWAY_APIM_ID?: string | undefined;
  readonly SUBSCRIPTION_IDS: readonly string[];
  readonly GITHUB_ORGANISATIONS: readonly string[];
  readonly DEVOPS_ORGANISATIONS: readonly string[];
  /** Break-glass accounts, and the app’s own identities. */
  readonly PROTECTED_OIDS: readonly string[];
  readonly APPLICATION_ONLY_SERVERS: readonly SecretsServer[];
  /** Clients that may write without asking each user. */
  readonly WRITING_CLIENT_IDS: readonly string[];
}

// biome-ignore lint/suspicious/noExplicitAny: readings of any facts.
export type Readings = Readonly<Record<string, ReadingDefinition<any>>>;
export type FactsOf<Reads extends Readings> = {
  readonly [Key in keyof Reads]: Reads[Key] extends ReadingDefinition<infer Facts> ? Facts : never;
};

/** The modules of the platform that mend what a check finds. */
export type Module =
  | 'audit'
  | 'gateway'
  | 'gateway-app'
  | 'mcp-server'
  | 'network'
  | 'offboarding'
  | 'pipeline-identity'
  | 'policy';

/** One point of the checklist. */
export interface CheckDefinition<Reads extends Readings = Readings, Reason extends string = string> {
  /** Stable name in kebab case. */
  readonly id: string;
  /** Its number in the checklist. */
  readonly point: number;
  /** What is true where it passes, as a sentence without its full stop. */
  readonly title: string;
  /** Fixed: nobody sets it. */
  readonly severity: Severity;
  /** Raised where it judges otherwise than before: results of two versions are not compared. */
  readonly version: number;
  readonly modules: readonly Module[];
  readonly reads: Reads;
  /** Every reason to fail, and what it means. */
  readonly reasons: Readonly<Record<Reason, string>>;
  /**
   * Pure: facts in, what fails and what is not known out. Called with what was read, be it half of it. A method, so that
   * a check of some readings is one of any: whoever calls it goes by `reads`.
   */
  judge(facts: FactsOf<Reads>, context: PostureContext): Judged<NoInfer<Reason>>;
}

/** Declares a check. */
export function defineCheck<const Reads extends Readings, const Reason extends string>(
  definition: CheckDefinition<Reads, Reason>,
): CheckDefinition<Reads, Reason> {
  return definition;
}

/** The gaps of what a check reads. */
export function gapsOf(reads: readonly Read<unknown>[]): Gap[] {
  return reads.flatMap(({ gaps }) => gaps);
}
