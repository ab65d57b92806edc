import { useToastedWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call, mediaUrl } from "../ipc/backend";
import type { NotificationMode, RoomDetails } from "../ipc/bindings";
import { Avatar } from "../kit/Avatar";
import { Button } from "../kit/Button";
import { IconCamera, IconGuest, IconLeave } from "../kit/icons";
import { RadioGroup } from "../kit/RadioGroup";
import { Switch } from "../kit/Switch";
import { RoomTimer } from "../retention/RoomTimer";
import { askRoom } from "../stores/roomDialog";
import { EditText } from "./EditText";
import styles from "./RoomSettings.module.css";
import { useFlag } from "./useFlag";
import { useNotificationChoices } from "./useNotificationChoices";

/** What the room is called, and how the user wants to hear of it. */
export function RoomSettings({ room }: { room: RoomDetails }) {
  const text = useText();
  return (
    <div className={styles.settings}>
      <Identity room={room} />
      <hr className={styles.rule} />
      <RoomTimer room={room} />
      <hr className={styles.rule} />
      <ForMe room={room} />
      <hr className={styles.rule} />
      {room.can.openToGuests ? <OpenToGuests room={room} /> : null}
      <div className={styles.leave}>
        <Button tone="dangerQuiet" icon={<IconLeave />} onPress={() => askRoom({ kind: "leave", roomId: room.roomId })}>
          {text("room-leave-open")}
        </Button>
      </div>
    </div>
  );
}

/** For those who may; it cannot be undone. */
function OpenToGuests({ room }: { room: RoomDetails }) {
  const text = useText();
  return (
    <>
      <section className={styles.part} aria-label={text("open-guests-section")}>
        <p className={styles.hint}>{text("open-guests-hint")}</p>
        <div>
          <Button icon={<IconGuest size={17} />} onPress={() => askRoom({ kind: "openToGuests", roomId: room.roomId })}>
            {text("open-guests-open")}
          </Button>
        </div>
      </section>
      <hr className={styles.rule} />
    </>
  );
}

/** Name, topic and picture, for those who may change them. A direct room is called after the other person. */
function Identity({ room }: { room: RoomDetails }) {
  const text = useText();
  const { roomId, can } = room;
  const named = room.kind !== "direct";
  return (
    <section className={styles.part} aria-label={text("room-identity")}>
      <Picture room={room} canChange={can.setAvatar && named} />
      {named && can.setName ? (
        <EditText
          label={text("room-name")}
          value={room.rawName ?? ""}
          missing={text("new-room-name-missing")}
          failed={text("room-name-failed")}
          maxLength={200}
          save={(name) => call("room_set_name", { roomId, text: name })}
        />
      ) : null}
      {can.setTopic ? (
        <EditText
          label={text("room-topic")}
          value={room.topic ?? ""}
          failed={text("room-topic-failed")}
          rows={3}
          maxLength={2000}
          save={(topic) => call("room_set_topic", { roomId, text: topic })}
        />
      ) : (
        <div>
          <h3 className={styles.label}>{text("room-topic")}</h3>
          <p className={styles.value}>{room.topic ?? text("room-topic-none")}</p>
        </div>
      )}
      {named && !(can.setName && can.setTopic) ? <p className={styles.hint}>{text("room-identity-refused")}</p> : null}
    </section>
  );
}

function Picture({ room, canChange }: { room: RoomDetails; canChange: boolean }) {
  const text = useText();
  const work = useToastedWork(text("room-avatar-failed"));
  return (
    <div className={styles.picture}>
      <Avatar id={room.roomId} name={room.name} src={mediaUrl(room.avatar)} shape={room.kind === "direct" ? "person" : "room"} size={56} />
      <div className={styles.pictureWords}>
        <bdi className={styles.name}>{room.name}</bdi>
        {canChange ? (
          <Button
            size="small"
            icon={<IconCamera size={16} />}
            busy={work.busy}
            onPress={() => work.run(() => call("room_pick_avatar", { roomId: room.roomId }))}
          >
            {text("room-avatar-pick")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

/** Only the user sees these. */
function ForMe({ room }: { room: RoomDetails }) {
  const text = useText();
  const { roomId } = room;
  const choices = useNotificationChoices();
  const notifying = useToastedWork(text("room-notifications-failed"));
  const [favourite, setFavourite] = useFlag("room_set_favourite", roomId, room.favourite);
  const [low, setLow] = useFlag("room_set_low_priority", roomId, room.lowPriority);
  const setMode = (mode: NotificationMode) => notifying.run(() => call("room_set_notification_mode", { roomId, mode }));
  return (
    <section className={styles.part} aria-label={text("room-for-me")}>
      <RadioGroup label={text("room-notifications")} value={room.notificationMode} onChange={setMode} options={choices} />
      <Switch label={text("room-favourite")} hint={text("room-favourite-hint")} isSelected={favourite} onChange={setFavourite} />
      <Switch label={text("room-low")} hint={text("room-low-hint")} isSelected={low} onChange={setLow} />
    </section>
  );
}
