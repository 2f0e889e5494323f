/**
 * The text with everything that looks like a credential replaced by its kind. The last line of defence for
 * logs and error messages: it errs on the side of hiding too much.
 */
export function redactSecrets(text: string): string {
  return text
    .replace(/gh[pousr]_[\w.-]{20,}/g, '[github token]')
    .replace(/github_pat_\w{20,}/g, '[github token]')
    .replace(/eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g, '[jwt]')
    .replace(/sk-[\w-]{20,}/g, '[api key]')
    .replace(/\b[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}\b/g, '[azure devops token]')
    .replace(/\b[a-z2-7]{52}\b/g, '[azure devops token]')
    .replace(/([?&](?:sig|code|token|key)=)[^&\s"]+/gi, '$1[redacted]')
    .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]{12,}/gi, '$1 [redacted]');
}
