/** Whether the clipboard took it. */
export async function copyText(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    return copySelection(value);
  }
}

/** Where the page is not held to be a secure context. */
function copySelection(value: string): boolean {
  const area = document.createElement("textarea");
  area.value = value;
  area.readOnly = true;
  area.className = "visually-hidden";
  const focused = document.activeElement;
  (focused?.parentElement ?? document.body).append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}
