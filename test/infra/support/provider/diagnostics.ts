/** What a check says about a configuration; Terraform shows it at the line of `path`. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  /** Attribute names and list indices, from the resource inwards. */
  readonly path: readonly (string | number)[];
}

export function toWireDiagnostic({ severity, summary, detail, path }: Diagnostic): object {
  return {
    severity: severity === 'error' ? 'ERROR' : 'WARNING',
    summary,
    detail,
    ...(path.length === 0
      ? {}
      : {
          attribute: {
            steps: path.map((step) =>
              typeof step === 'number' ? { element_key_int: step } : { attribute_name: step },
            ),
          },
        }),
  };
}
