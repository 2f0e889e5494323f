interface Addressed {
  readonly otherMails?: readonly string[] | null | undefined;
  readonly proxyAddresses?: readonly string[] | null | undefined;
}

/** Further mail addresses of a user, in lower case. Of `proxyAddresses` only those of mail, `SMTP:` being the primary. */
export function mailAddressesOf({ otherMails, proxyAddresses }: Addressed): string[] {
  const proxies = (proxyAddresses ?? []).flatMap((each) => /^smtp:(.+)$/i.exec(each)?.[1] ?? []);
  return [...new Set([...proxies, ...(otherMails ?? [])].map((each) => each.toLowerCase()))];
}
