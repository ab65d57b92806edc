import "./theme/base.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./App";
import { type Backend, setBackend } from "./ipc/backend";
import { loadPolicy } from "./stores/policy";
import { loadApp, loadSettings } from "./stores/settings";

async function connect(): Promise<Backend> {
  if (import.meta.env.MODE === "fake" || (import.meta.env.DEV && !("__TAURI_INTERNALS__" in window))) {
    const { fakeBackend } = await import("./ipc/fake");
    return fakeBackend(new URLSearchParams(location.search));
  }
  const { connectTauri } = await import("./ipc/tauri");
  return connectTauri();
}

const root = document.getElementById("root");
if (root) {
  setBackend(await connect());
  // Colours and language before the first paint; the defaults serve if the shell cannot say.
  await Promise.allSettled([loadApp(), loadSettings(), loadPolicy()]);
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
