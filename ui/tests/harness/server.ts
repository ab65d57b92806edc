import { createReadStream, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../target/page-fake", import.meta.url));
const tauri = fileURLToPath(new URL("../../../src-tauri/tauri.conf.json", import.meta.url));

const types: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** The policy of the real window, word for word: the built page needs nothing more in a browser. */
export function contentSecurityPolicy(): string {
  const config = JSON.parse(readFileSync(tauri, "utf8")) as { app: { security: { csp: string } } };
  return config.app.security.csp;
}

/** Serves the page built on the fake backend, to this machine only. */
export async function servePage(): Promise<{ origin: string; close: () => Promise<void> }> {
  if (!isFile(join(root, "index.html"))) throw new Error("the page is not built: npm run build:fake");
  const policy = contentSecurityPolicy();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://page").pathname;
    const file = join(root, normalize(path === "/" ? "/index.html" : path));
    if (!file.startsWith(root + sep) || !isFile(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      "Content-Type": types[extname(file)] ?? "application/octet-stream",
      "Content-Security-Policy": policy,
      "X-Content-Type-Options": "nosniff",
    });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => close(server) };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((closed) => server.close(() => closed()));
}
