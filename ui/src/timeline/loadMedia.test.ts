import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { type Backend, setBackend } from "../ipc/backend";
import { loadMedia, MediaTooLarge } from "./loadMedia";

/** A body that comes in pieces of ten bytes. */
function answering(pieces: number, headers: Record<string, string> = {}, status = 200) {
  let sent = 0;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent === pieces) return controller.close();
      sent += 1;
      controller.enqueue(new Uint8Array(10));
    },
    cancel() {
      cancelled = true;
    },
  });
  const asked = vi.fn<(url: string) => Promise<Response>>(() => Promise.resolve(new Response(body, { status, headers })));
  vi.stubGlobal("fetch", asked);
  return { asked, cancelled: () => cancelled };
}

beforeEach(() => setBackend({ mediaUrl: (id: string) => `pli-media://localhost/${id}` } as Backend));
afterEach(() => {
  vi.unstubAllGlobals();
});

const load = (most?: number, onProgress: (bytes: number) => void = () => {}) => loadMedia("song", new AbortController().signal, onProgress, most);

describe("a medium that is played from memory", () => {
  it("is fetched by its id, counted as it comes, and keeps its type", async () => {
    const { asked } = answering(3, { "content-type": "audio/ogg" });
    const steps: number[] = [];
    const blob = await load(100, (bytes) => steps.push(bytes));
    expect(asked.mock.calls[0]?.[0]).toBe("pli-media://localhost/song");
    expect(steps).toEqual([10, 20, 30]);
    expect(blob.size).toBe(30);
    expect(blob.type).toBe("audio/ogg");
  });

  it("is given up as soon as it is larger than memory allows, whatever was announced", async () => {
    const { cancelled } = answering(50, { "content-length": "20" });
    await expect(load(25)).rejects.toBeInstanceOf(MediaTooLarge);
    expect(cancelled()).toBe(true);
  });

  it("is not begun when it announces too much, or the shell finds it too large", async () => {
    answering(1, { "content-length": "1000" });
    await expect(load(25)).rejects.toBeInstanceOf(MediaTooLarge);
    answering(0, {}, 413);
    await expect(load(25)).rejects.toBeInstanceOf(MediaTooLarge);
  });

  it("fails when the shell refuses it", async () => {
    answering(0, {}, 404);
    await expect(load()).rejects.not.toBeInstanceOf(MediaTooLarge);
  });
});
