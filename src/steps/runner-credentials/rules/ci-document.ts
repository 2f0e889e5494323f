import { parseAllDocuments } from 'yaml';

/** The documents of a YAML text; undefined where it is none, or grows when it is read. */
export function documentsOf(text: string): unknown[] | undefined {
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false });
    if (documents.some(({ errors }) => errors.length > 0)) return undefined;
    return documents.map((document): unknown => document.toJS({ maxAliasCount: 100 }));
  } catch {
    return undefined;
  }
}

/** Whether a file is a Dockerfile by its name: `Dockerfile.ci`, `build.dockerfile`. */
export function isDockerfile(path: string): boolean {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return /^(?:dockerfile|containerfile)/i.test(file) || /\.dockerfile$/i.test(file);
}
