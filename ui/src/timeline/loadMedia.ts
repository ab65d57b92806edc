import { mediaUrl } from "../ipc/backend";

/** What is played from memory at most: WebKitGTK plays nothing from the shell's own scheme. */
export const mostPlayed = 64 * 1024 * 1024;

export class MediaTooLarge extends Error {}

/** The bytes of a medium, counted as they come. Rejects when aborted, refused or larger than `most`. */
export async function loadMedia(id: string, signal: AbortSignal, onProgress: (bytes: number) => void, most = mostPlayed): Promise<Blob> {
  const response = await fetch(mediaUrl(id), { signal });
  if (response.status === 413) throw new MediaTooLarge();
  if (!response.ok) throw new Error(`media: ${response.status}`);
  if (Number(response.headers.get("content-length") ?? 0) > most) throw new MediaTooLarge();
  const type = response.headers.get("content-type") ?? "";
  const reader = response.body?.getReader();
  if (!reader) return response.blob();
  const parts: BlobPart[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts, { type });
    bytes += value.byteLength;
    if (bytes > most) {
      await reader.cancel();
      throw new MediaTooLarge();
    }
    parts.push(value);
    onProgress(bytes);
  }
}
