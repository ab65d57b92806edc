const schemes = /^(https?:\/\/[^\s/]|mailto:[^\s@]+@)/i;

/** Whether a message may lead there: the shell opens nothing else. */
export function isLinkable(url: string): boolean {
  return schemes.test(url) && url.length <= 4096;
}

/** An address as typed, made whole: `exemple.fr/a` and `a@exemple.fr` have no scheme. `null` when it leads nowhere. */
export function completeUrl(typed: string): string | null {
  const text = typed.trim();
  if (text === "" || /\s/.test(text)) return null;
  if (isLinkable(text)) return text;
  if (/^[a-z][a-z\d+.-]*:/i.test(text) && !/^[^/]+:\d+(\/|$)/.test(text)) return null;
  if (/^[^@/]+@[^@/]+\.[^@/.]{2,}$/.test(text)) return `mailto:${text}`;
  return /^[^/]+\.[^/.]{2,}(:\d+)?(\/.*)?$/.test(text) ? `https://${text}` : null;
}
