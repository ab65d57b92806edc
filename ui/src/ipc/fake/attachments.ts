import type { AttachmentDraft, MediaInfo } from "../bindings";
import { ipcError } from "../backend";
import { nodesOf } from "./markdown";
import { addMedia } from "./media";
import { media } from "./messages";
import type { Handlers } from "./session";
import { send } from "./timeline";
import type { World } from "./world";

/** As ministries' servers have it. */
const limit = 50_000_000;

const held = new Map<string, MediaInfo>();
let count = 0;

function hold(name: string, mimetype: string, size: number, preview: string | null, width: number | null = null, height: number | null = null): AttachmentDraft {
  count += 1;
  const id = `draft${count}`;
  held.set(id, media(preview ?? id, name, { size, width, height, thumbnail: preview, mimetype }));
  return { id, name, size, mimetype, preview, width, height, tooLarge: size > limit, limit, blocked: name.endsWith(".exe") };
}

const photo = (name: string, size: number) => hold(name, "image/jpeg", size, "photo-crue", 960, 640);

type AttachmentCommand = Extract<keyof Handlers, `attachment_${string}`>;

export function attachmentCommands(world: World): Pick<Handlers, AttachmentCommand> {
  return {
    attachment_discard({ id }) {
      held.delete(id);
      return null;
    },
    attachment_paste: () => photo("image-collee.png", 640_000),
    attachment_pick: () => [photo("quai-montargis.jpg", 1_240_000), hold("rapport-complet.pdf", "application/pdf", 62_000_000, null)],
    attachment_send({ roomId, id, caption, replyTo, lifetime }) {
      const info = held.get(id);
      if (!info) throw ipcError("notFound", "a77ac4");
      held.delete(id);
      send(world, roomId, { kind: info.thumbnail ? "image" : "file", media: info, caption: caption ? nodesOf(caption) : null }, replyTo, info.size ?? 1, lifetime);
      return null;
    },
  };
}

/** Files dropped on the window, as the shell would tell. */
export function listenForDrops(world: World): void {
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  let over = 0;
  window.addEventListener("dragenter", (event) => {
    if (hasFiles(event) && ++over === 1) world.attachments.emit({ kind: "dragEntered" });
  });
  window.addEventListener("dragleave", (event) => {
    if (hasFiles(event) && --over === 0) world.attachments.emit({ kind: "dragLeft" });
  });
  window.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
  window.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    over = 0;
    const files = [...(event.dataTransfer?.files ?? [])];
    void Promise.all(files.map(drop)).then((drafts) => world.attachments.emit({ kind: "dropped", drafts }));
  });
}

async function drop(file: File): Promise<AttachmentDraft> {
  const size = await dimensions(file);
  const id = size ? `dropped${count}` : null;
  if (id) addMedia(id, file);
  return hold(file.name, file.type || "application/octet-stream", file.size, id, size?.width ?? null, size?.height ?? null);
}

async function dimensions(file: File): Promise<{ width: number; height: number } | null> {
  if (!file.type.startsWith("image/")) return null;
  return createImageBitmap(file).catch(() => null);
}
