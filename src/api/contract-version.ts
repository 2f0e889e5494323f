/** Version of the HTTP API's contract, and not of the app. scripts/pages/write-openapi.ts raises it. */
export const CONTRACT_VERSION = '1.10.0';
