/** The place a picture takes, known before it comes. */
export interface Box {
  width: number;
  height: number;
}

const most = { width: 400, height: 300 };
const unknown = { width: 260, height: 180 };
const least = 56;

/** Shrunk to fit, never enlarged. */
export function mediaBox(width: number | null, height: number | null): Box {
  if (!width || !height || width < 1 || height < 1) return unknown;
  const scale = Math.min(1, most.width / width, most.height / height);
  const fit = (length: number, max: number) => Math.min(max, Math.max(least, Math.round(length * scale)));
  return { width: fit(width, most.width), height: fit(height, most.height) };
}
