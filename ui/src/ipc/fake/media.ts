/** Pictures drawn here, handed out as blobs as the shell would hand out bytes. */
const drawn = new Map<string, string>();

const portrait = (skin: string, hair: string, coat: string, wall: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96"><rect width="96" height="96" fill="${wall}"/><path d="M22 60c-4-44 56-44 52 0z" fill="${hair}"/><circle cx="48" cy="42" r="19" fill="${skin}"/><path d="M29 36c8-12 30-12 38 0-6-22-32-22-38 0" fill="${hair}"/><path d="M14 96c2-24 18-32 34-32s32 8 34 32z" fill="${coat}"/></svg>`;

const pictures: Record<string, string> = {
  "portrait-sophie": portrait("#e8b796", "#4a2c2a", "#7a3f6d", "#f0e4ee"),
  "portrait-ines": portrait("#c98f66", "#201a1a", "#2f6b57", "#e2efe9"),
  "room-forum": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96"><rect width="96" height="96" fill="#1f5f8b"/><circle cx="48" cy="24" r="9" fill="#fff"/><path d="M20 40l28 5 28-5v8l-20 6 4 30h-7l-5-24-5 24h-7l4-30-20-6z" fill="#fff"/></svg>`,
  "photo-crue": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 640" width="960" height="640"><linearGradient id="s" x2="0" y2="1"><stop stop-color="#8fa6bf"/><stop offset="1" stop-color="#dfe6ec"/></linearGradient><rect width="960" height="640" fill="url(#s)"/><path d="M0 330l120-60 90 40 130-90 160 100 120-50 140 60 200-80v400H0z" fill="#5d7767"/><path d="M0 400c160-30 300 20 480 0s320-20 480 0v240H0z" fill="#7d8f96"/><path d="M0 470c160-20 320 20 480 0s320-20 480 0v170H0z" fill="#6b7f88"/><path d="M330 300h70v130h-70zM560 320h90v110h-90z" fill="#c9b59a"/><path d="M320 302l45-40 45 40zM548 322l57-46 57 46z" fill="#8a4c3c"/><path d="M345 340h16v24h-16zM372 340h16v24h-16zM580 350h18v26h-18zM615 350h18v26h-18z" fill="#455"/></svg>`,
  "plan-salle": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 720" width="480" height="720"><rect width="480" height="720" fill="#fbfaf5"/><path d="M40 40h400v640H40zM40 300h240M280 300v-90M280 40v90M40 520h400M220 520v160" fill="none" stroke="#2b3fa8" stroke-width="6"/><g font-family="sans-serif" font-size="28" fill="#2b3fa8"><text x="110" y="180">Salle A</text><text x="120" y="420">PC crise</text><text x="80" y="610">Repos</text><text x="280" y="610">Presse</text></g></svg>`,
  "sticker-bravo": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="200" height="200"><path d="M100 10l26 56 62 8-46 42 12 62-54-31-54 31 12-62L12 74l62-8z" fill="#f1b768" stroke="#8a4b00" stroke-width="6"/><circle cx="80" cy="95" r="7" fill="#3a2c16"/><circle cx="120" cy="95" r="7" fill="#3a2c16"/><path d="M76 118c14 18 34 18 48 0" fill="none" stroke="#3a2c16" stroke-width="6" stroke-linecap="round"/></svg>`,
  "video-drone": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" width="640" height="360"><rect width="640" height="360" fill="#32424b"/><path d="M0 250c120-40 240 30 360-10s200-10 280-30v150H0z" fill="#5d7767"/><circle cx="520" cy="80" r="34" fill="#f1d58a"/></svg>`,
};

/** Media the page itself brought (chosen or dropped files). */
export function addMedia(id: string, blob: Blob): void {
  drawn.set(id, URL.createObjectURL(blob));
}

export function fakeMediaUrl(id: string): string {
  const known = drawn.get(id);
  if (known) return known;
  const svg = pictures[id];
  if (!svg) return "blob:missing";
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  drawn.set(id, url);
  return url;
}
