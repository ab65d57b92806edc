import { createContext, useContext } from "react";

import type { EventItem, MediaInfo } from "../ipc/bindings";
import { emptyTimeline, type TimelineStore } from "../stores/timeline";

/** A question or a picture over the timeline. */
export type TimelineDialog =
  | { kind: "redact"; event: EventItem }
  | { kind: "report"; event: EventItem }
  | { kind: "image"; media: MediaInfo; sender: string };

/** Where a menu opens: beside an element, or where the pointer is. */
export type MenuPlace = HTMLElement | { x: number; y: number };

/** What rows may ask of the timeline they are in. It never changes while the room is open. */
export interface TimelineActions {
  roomId: string;
  store: TimelineStore;
  openMenu: (key: string, place: MenuPlace) => void;
  openReactions: (key: string, place: MenuPlace) => void;
  openDialog: (dialog: TimelineDialog) => void;
  /** Scrolls to an event, or opens the room around it. */
  jumpTo: (eventId: string) => void;
}

const nothing: TimelineActions = {
  roomId: "",
  store: { get: () => ({ value: emptyTimeline, ready: false, error: null }), subscribe: () => () => {} },
  openMenu: () => {},
  openReactions: () => {},
  openDialog: () => {},
  jumpTo: () => {},
};

const Actions = createContext(nothing);

export const TimelineActionsProvider = Actions.Provider;

export function useTimelineActions(): TimelineActions {
  return useContext(Actions);
}
