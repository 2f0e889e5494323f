import { hintFor, terraform } from './terraform.ts';

/** Terraform's diagnostic, as its -json outputs have it. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail?: string;
  readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
}

/** Everything that `terraform validate` says of a folder, warnings too; `init` first, since it resolves modules. */
export async function validate(cwd: string): Promise<readonly Finding[]> {
  const init = await terraform(['init', '-backend=false', '-no-color'], { cwd });
  if (init.code !== 0) return [{ severity: 'error', summary: 'terraform init failed', detail: init.output }];
  const { stdout, output } = await terraform(['validate', '-json'], { cwd });
  try {
    return (JSON.parse(stdout) as { diagnostics: readonly Finding[] }).diagnostics;
  } catch (cause) {
    throw new Error(`terraform validate -json gave no JSON:\n${output}`, { cause });
  }
}

/** `main.tf:12: error: Unsupported argument: …`, one line per finding. */
export function describe(findings: readonly Finding[]): string {
  return findings
    .map(({ severity, summary, detail = '', range }) => {
      const place = range === undefined ? '' : `${range.filename}:${range.start.line}: `;
      return `${place}${severity}: ${summary}: ${detail}${hintFor(`${summary} ${detail}`)}`;
    })
    .join('\n');
}
