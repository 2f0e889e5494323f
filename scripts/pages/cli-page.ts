import { COMMANDS } from '../../cli/commands/index.ts';
import { EXIT_CODES } from '../../cli/exit-codes.ts';

const INSTALL = `## Install it

A release has \`mcp-offboarding-cli.tgz\`: one package with everything in it, for Node 22 or newer.

\`\`\`sh
npm install --global ./mcp-offboarding-cli.tgz
export MCP_OFFBOARDING_URL="https://$HOST"
offboard whoami
\`\`\`

\`npx ./mcp-offboarding-cli.tgz whoami\` runs it without installing it. In a clone, \`npm run --silent offboard -- whoami\` runs the sources, and \`npm run build:cli\` with \`npm pack\` in \`cli/\` makes the package.`;

const SIGN_IN = `## Sign in

The address is all that is configured: \`MCP_OFFBOARDING_URL\`, or \`--url\`. The app says itself how one signs in to it (\`GET /api/sign-in-settings\`). What is tried, in this order:

1. \`MCP_OFFBOARDING_TOKEN\`: an access token, for pipelines
2. Azure CLI: whoever did \`az login\`
3. at a terminal the browser, then a code for another device; \`--device-code\` begins with the code. Both need the second app registration that Terraform makes (\`SIGN_IN_CLIENT_ID\`).

Tokens stay in memory: none is stored or printed. To http:// none is sent, but for loopback. \`offboard whoami\` says who you are and what your roles allow.`;

const HABITS = `## What holds for every command

- **Standard output has what was asked for**, standard error everything else: progress, hints, what went wrong. Nothing is coloured.
- **At a terminal rows are a table** that fits; in a pipe they are lines with tabs and no heads. \`--json\` prints what the API answers ([openapi.json](openapi.json)).
- **Questions are asked at a terminal only.** In a pipeline what is missing is a fault.
- **People** are named by object id, by user principal name, or by \`mail:<address>\`. A name that several answer to is nobody's. To cut off somebody who works, as far as anybody knows, say the object id and \`--confirm-upn\`; at a terminal you are asked to type it.
- **The verb is the mode**: \`case plan\` reads and reports, \`case open\` cuts. Neither is ever assumed.
- **What passes is asked again** for a while where asking twice is asking once: reading, and opening a case, which has a key. \`--key\` makes that last: the same key, however often a job runs, is one case.`;

const SCRIPTS = `## In a script

\`case watch\` ends with what became of the case, so that a job fails when somebody has to look:

\`\`\`sh
CASE=$(offboard case open "$LEAVER" --confirm-upn "$UPN" --reason "$TICKET" --key "$TICKET" --json | jq --raw-output .caseId)
offboard case watch "$CASE"
offboard case report "$CASE" --format html --out report.html
\`\`\`

A decision names the plan that was looked at; it is refused when the case has another one by then:

\`\`\`sh
HASH=$(offboard case findings "$CASE" --json | jq --raw-output .planHash)
offboard case decide "$CASE" --approve "$FINDING" --plan-hash "$HASH" --reason "Agreed with the team that owns it"
\`\`\``;

/** docs/cli.md. */
export function cliPage(): string {
  const codes = Object.values(EXIT_CODES).map(({ code, about }) => `| ${code} | ${about} |`);
  const commands = COMMANDS.map(({ about, example }) => `| ${about} | \`offboard ${example}\` |`);
  return `${[
    '# The CLI',
    'Generated from `cli/` by `npm run write:permissions`. `offboard` opens, follows, decides and reads cases from a terminal or a pipeline; it does what the HTTP API does, as the person who is signed in.',
    INSTALL,
    SIGN_IN,
    '## Commands',
    ['| what it does | for example |', '|---|---|', ...commands].join('\n'),
    '`offboard <command> --help` names the options of each.',
    HABITS,
    '## Exit codes',
    ['| code | when |', '|---|---|', ...codes].join('\n'),
    'Only `case watch` ends with the outcome of a case; `case open` ends with 3 where the case is on hold. 0 is never the end of a case that is not filed as clear or residual.',
    SCRIPTS,
  ].join('\n\n')}\n`;
}
