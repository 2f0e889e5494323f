import { documentsOf, isDockerfile } from './ci-document.ts';
import { isMap } from './code/code-reference.ts';

/**
 * Paths, from the root of the repository, of the files that a file of CI names and that say what runs: local actions
 * and reusable workflows, templates of Azure pipelines, includes of GitLab, Travis CI and compose, and the Dockerfiles
 * of actions, builds and scripts. Whether one is there has to be asked. A workflow may lie in a folder that a checkout
 * made (`path:`), so that a path counts without that folder too.
 */
export function namedFiles(path: string, text: string): string[] {
  if (isDockerfile(path)) return [];
  const documents = documentsOf(text);
  const nodes: readonly Readonly<Record<string, unknown>>[] = documents?.flatMap(mapsIn) ?? usesIn(text);
  const folder = path.split('/').slice(0, -1).join('/');
  const checkouts = nodes.flatMap((node) => (isMap(node.with) ? strings(node.with.path) : [])).flatMap(normalised);
  const paths = [...nodes.flatMap((node) => namedBy(node, path, folder)), ...buildsIn(text)];
  const all = paths.flatMap(normalised).flatMap((plain) => {
    const inside = checkouts.filter((made) => plain.startsWith(`${made}/`));
    return [plain, ...inside.map((made) => plain.slice(made.length + 1))];
  });
  return [...new Set(all)].filter((each) => each !== '' && each !== path);
}

function namedBy(node: Readonly<Record<string, unknown>>, path: string, folder: string): string[] {
  const within = (each: string): string => (each.startsWith('/') ? each : `${folder}/${each}`);
  return [
    ...strings(node.uses)
      .filter((each) => each.startsWith('./'))
      .flatMap(actionAt),
    // An action that is built from an image of its own; `../` leads to the root that it is called from.
    ...(/(?:^|\/)action\.ya?ml$/i.test(path) ? strings(node.image).map(within) : []),
    ...strings(node.template)
      .map((each) => each.replace(/@self$/, ''))
      .filter((each) => !each.includes('@'))
      .map(within),
    ...included(node.include).flatMap((each) => [each, within(each)]),
    ...included(node.import).flatMap((each) => [each, within(each)]),
    ...(isMap(node.extends) ? strings(node.extends.file).map(within) : []),
    ...dockerfilesOf(node.build).map(within),
    ...(isMap(node.with) ? dockerfilesOf({ context: node.with.context, dockerfile: node.with.file }, true) : []),
  ];
}

/** The same in a text that is no YAML. */
function usesIn(text: string): { readonly uses: string }[] {
  const found = text.matchAll(/\buses["']?[ \t]{0,20}:[ \t]{0,20}["']?(\.\/[\w./@-]{1,300})/g);
  return [...found].map(([, uses = '']) => ({ uses }));
}

function actionAt(uses: string): string[] {
  return /\.ya?ml$/i.test(uses) ? [uses] : ['action.yml', 'action.yaml', 'Dockerfile'].map((file) => `${uses}/${file}`);
}

/** `include` of GitLab and compose, `import` of Travis CI: a path, or a list of them, plain or in a map. */
function included(value: unknown): string[] {
  const each = [value].flat().flatMap((one) => (isMap(one) ? [one.local, one.path, one.source] : [one]));
  return each
    .flat()
    .flatMap(strings)
    .filter((one) => /\.ya?ml$/i.test(one));
}

/** `build` of compose files and of steps; a Dockerfile is named from its context there, from the root by steps. */
function dockerfilesOf(build: unknown, fromRoot = false): string[] {
  if (typeof build === 'string') return [`${build}/Dockerfile`];
  if (!isMap(build)) return [];
  const [context = '.'] = strings(build.context).filter((each) => !each.includes('://'));
  const files = strings(build.dockerfile);
  if (files.length === 0) return strings(build.context).length === 0 ? [] : [`${context}/Dockerfile`];
  return files.map((file) => (fromRoot ? file : `${context}/${file}`));
}

/** `docker build -f ci/Dockerfile`, `docker compose --file ci/compose.yml` in a script. */
function buildsIn(text: string): string[] {
  return text
    .replace(/\\\r?\n/g, ' ')
    .split('\n')
    .filter((line) => /\b(?:docker|podman|buildah|docker-compose)\b/.test(line))
    .flatMap((line) =>
      [...line.matchAll(/\s(?:-f|--file)[ =]["']?([\w./-]{1,300})/g)].flatMap(([, file = '']) => [file]),
    );
}

/** Without `.` and `..`; none where it is an address, leads out of the repository or is put together when the file runs. */
function normalised(path: string): string[] {
  if (path.length > 500 || /[$*?\\:\0\n]/.test(path)) return [];
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return [];
  }
  return [parts.join('/')];
}

function mapsIn(node: unknown): Readonly<Record<string, unknown>>[] {
  if (Array.isArray(node)) return node.flatMap(mapsIn);
  return isMap(node) ? [node, ...Object.values(node).flatMap(mapsIn)] : [];
}

function strings(value: unknown): string[] {
  return typeof value === 'string' ? [value.trim()] : [];
}
