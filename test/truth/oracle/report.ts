/** What the oracle reads of `report.json`: its own words, so that it shares no mistake with the product's types. */
export interface FiledReport {
  readonly outcome: string;
  readonly verdict?: string;
  readonly leaver: {
    readonly github?: readonly { readonly id: number; readonly login: string; readonly confidence: string }[];
    readonly devops?: readonly { readonly descriptor: string; readonly confidence: string }[];
  };
  readonly steps: readonly FiledStep[];
}

export interface FiledStep {
  readonly step: string;
  readonly run: string;
  readonly outcome: string;
  readonly findings: readonly FiledFinding[];
  readonly coverage: readonly FiledLine[];
}

export interface FiledFinding {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly severity: string;
  readonly status: string;
  readonly reason: string;
  readonly resource: { readonly system: string; readonly type: string; readonly id: string; readonly name?: string };
  readonly residual?: { readonly until: string };
}

export interface FiledLine {
  readonly source: string;
  readonly state: string;
  readonly why?: string;
}

export const findingsIn = ({ steps }: FiledReport): FiledFinding[] => steps.flatMap(({ findings }) => findings);
export const linesIn = ({ steps }: FiledReport): FiledLine[] => steps.flatMap(({ coverage }) => coverage);
