const special = /[\\`*_~[\]<&]/g;
const space = /\s/;
const letter = /[\p{L}\p{N}]/u;

/**
 * Escapes in a run of text what CommonMark, with strikethrough, would take for formatting.
 * What is harmless stays as typed: others may read the source, when their software shows no formatting.
 */
export function escapeText(text: string, within: { link?: boolean; mark?: boolean } = {}): string {
  return text.replace(special, (sign, at: number) => (means(sign, text, at, within) ? `\\${sign}` : sign));
}

/** Whether `sign` could mean something where it stands; what touches the run's ends is not known. */
function means(sign: string, text: string, at: number, { link = false, mark = false }: { link?: boolean; mark?: boolean }): boolean {
  const before = text[at - 1] ?? "";
  const after = text[at + 1] ?? "";
  switch (sign) {
    case "\\":
      return after === "" || /[!-/:-@[-`{-~]/.test(after);
    case "*":
      return !(space.test(before) && space.test(after));
    case "_":
      return !(space.test(before) && space.test(after)) && !(letter.test(before) && letter.test(after));
    case "~":
      // After a space it can only open, and nothing is left that would close it.
      return mark || !space.test(before) || after === "~" || after === "";
    case "[":
      return link;
    case "]":
      return link || after === "(" || after === ":";
    case "<":
      return !space.test(after);
    case "&":
      return /^&(#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]*);/i.test(text.slice(at));
    default:
      return true;
  }
}

/** A line of a paragraph: without the spaces around it, and without what would begin another block. */
export function escapeLine(line: string): string {
  const trimmed = line.trim();
  // One at the end would break the line.
  const text = /(^|[^\\])(\\\\)*\\$/.test(trimmed) ? `${trimmed}\\` : trimmed;
  const opensBlock = /^(#{1,6}|[-+*])([ \t]|$)|^>|^=+$|^-[- \t]*$/.test(text);
  return opensBlock ? `\\${text}` : text.replace(/^(\d{1,9})([.)])(?=[ \t]|$)/, "$1\\$2");
}
