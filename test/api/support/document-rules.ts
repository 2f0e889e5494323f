/** A JSON object, as it stands in a document. */
export type Json = { readonly [name: string]: unknown };

const VERBS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'];
/** What says of which type a value is. */
const TYPED = ['type', '$ref', 'const', 'enum', 'anyOf', 'oneOf', 'allOf'];
/** Known by the application that calls, and by no role. */
const BY_APPLICATION = ['postLifecycleWorkflows', 'reportMachine'];

/** Every fault of a document of OpenAPI by the rules of this API, which go beyond those of OpenAPI. */
export function faultsOfDocument(document: Json): string[] {
  const operations = Object.entries(objectOf(document.paths)).flatMap(([path, item]) =>
    Object.entries(objectOf(item))
      .filter(([verb]) => VERBS.includes(verb))
      .map(([verb, operation]) => ({ path, name: `${verb.toUpperCase()} ${path}`, operation: objectOf(operation) })),
  );
  const ids = operations.map(({ operation }) => String(operation.operationId));
  const tags = listOf(document.tags).map((tag) => objectOf(tag).name);
  const schemas = Object.entries(objectOf(objectOf(document.components).schemas));
  return [
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `the id ${id} is there twice`),
    ...schemas.flatMap(([name, schema]) => untyped(schema, name)),
    ...operations.flatMap(({ path, name, operation }) => [
      ...wordFaults(operation, tags).map((fault) => `${name} ${fault}`),
      ...accessFaults(operation).map((fault) => `${name} ${fault}`),
      ...parameterFaults(path, operation).map((fault) => `${name} ${fault}`),
      ...answerFaults(operation).map((fault) => `${name} ${fault}`),
    ]),
  ];
}

function wordFaults({ operationId, summary, tags }: Json, known: readonly unknown[]): string[] {
  return [
    ...(typeof operationId === 'string' && /^[a-z][A-Za-z]+$/.test(operationId) ? [] : ['has no id in camel case']),
    ...(typeof summary === 'string' && summary.length >= 10 && !summary.endsWith('.') ? [] : ['has no summary']),
    ...(listOf(tags).length === 1 && known.includes(listOf(tags)[0]) ? [] : ['has not one tag of the list']),
  ];
}

function accessFaults(operation: Json): string[] {
  const { operationId, security, responses, requestBody, 'x-roles': roles, 'x-any-role': anyRole } = operation;
  if (!Array.isArray(security) || !Array.isArray(roles)) return ['does not say who is let in'];
  const needsRole = security.length > 0 && anyRole !== true;
  const isNamed = roles.length > 0 || BY_APPLICATION.includes(String(operationId));
  const expected = [
    ...['500', '503'],
    ...(security.length > 0 ? ['401'] : []),
    ...(needsRole ? ['403'] : []),
    ...(requestBody === undefined ? [] : ['400', '413', '415', '422']),
  ];
  return [
    ...(needsRole && !isNamed ? ['names no role'] : []),
    ...(!needsRole && roles.length > 0 ? ['names a role and needs none'] : []),
    ...expected.filter((status) => !(status in objectOf(responses))).map((status) => `does not know ${status}`),
  ];
}

function parameterFaults(path: string, { parameters, requestBody }: Json): string[] {
  const all = listOf(parameters).map(objectOf);
  const named = all.filter((each) => each.in === 'path').map(({ name }) => `{${String(name)}}`);
  const wanted: readonly string[] = path.match(/\{\w+\}/g) ?? [];
  const body = objectOf(objectOf(objectOf(requestBody).content)['application/json']).schema;
  return [
    ...wanted.filter((each) => !named.includes(each)).map((each) => `does not describe ${each}`),
    ...named.filter((each) => !wanted.includes(each)).map((each) => `describes ${each}, which its path has not`),
    ...all.filter((each) => each.in === 'path' && each.required !== true).map(({ name }) => `does not need ${name}`),
    ...all.flatMap(({ name, schema }) => untyped(schema, `parameter ${String(name)}`)),
    ...(requestBody === undefined ? [] : untyped(body, 'body')),
  ];
}

function answerFaults({ responses }: Json): string[] {
  const all = Object.entries(objectOf(responses));
  return [
    ...(all.some(([status]) => status.startsWith('2')) ? [] : ['never succeeds']),
    ...all.flatMap(([status, response]) => {
      const { description, content } = objectOf(response);
      const media = Object.entries(objectOf(content));
      const isProblem = media.length === 1 && media[0]?.[0] === 'application/problem+json';
      return [
        ...(typeof description === 'string' && description !== '' ? [] : [`does not describe ${status}`]),
        ...(/^[45]/.test(status) && !isProblem ? [`answers ${status} with something else than a problem`] : []),
        ...(/^2/.test(status) && media.length === 0 ? [`answers ${status} with nothing`] : []),
        ...media.flatMap(([type, each]) => untyped(objectOf(each).schema, `${status} ${type}`)),
      ];
    }),
  ];
}

/** Each place of a schema at which a value may be of any type. */
function untyped(schema: unknown, where: string): string[] {
  const given = objectOf(schema);
  if (!TYPED.some((keyword) => keyword in given)) return [`${where} has no type`];
  const { properties, items, anyOf, type, additionalProperties: further } = given;
  return [
    ...Object.entries(objectOf(properties)).flatMap(([name, each]) => untyped(each, `${where}.${name}`)),
    ...listOf(anyOf).flatMap((each) => untyped(each, `${where}, one of several,`)),
    ...(type === 'array' ? untyped(items, `${where}[]`) : []),
    ...(typeof further === 'object' && Object.keys(objectOf(further)).length > 0 ? untyped(further, `${where}.*`) : []),
  ];
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
