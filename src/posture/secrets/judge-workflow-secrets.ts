import { shellWord } from '../../shapes/shell-word.ts';
import type { Doubt, Found } from '../check.ts';
import type { StoredSecret, WorkflowSecretUse } from '../readings/pipelines/workflow-secrets.ts';

interface Secrets {
  readonly uses: readonly WorkflowSecretUse[];
  readonly stored: readonly StoredSecret[];
}

/** What workflows sign in to Azure with. A secret that is handed over twice in one file is one thing to mend. */
export function signIns({ uses, stored }: Secrets): Found<'workflow-signs-in-with-secret'>[] {
  const found = uses.map((use) => signsIn(use, stored));
  return [...new Map(found.map((each) => [each.resource, each])).values()];
}

/** Names that tell, and with which no line signs in that this app understands: nobody can say what they are for. */
export function idleSecrets({ uses, stored }: Secrets): Doubt[] {
  return stored.filter((each) => each.telling && !uses.some((use) => isOf(use, each))).map(idle);
}

/** Whether a line names this secret: of its environment, its repository or its organisation. Names have no case. */
function isOf({ organisation, repository, secret }: WorkflowSecretUse, stored: StoredSecret): boolean {
  return (
    secret?.toUpperCase() === stored.name.toUpperCase() &&
    organisation === stored.organisation &&
    (stored.repository === undefined || stored.repository === repository)
  );
}

function signsIn(use: WorkflowSecretUse, stored: readonly StoredSecret[]): Found<'workflow-signs-in-with-secret'> {
  const { organisation, repository, path, line, key, secret, page } = use;
  const kept = stored.filter((each) => isOf(use, each));
  const resource = `github/${organisation}/${repository}/${path}#${key}${secret === undefined ? '' : `=${secret}`}`;
  const where = `${organisation}/${repository}/${path}:${line}`;
  return {
    reason: 'workflow-signs-in-with-secret',
    resource,
    says: `${where} signs in with ${secret === undefined ? 'a stored secret' : `the secret ${secret}`} as ${key}.`,
    evidence: {
      resource: where,
      call: 'workflow files, default branch',
      shows: { key, secret: secret ?? 'not named there', kept_by: kept.map(placeOf) },
    },
    remedy: {
      todo: 'Sign in with a federated credential (permissions: id-token: write), then delete the secret.',
      link: page,
      ...(kept.length === 0 ? {} : { command: kept.map(deletion).join(' && ') }),
    },
  };
}

function placeOf({ organisation, repository, environment }: StoredSecret): string {
  if (repository === undefined) return `the organisation ${organisation}`;
  const place = `${organisation}/${repository}`;
  return environment === undefined ? place : `environment ${environment} of ${place}`;
}

function deletion({ organisation, repository, environment, name }: StoredSecret): string {
  const where =
    repository === undefined
      ? `--org ${shellWord(organisation)}`
      : `--repo ${shellWord(`${organisation}/${repository}`)}`;
  return `gh secret delete ${shellWord(name)} ${where}${environment === undefined ? '' : ` --env ${shellWord(environment)}`}`;
}

function idle(stored: StoredSecret): Doubt {
  const { organisation, repository, environment, name, named, page } = stored;
  const resource = ['github', organisation, repository, environment, `secrets#${name}`].filter(Boolean).join('/');
  const kept = `${placeOf(stored)} keeps a secret called ${name}, `;
  if (named === undefined) {
    const detail = `${kept}which no workflow of a default branch uses: delete it, or look who does (${page}).`;
    return { reason: 'no-data', resource, detail: sentence(detail) };
  }
  const detail = `${kept}which ${named} uses in a way that does not tell whether it signs in (${page}).`;
  return { reason: 'unreadable', resource, detail: sentence(detail) };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
