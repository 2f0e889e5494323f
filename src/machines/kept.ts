import type { MachineReport, MachineVendor } from './report.ts';

/** Who sent a report, by a token that was verified. What it says of the machine's name is the sender's word. */
export type Sayer =
  /**
   * A job of a repository: numbers, which nobody else gets. Attempt and check run say which job of the run it was, where
   * its token tells; the enterprise is that of the repository's owner.
   */
  | {
      readonly kind: 'github-job';
      readonly owner: string;
      readonly ownerId: number;
      readonly repository: string;
      readonly repositoryId: number;
      readonly runId: string;
      readonly runAttempt?: string;
      readonly checkRunId?: string;
      readonly enterprise?: string;
    }
  /** A managed identity; `resourceId` is the machine that it belongs to, where its token tells (`xms_mirid`). */
  | { readonly kind: 'managed-identity'; readonly oid: string; readonly resourceId?: string };

/**
 * One machine as one sender tells of it. Reports of other senders are kept beside it: an empty report of somebody else
 * takes nothing away.
 */
export interface KeptMachine {
  readonly vendor: MachineVendor;
  /** `github/northwind/laptop-7`, in lower case: vendor, organisation and name. */
  readonly id: string;
  readonly sayer: Sayer;
  /** When the app took the newest report, by its own clock. */
  readonly reportedAt: string;
  readonly report: MachineReport;
  /**
   * Tokens of the reports of the last thirty days that the newest does not name any more, with when they were last named:
   * the machine's word that one is gone is no proof.
   */
  readonly gone: readonly { readonly token: MachineReport['tokens'][number]; readonly lastNamed: string }[];
  /** The same of servers with what is, or may be, somebody's own. Absent in what was kept before they were. */
  readonly goneServers?: readonly GoneServer[];
}

/** An MCP server that a machine named until then. */
export interface GoneServer extends Pick<MachineReport['servers'][number], 'client' | 'name'> {
  readonly lastNamed: string;
}

/** One run of a repository by which a machine was told of, and when the app took that; GitHub says where its jobs ran. */
export interface ToldRun {
  readonly runId: string;
  readonly attempt: string;
  readonly checkRunId?: string;
  readonly at: string;
}
