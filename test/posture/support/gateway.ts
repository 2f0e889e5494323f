import { addToGateway, SERVICE_ID } from '../../../local/tenant/arm/seeds/case-study-platform.ts';
import type { ArmState } from '../../../local/tenant/arm/state.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';

const LOGIN = `https://login.microsoftonline.com/${WORLD.tenantId}`;
const CONFIGURATION = `${LOGIN}/v2.0/.well-known/openid-configuration`;

/** What a check of a token says, and what it may say otherwise. */
interface CheckText {
  readonly issuer?: string;
  readonly configuration?: string;
  readonly audience?: string;
  readonly attributes?: string;
  readonly more?: string;
}

/** A check of a token as it should be, but for what is given. */
export function tokenCheck({
  issuer = `${LOGIN}/v2.0`,
  configuration = CONFIGURATION,
  audience = WORLD.gateway.appId,
  attributes = 'header-name="Authorization"',
  more = '',
}: CheckText = {}): string {
  return `<validate-jwt ${attributes} output-token-variable-name="jwt">
    <openid-config url="${configuration}" />${more}
    <audiences><audience>${audience}</audience></audiences>
    <issuers><issuer>${issuer}</issuer></issuers>
  </validate-jwt>`;
}

export const OID = '@(((Jwt)context.Variables["jwt"]).Claims.GetValueOrDefault("oid", ""))';

/** A limit by key as it should be, but for what is given. */
export function limit(calls: string = '50', key: string = OID, more: string = 'renewal-period="60"'): string {
  return `<rate-limit-by-key calls="${calls}" ${more} counter-key="${key}" />`;
}

/** A policy with these sections, the rest as API Management makes it. */
export function policy(inbound: string, { onError = '<base />' }: { readonly onError?: string } = {}): string {
  return `<policies>
  <inbound>${inbound}</inbound>
  <backend><base /></backend>
  <outbound><base /></outbound>
  <on-error>${onError}</on-error>
</policies>`;
}

/** A branch. */
export function when(condition: string, inner: string, otherwise: string = ''): string {
  const other = otherwise === '' ? '' : `<otherwise>${otherwise}</otherwise>`;
  return `<choose><when condition="@(${condition})">${inner}</when>${other}</choose>`;
}

/** Writes into the tenant’s gateway, which is empty at first. */
export function gatewayOf(arm: ArmState) {
  const put = (path: string, properties: Record<string, unknown>): string => addToGateway(arm, path, properties);
  const setPolicy = (place: string, value: string): string =>
    put(`${place === '' ? '' : `${place}/`}policies/policy`, { format: 'rawxml', value });
  return {
    clear: (): void => {
      arm.gatewayObjects.clear();
      arm.gatewayPageSize = 100;
      arm.gatewayUnits = 1;
      arm.gatewayTier = 'Premium';
      put('policies/policy', { format: 'rawxml', value: policy('') });
      arm.namedValues.delete(`${SERVICE_ID}/namedValues/limit`);
    },
    put,
    setPolicy,
    /** One of everything that is read, and an API that forwards to the server at an address. */
    whole(url: string): void {
      this.backend('mcp-server', url);
      this.fragment('guard', tokenCheck());
      this.put('products/starter', { displayName: 'Starter' });
      this.api('a', policy(`<base /><include-fragment fragment-id="guard" />${TO_SERVER}`));
    },
    fragment: (name: string, inner: string): string =>
      put(`policyFragments/${name}`, { format: 'rawxml', value: `<fragment>${inner}</fragment>` }),
    namedValue: (name: string, value: string, secret: boolean = false): void => {
      arm.namedValues.add({ serviceId: SERVICE_ID, name, value, secret, version: 1 });
    },
    /** An API with one operation and one backend, and a policy where one is given. */
    api: (name: string, text?: string, properties: Record<string, unknown> = {}): void => {
      put(`apis/${name}`, { displayName: name, path: `mcp/${name}`, apiRevision: '1', isCurrent: true, ...properties });
      put(`apis/${name}/operations/post`, { displayName: 'Send', method: 'POST', urlTemplate: '/' });
      if (text !== undefined) setPolicy(`apis/${name}`, text);
    },
    /** A server behind the APIs whose policies name it. */
    backend: (name: string, url: string): string => put(`backends/${name}`, { url, protocol: 'http' }),
  };
}

/** Has a policy forward to a backend. */
export const TO_SERVER = '<set-backend-service backend-id="mcp-server" />';
