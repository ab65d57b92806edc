import { createStore } from "../stores/store";
import type { SectionId } from "./sections";

/** What the list looks like, apart from its rooms. */
export const listState = createStore<{ filter: string; closed: ReadonlySet<SectionId> }>({
  filter: "",
  closed: new Set(["low"]),
});

export function setFilter(filter: string): void {
  listState.set((now) => ({ ...now, filter }));
}

export function setSectionOpen(section: SectionId, open: boolean): void {
  listState.set((now) => {
    const closed = new Set(now.closed);
    if (open) closed.delete(section);
    else closed.add(section);
    return { ...now, closed };
  });
}
