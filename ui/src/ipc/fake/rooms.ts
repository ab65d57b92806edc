import type { Member, MemberMembership, NewRoomKind, RoomDetails, RoomSummary, Sender } from "../bindings";
import { ipcError } from "../backend";
import { row, start } from "./messages";
import { everybody, me, member } from "./people";
import type { Handlers } from "./session";
import { type FakeRoom, roomOf, summaryOf, type World } from "./world";

export function roomIn(world: World, roomId: string): FakeRoom {
  const room = world.rooms.get(roomId);
  if (!room) throw ipcError("notFound", "e0e0e0");
  return room;
}

export function changeSummary(world: World, roomId: string, change: Partial<RoomSummary>): void {
  world.list.replace((one) => one.roomId === roomId, (one) => ({ ...one, ...change }));
}

export function changeDetails(world: World, roomId: string, change: Partial<RoomDetails>): null {
  const { details } = roomIn(world, roomId);
  details.set({ ...details.value, ...change });
  return null;
}

function countMembers(world: World, roomId: string): null {
  const joinedMembers = roomIn(world, roomId).members.items.filter((one) => one.membership === "joined").length;
  return changeDetails(world, roomId, { joinedMembers });
}

function changeMember(world: World, roomId: string, userId: string, change: Partial<Member>): null {
  roomIn(world, roomId).members.replace((one) => one.userId === userId, (one) => ({ ...one, ...change }));
  return countMembers(world, roomId);
}

/** Who left, was removed or unbanned has no row any more. */
function dropMember(world: World, { roomId, userId }: { roomId: string; userId: string }): null {
  roomIn(world, roomId).members.removeWhere((one) => one.userId === userId);
  return countMembers(world, roomId);
}

const setMembership = (world: World, membership: MemberMembership) =>
  ({ roomId, userId }: { roomId: string; userId: string }) =>
    changeMember(world, roomId, userId, { membership });

/** Somebody met anywhere in the ministry. */
function personOf(world: World, userId: string): Sender | undefined {
  const known = everybody.find((one) => one.userId === userId);
  if (known) return known;
  for (const room of world.rooms.values()) {
    const found = room.members.items.find((one) => one.userId === userId);
    if (found) return found;
  }
  return undefined;
}

/** Of another ministry: known by the address alone. */
const stranger = (userId: string): Sender => ({ userId, name: userId.slice(1).split(":")[0] ?? userId, ambiguous: false, avatar: null, guest: false });

function addRoom(world: World, name: string, directUser: string | null, invited: string[], topic: string | null, kind: NewRoomKind | "direct"): string {
  const id = `!new${world.rooms.size}`;
  const who = [...invited, ...(directUser ? [directUser] : [])].map((userId) => personOf(world, userId) ?? stranger(userId));
  const seed = {
    id, name, kind, timeline: [start],
    members: [member(me, "creator"), ...who.map((one) => member(one, "user", { membership: "invited" }))],
    details: { directUser, topic, can: { send: true, react: true, redactOthers: true, invite: true, remove: true, ban: true, setName: true, setTopic: true, setAvatar: true, setRoles: true, setTimer: true, notifyRoom: true, openToGuests: kind === "private" || kind === "unencrypted" } },
  };
  const summary = summaryOf(seed, { timestamp: Date.now(), encrypted: kind !== "unencrypted" && kind !== "public" });
  world.rooms.set(id, roomOf(seed, summary));
  world.list.insert(0, summary);
  return id;
}

type RoomCommand = Exclude<Extract<keyof Handlers, `room_${string}` | `user_${string}`>, `room_keys_${string}`>;

export function roomCommands(world: World): Pick<Handlers, RoomCommand> {
  const both = (roomId: string, change: Partial<RoomSummary> & Partial<RoomDetails>) => {
    changeSummary(world, roomId, change as Partial<RoomSummary>);
    return changeDetails(world, roomId, change as Partial<RoomDetails>);
  };
  return {
    room_accept_invite({ roomId }) {
      const { members } = roomIn(world, roomId);
      members.push(member(me));
      both(roomId, { membership: "joined" });
      changeSummary(world, roomId, { inviter: null });
      return countMembers(world, roomId);
    },
    room_recipients: ({ roomId }) =>
      roomIn(world, roomId).details.value.encrypted ? { people: 8, devices: 13, leftOut: 1, verifiedPeople: 2 } : null,
    room_newcomers_acknowledge({ roomId }) {
      roomIn(world, roomId).newcomers.set([]);
      return null;
    },
    room_leave({ roomId }) {
      changeDetails(world, roomId, { membership: "left" });
      world.list.removeWhere((one) => one.roomId === roomId);
      return null;
    },
    room_create: ({ name, topic, invite, kind }) => ({ roomId: addRoom(world, name, null, invite, topic, kind) }),
    room_create_direct({ userId }) {
      const known = world.list.items.find((one) => world.rooms.get(one.roomId)?.details.value.directUser === userId);
      if (known) return { roomId: known.roomId };
      return { roomId: addRoom(world, (personOf(world, userId) ?? stranger(userId)).name, userId, [], null, "direct") };
    },
    room_invite({ roomId, userId }) {
      const who = personOf(world, userId);
      if (!who) throw ipcError("notFound", "c0ffee");
      const { members } = roomIn(world, roomId);
      if (members.items.some((one) => one.userId === userId)) return changeMember(world, roomId, userId, { membership: "invited" });
      members.push(member(who, "user", { membership: "invited" }));
      return null;
    },
    room_mark_read({ roomId }) {
      changeSummary(world, roomId, { unreadMessages: 0, unreadNotifications: 0, unreadMentions: 0, markedUnread: false });
      return null;
    },
    room_member_ban: setMembership(world, "banned"),
    room_member_remove: (args) => dropMember(world, args),
    room_member_unban: (args) => dropMember(world, args),
    room_member_set_role({ roomId, userId, role }) {
      return changeMember(world, roomId, userId, { role, powerLevel: { creator: 2147483647, administrator: 100, moderator: 50, user: 0 }[role] });
    },
    room_guest_files_agree({ roomId }) {
      roomIn(world, roomId).guestFiles = true;
      return null;
    },
    room_guest_files_agreed({ roomId }) {
      const room = roomIn(world, roomId);
      return room.guestFiles || room.guests.value.length === 0;
    },
    room_members_export: () => ({ name: "membres-du-salon.csv" }),
    room_open_to_guests: ({ roomId }) =>
      both(roomId, { kind: "open", can: { ...roomIn(world, roomId).details.value.can, openToGuests: false } }),
    room_pick_avatar: ({ roomId }) => both(roomId, { avatar: "room-forum" }),
    room_set_favourite: ({ roomId, on }) => both(roomId, { favourite: on, ...(on ? { lowPriority: false } : {}) }),
    room_set_low_priority: ({ roomId, on }) => both(roomId, { lowPriority: on, ...(on ? { favourite: false } : {}) }),
    room_set_marked_unread({ roomId, on }) {
      changeSummary(world, roomId, { markedUnread: on });
      return null;
    },
    room_set_name: ({ roomId, text }) => both(roomId, { name: text, rawName: text }),
    room_set_timer({ roomId, lifetime }) {
      const { details, timeline } = roomIn(world, roomId);
      const { retention } = details.value;
      timeline.push(row(me, Date.now(), { kind: "state", change: { kind: "timer", lifetime } }));
      return changeDetails(world, roomId, { retention: { ...retention, timer: lifetime } });
    },
    room_set_topic: ({ roomId, text }) => changeDetails(world, roomId, { topic: text }),
    room_set_notification_mode({ roomId, mode }) {
      changeSummary(world, roomId, { muted: mode === "mute" });
      return changeDetails(world, roomId, { notificationMode: mode });
    },
    room_set_typing: () => null,
    user_is_guest: () => world.knobs.get("guest") === "on",
    user_ignore({ userId, on }) {
      for (const room of world.rooms.values()) {
        room.members.replace((one) => one.userId === userId, (one) => ({ ...one, ignored: on }));
      }
      return null;
    },
  };
}
