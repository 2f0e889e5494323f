/** A change in Entra's audit log, kept for 30 days (7 without a licence). */
export interface DirectoryAuditRow {
  readonly id: string;
  /** Object id of the person who did it; absent where an application did. */
  readonly initiatedBy?: string;
  /** Absent for a user. */
  readonly targetType?: 'Application' | 'ServicePrincipal';
  readonly activityDateTime: string;
  readonly activityDisplayName: string;
  readonly targetId: string;
  readonly property: string;
  /** `not-told`: the row has no old value, which some activities leave out. */
  readonly before: readonly string[] | 'not-told';
  readonly after: readonly string[];
}

/** What Entra's provisioning service did to an account elsewhere, kept as long as the audit log. */
export interface ProvisioningRow {
  readonly id: string;
  readonly activityDateTime: string;
  readonly provisioningAction: 'create' | 'update' | 'disable' | 'delete' | 'other';
  readonly status: 'success' | 'failure' | 'skipped' | 'warning';
  /** Object id of the person. */
  readonly sourceId: string;
  /** Id of the row that provisioning made or changed; empty where it failed before. */
  readonly targetId: string;
  /** User name there. */
  readonly targetName: string;
  /** What the firm calls the enterprise application. */
  readonly application: string;
}

/** A sign-in of a person; `status` 0 is one that succeeded. */
export interface SignInRow {
  readonly id: string;
  readonly userId: string;
  readonly createdDateTime: string;
  readonly appDisplayName: string;
  readonly interactive: boolean;
  readonly status: number;
}

/** A run of the task “Run a custom task extension” for one person, of an extension that waits for its answer. */
export interface TaskProcessingResultRow {
  readonly id: string;
  readonly workflowId: string;
  readonly taskId: string;
  readonly subjectId: string;
  processingStatus: 'inProgress' | 'completed' | 'failed';
}
