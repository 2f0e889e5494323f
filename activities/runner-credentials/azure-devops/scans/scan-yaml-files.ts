import { coverageOf } from '../../../../src/cases/coverage/coverage-of.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import type { CaseId } from '../../../../src/cases/ids.ts';
import { counted } from '../../../../src/cases/words/wording.ts';
import type { YamlFile } from '../../../../src/connectors/azure-devops/pipelines/pipelines.ts';
import { mapBounded } from '../../../../src/connectors/map-bounded.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import { findTokens } from '../../../../src/credentials/detector/detect-tokens.ts';
import type { ActivityContext } from '../../../../src/durable/activity.ts';
import { loginsOf } from '../../../../src/people/evidence/github-owner.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import { azureCodeFinding } from '../../../../src/steps/runner-credentials/rules/azure-devops/azure-code-finding.ts';
import { yamlPlace } from '../../../../src/steps/runner-credentials/rules/azure-devops/token-places.ts';
import {
  codeReferences,
  mentionsIn,
  withMentions,
} from '../../../../src/steps/runner-credentials/rules/code/code-references.ts';
import { foreignCodeOf, loginsIn } from '../../../../src/steps/runner-credentials/rules/code/foreign-code.ts';
import { namedFiles } from '../../../../src/steps/runner-credentials/rules/named-files.ts';
import { resolveOwners } from '../../../case/accounts/github-owners.ts';
import { type Projects, withoutProjects } from '../read-projects.ts';
import { IN_FLIGHT, type TokenScan } from '../scan.ts';
import type { VariableScan } from './scan-variables.ts';

/** A file that a pipeline is, or that such a file names; the text stays in memory. */
interface Text {
  readonly file: Located;
  readonly text: string;
}

interface Located extends YamlFile {
  readonly projectId: string;
  readonly project: string;
}

/** Templates may nest; so deep are they followed, and so many in all of one organisation. */
const DEPTH = 10;
const FILES = 5_000;

/**
 * The files of YAML pipelines in Azure Repos, on the branch that each pipeline names, with the templates that they name
 * in the same repository: tokens that stand there, and code of others that they have run. Files in repositories of
 * GitHub are GitHub's source.
 */
export async function scanYamlFiles(
  projects: Projects,
  { pipelines, unlisted }: Pick<VariableScan, 'pipelines' | 'unlisted'>,
  { caseId, leaver }: { readonly caseId: CaseId; readonly leaver: Leaver },
  { vendors, settings }: Pick<ActivityContext, 'vendors' | 'settings'>,
): Promise<TokenScan> {
  const { organisation } = projects;
  const source = `azure-devops/yaml-files:${organisation}`;
  const none = withoutProjects(projects, [source]);
  if (none !== undefined) return { findings: [], located: [], uses: [], coverage: none, failures: [] };
  const files = pipelines.flatMap(({ project, definition: { yaml } }): Located[] =>
    yaml === undefined ? [] : [{ ...yaml, projectId: project.id, project: project.name }],
  );
  const elsewhere = pipelines.filter(({ definition }) => definition.yamlElsewhere).length;
  const [hidden, read] = await Promise.all([
    vendors.devops.hiddenInProjects(
      organisation,
      'repositories',
      projects.items.map(({ id }) => id),
    ),
    readFiles(vendors, organisation, files),
  ]);
  const code = await foreignCode(organisation, read.texts, { caseId, leaver }, { vendors, settings });
  const failures = [...unlisted, ...(hidden === undefined ? [] : [hidden]), ...read.failures, ...code.failures];
  const looked = { asked: read.asked, count: read.texts.length, unit: 'files' };
  const note = [
    ...(elsewhere === 0
      ? []
      : [
          `${counted(elsewhere, 'pipeline')} more ${elsewhere === 1 ? 'lies' : 'lie'} in GitHub or elsewhere, and not here.`,
        ]),
    ...(read.gone === 0 ? [] : [`${counted(read.gone, 'file')} ${read.gone === 1 ? 'is' : 'are'} not there any more.`]),
  ].join(' ');
  return {
    findings: code.findings,
    located: read.texts.map(({ file, text }) => ({
      place: yamlPlace(organisation, settings.DEVOPS_ENDPOINT, file),
      source,
      within: organisation,
      tokens: findTokens(text),
    })),
    uses: [],
    coverage: [coverageOf(source, looked, failures, note === '' ? undefined : note)],
    failures,
  };
}

interface ReadFiles {
  readonly texts: readonly Text[];
  readonly failures: readonly VendorFailure[];
  readonly asked: number;
  /** Paths at which nothing is: a template that is not there, or the file of a pipeline that cannot run. */
  readonly gone: number;
}

async function readFiles(
  { devops }: Pick<ActivityContext['vendors'], 'devops'>,
  organisation: string,
  files: readonly Located[],
): Promise<ReadFiles> {
  const seen = new Set<string>();
  const texts: Text[] = [];
  const failures: VendorFailure[] = [];
  let gone = 0;
  let level = files;
  for (let depth = 0; level.length > 0; depth += 1) {
    const wanted = level.filter((file) => {
      const key = `${file.repositoryId} ${file.branch ?? ''} ${file.path}`;
      return !seen.has(key) && seen.add(key) !== undefined;
    });
    if (depth > DEPTH || seen.size > FILES) {
      failures.push(tooMany(organisation));
      break;
    }
    const read = await mapBounded(wanted, IN_FLIGHT, async (file) => ({
      file,
      answer: await devops.readRepositoryFile(organisation, file),
    }));
    const found = read.flatMap(({ file, answer }): Text[] => {
      if (!answer.ok) {
        failures.push(answer.failure);
        return [];
      }
      if (answer.value === undefined) {
        gone += 1;
        return [];
      }
      return [{ file, text: answer.value }];
    });
    texts.push(...found);
    level = found.flatMap(({ file, text }) => namedFiles(file.path, text).map((path) => ({ ...file, path })));
  }
  return { texts, failures, asked: seen.size - gone, gone };
}

function tooMany(organisation: string): VendorFailure {
  const message = `The YAML pipelines of ${organisation} name more files than are read (${FILES}, ${DEPTH} deep).`;
  return { kind: 'incomplete', status: 200, message };
}

async function foreignCode(
  organisation: string,
  texts: readonly Text[],
  { caseId, leaver }: { readonly caseId: CaseId; readonly leaver: Leaver },
  { vendors, settings }: Pick<ActivityContext, 'vendors' | 'settings'>,
): Promise<{ readonly findings: readonly Finding[]; readonly failures: readonly VendorFailure[] }> {
  const logins = leaver.github.flatMap(loginsOf);
  const files = texts
    .map(({ file, text }) => ({
      located: file,
      organisation: `dev.azure.com/${organisation}`,
      repository: `${file.project}/${file.repository}`,
      path: file.path,
      references: withMentions(codeReferences(file.path, text), mentionsIn(text), logins),
    }))
    .filter(({ references }) => references.length > 0);
  const { owners, failures } = await resolveOwners(vendors, settings, caseId, { logins: loginsIn(files) });
  return {
    findings: files.flatMap(({ located, ...file }) =>
      foreignCodeOf(file, owners, leaver.github).map((each) =>
        azureCodeFinding(each, organisation, settings.DEVOPS_ENDPOINT, located),
      ),
    ),
    // Whom GitHub does not name is not known here; which of its permissions is missing is said where GitHub is read.
    failures: failures.map(({ message }) => ({ kind: 'incomplete', status: 200, message })),
  };
}
