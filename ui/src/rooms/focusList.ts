/** To the list of rooms, where its tab stop is; answers whether there is one. */
export function focusRoomList(): boolean {
  const row = document.querySelector<HTMLElement>("[role=tree] [tabindex='0']");
  row?.focus();
  return row !== null;
}
