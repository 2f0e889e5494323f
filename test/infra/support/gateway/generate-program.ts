import type { PolicyDocument, PolicyElement, PolicyValue } from './parse-policy.ts';
import type { Section } from './rules/element-rules.ts';
import { NAMED_VALUE } from './rules/expression-rules.ts';

/**
 * Policies as one C# program. Each expression becomes a method whose lines are the policy file's own, so that the
 * compiler's faults point there; each section a method that calls the gateway of Gateway.cs statement by statement.
 */
export function generateProgram(
  policies: ReadonlyMap<string, PolicyDocument>,
  fragments: ReadonlyMap<string, PolicyDocument>,
  { timed = false }: { readonly timed?: boolean } = {},
): string {
  const methods: string[] = [];
  const fragmentNames = new Map([...fragments.keys()].map((id, index) => [id, `Fragment${index}`]));
  for (const [id, document] of fragments) {
    methods.push(
      method(fragmentNames.get(id) ?? '', new Generator(document.file, methods, fragmentNames, timed), document.root),
    );
  }
  const programs = [...policies].map(([name, { file, root }], index) => {
    const generator = new Generator(file, methods, fragmentNames, timed);
    const sections = root.children.map((section) => {
      const methodName = `Policy${index}${FIELDS[section.name as Section]}`;
      methods.push(method(methodName, generator, section));
      return `${FIELDS[section.name as Section]} = ${methodName}`;
    });
    return `all[${literal(name)}] = new PolicyProgram { ${sections.join(', ')}, Timed = ${timed} };`;
  });
  return [
    ...['System', 'System.Collections.Generic', 'System.Linq', 'System.Text', 'System.Text.RegularExpressions'],
    ...['System.Net', 'System.IO', 'Newtonsoft.Json', 'Newtonsoft.Json.Linq'],
  ]
    .map((namespace) => `using ${namespace};`)
    .concat(
      'public static class Policies {',
      'public static Dictionary<string, PolicyProgram> All() {',
      'Dictionary<string, PolicyProgram> all = new Dictionary<string, PolicyProgram>();',
      ...programs,
      'return all; }',
      ...methods,
      '}',
    )
    .join('\n');
}

const FIELDS: Readonly<Record<Section, string>> = {
  inbound: 'Inbound',
  backend: 'Backend',
  outbound: 'Outbound',
  'on-error': 'OnError',
};

function method(name: string, generator: Generator, body: PolicyElement): string {
  return `static void ${name}(Gateway gateway) {\n${generator.statements(body)}\n}`;
}

type Returned = 'bool' | 'string' | 'object';

class Generator {
  readonly #file: string;
  readonly #methods: string[];
  readonly #fragments: ReadonlyMap<string, string>;
  readonly #timed: boolean;

  constructor(file: string, methods: string[], fragments: ReadonlyMap<string, string>, timed: boolean) {
    this.#timed = timed;
    this.#file = file;
    this.#methods = methods;
    this.#fragments = fragments;
  }

  statements(parent: PolicyElement): string {
    return parent.children.map((child) => this.#statement(child)).join('\n');
  }

  #statement(element: PolicyElement): string {
    const at = (name: string, returned: Returned = 'string'): string =>
      this.#value(element.attributes.get(name), returned);
    switch (element.name) {
      case 'base':
        return '';
      case 'set-variable':
        return `gateway.SetVariable(${at('name')}, ${at('value', 'object')});`;
      case 'choose':
        return this.#choose(element);
      case 'include-fragment':
        return `${this.#fragments.get(text(element.attributes.get('fragment-id')))}(gateway);`;
      case 'log-to-eventhub':
        return `gateway.LogToEventHub(${at('logger-id')}, ${this.#value(element.text, 'string')});`;
      case 'trace': {
        const message = this.#value(element.children[0]?.text, 'string');
        return `gateway.Trace(${at('source')}, ${at('severity')}, ${message});`;
      }
      case 'validate-jwt':
        return this.#validateJwt(element);
      case 'rate-limit-by-key': {
        const [calls, seconds] = [element.attributes.get('calls'), element.attributes.get('renewal-period')].map(text);
        return `gateway.RateLimit(${Number(calls)}, ${Number(seconds)}, ${at('counter-key')});`;
      }
      case 'set-header': {
        const values = element.children.map((child) => this.#value(child.text, 'string'));
        return `gateway.SetHeader(${[at('name'), at('exists-action'), ...values].join(', ')});`;
      }
      case 'set-status':
        return `gateway.Status(${at('code', 'object')});`;
      case 'set-body':
        return `gateway.Body(${this.#value(element.text, 'string')});`;
      case 'cache-lookup-value':
        return `gateway.CacheLookup(${at('key')}, ${at('variable-name')}, ${at('default-value')});`;
      case 'cache-store-value': {
        const seconds = Number(text(element.attributes.get('duration')));
        return `gateway.CacheStore(${at('key')}, ${at('value', 'object')}, ${seconds});`;
      }
      case 'set-backend-service':
        return `gateway.SetBackend(${at('backend-id')});`;
      case 'rewrite-uri':
        return `gateway.RewriteUri(${at('template')}, ${unlessFalse(element.attributes.get('copy-unmatched-params'))});`;
      case 'forward-request':
        return `gateway.ForwardRequest(${unlessFalse(element.attributes.get('buffer-response'))});`;
      case 'return-response':
        return `gateway.BeginResponse();\n${this.statements(element)}\ngateway.EndResponse();`;
      default:
        throw new Error(`<${element.name}> has a rule but cannot be run: add it to ${import.meta.filename}`);
    }
  }

  #choose({ children }: PolicyElement): string {
    return children
      .map((branch, index) => {
        const condition = branch.attributes.get('condition');
        const test = branch.name === 'when' ? `if (${this.#value(condition, 'bool')}) ` : '';
        return `${index === 0 ? '' : 'else '}${test}{\n${this.statements(branch)}\n}`;
      })
      .join('\n');
  }

  #validateJwt({ attributes, children }: PolicyElement): string {
    const listed = (name: string): string => {
      const items = children.find((child) => child.name === name)?.children ?? [];
      return `new string[] { ${items.map((item) => literal(text(item.text).trim())).join(', ')} }`;
    };
    const scheme = literal(text(attributes.get('require-scheme')));
    const skew = Number(text(attributes.get('clock-skew')) || '0');
    const variable = literal(text(attributes.get('output-token-variable-name')));
    const header = this.#value(attributes.get('header-name'), 'string');
    const status = Number(text(attributes.get('failed-validation-httpcode')));
    const [signed, expires] = ['require-signed-tokens', 'require-expiration-time'].map((name) =>
      unlessFalse(attributes.get(name)),
    );
    return `gateway.ValidateJwt(${header}, ${scheme}, ${status}, ${signed}, ${expires}, ${listed('audiences')}, ${listed('issuers')}, ${skew}, ${variable});`;
  }

  /** C# that yields the value; for an expression, the call of a method made for it. */
  #value(value: PolicyValue | undefined, returned: Returned): string {
    if (value === undefined) return 'null';
    if (value.kind === 'literal') return literal(value.text).replaceAll(NAMED_VALUE, '" + NamedValues.Of("$1") + "');
    const name = `E${this.#methods.length}`;
    const [before, after] = value.form === 'single' ? ['return (', '); }'] : ['', '}'];
    this.#methods.push(
      `static ${returned} ${name}(Context context) { ${before}\n#line ${value.line} "${this.#file}"\n${value.code}\n#line default\n${after}`,
    );
    const call = `${name}(gateway.Context)`;
    return this.#timed ? `Timing.Of(${literal(`${this.#file}:${value.line}`)}, () => ${call})` : call;
  }
}

function text(value: PolicyValue | undefined): string {
  return value?.kind === 'literal' ? value.text : '';
}

/** C# for an attribute that holds unless it says otherwise. */
function unlessFalse(value: PolicyValue | undefined): boolean {
  return text(value) !== 'false';
}

/** A string of C#. JSON's escapes are C#'s as well. */
function literal(value: string): string {
  return JSON.stringify(value);
}
