/** What is wrong with a policy, and where: the line is the policy file's own. */
export interface PolicyFault {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly faults: readonly PolicyFault[];

  constructor(faults: readonly PolicyFault[]) {
    super(faults.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n'));
    this.faults = faults;
  }
}
