import { createStore, type Store } from "../../stores/store";

/** What is being completed at the caret. */
export interface Asked {
  kind: "mention" | "emoji";
  query: string;
  /** Puts what was chosen where the query stands: the attributes of a mention, or an emoji. */
  take: (chosen: unknown) => void;
}

/** Between the editor, which knows what is typed, and the list, which knows what there is. */
export interface Completion {
  asked: Store<Asked | null>;
  ask(asked: Asked | null): void;
  /** Whether the list took the key. */
  press(event: KeyboardEvent): boolean;
  /** The list on screen, while it has something to offer. */
  listen(press: (event: KeyboardEvent) => boolean): () => void;
  /** Whether something is offered. */
  isOpen(): boolean;
}

export function createCompletion(): Completion {
  const asked = createStore<Asked | null>(null);
  let pressed: ((event: KeyboardEvent) => boolean) | null = null;
  return {
    asked,
    ask: asked.set,
    press: (event) => pressed?.(event) ?? false,
    listen(press) {
      pressed = press;
      return () => {
        if (pressed === press) pressed = null;
      };
    },
    isOpen: () => pressed !== null,
  };
}
