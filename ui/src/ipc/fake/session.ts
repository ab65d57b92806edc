import type { AccountInfo, Commands, IdentityProvider, SessionState, StoreProblem, VaultProblem } from "../bindings";
import { ipcError } from "../backend";
import { me } from "./people";
import type { World } from "./world";

export const account: AccountInfo = {
  userId: me.userId,
  displayName: me.name,
  avatar: me.avatar,
  server: "interieur.example",
  deviceId: "KVQHTRSLAE",
  password: true,
  historyLost: false,
  keysRestored: false,
};

export const recoveryCode = "EsTc 7fkQ 9mRd 2xWv pLh4 Yz6N bG8s Uc3J t5Ae Kq1V oD7w";

/** `state=` of the address: where the account stands at start. */
export function sessionOf(knob: string | null): SessionState {
  const [kind, detail] = (knob ?? "signedIn").split("-");
  switch (kind) {
    case "starting":
      return { kind: "starting" };
    case "signedOut":
      return { kind: "signedOut", ended: detail ? (detail as "tokenRevoked") : null };
    case "recovery":
      return { kind: "recovery", account: { ...account, password: detail !== "portal" }, step: detail === "enterCode" || detail === "portal" ? "enterCode" : "showCode" };
    case "vault":
      return { kind: "vaultLocked", reason: (detail ?? "noKeyring") as VaultProblem, hasPassphrase: detail !== "noKeyring" };
    case "store":
      return { kind: "storeUnusable", problem: (detail ?? "unreadable") as StoreProblem };
    default:
      return { kind: "signedIn", account: { ...account, password: detail !== "portal", historyLost: detail === "historyLost", keysRestored: detail === "keysRestored" } };
  }
}

/** Servers and passwords that fail, by name, so that every sentence can be seen. */
const failingServers: Record<string, Parameters<typeof ipcError>[0]> = {
  "inconnu.example": "unknownServer",
  "horsligne.example": "offline",
  "boutique.example": "notMatrix",
  "perime.example": "certificateExpired",
  "faux.example": "certificateInvalid",
  "panne.example": "internal",
  "ailleurs.example": "serverNotAllowed",
  "portail.example": "loginNotAllowed",
};

/** `null`: no portal; none: the server chooses. */
function providersOf(serverName: string): IdentityProvider[] | null {
  if (serverName === "sso.example") return [];
  if (!serverName.startsWith("sso-")) return null;
  return [
    { id: "oidc-agentconnect", name: "ProConnect" },
    { id: "oidc-interieur", name: "Portail du ministère" },
  ];
}

export function sessionCommands(world: World): Pick<Handlers, SessionCommand> {
  let giveUp = () => {};
  const signedIn = () => world.session.set({ kind: "signedIn", account });
  return {
    account_ask_renewal: () => null,
    account_discover({ address, server }) {
      const name = server ?? address.slice(Math.max(address.lastIndexOf(":"), address.lastIndexOf("@")) + 1);
      const serverName = name.replace(/^https?:\/\//, "").replace(/^@.*:/, "");
      const failing = failingServers[serverName];
      if (failing) throw ipcError(failing, "a1b2c3");
      if (!serverName.includes(".") && !serverName.includes("localhost")) throw ipcError("invalidInput", "a1b2c3");
      return {
        serverName,
        baseUrl: `https://matrix.${serverName}/`,
        userId: address.startsWith("@") ? address : null,
        password: !serverName.startsWith("sso") && serverName !== "autre.example",
        sso: providersOf(serverName),
        guest: serverName === "externe.example",
        newServer: serverName === "ancien.example" ? "armees.example" : null,
      };
    },
    browser_sign_in({ provider }) {
      return { url: `https://matrix.sso.example/_matrix/client/v3/login/sso/redirect/${provider ?? ""}`, opened: world.knobs.get("browser") !== "none" };
    },
    browser_signed_in: () => new Promise<null>((_, reject) => (giveUp = () => reject(ipcError("cancelled")))),
    browser_reset: () => ({ url: "https://matrix.sso.example/_matrix/client/v3/auth/m.login.sso/fallback/web?session=a", opened: true }),
    browser_was_reset: () => new Promise<never>((_, reject) => (giveUp = () => reject(ipcError("cancelled")))),
    browser_give_up() {
      giveUp();
      return null;
    },
    account_sign_in({ password }) {
      if (password === "desactive") throw ipcError("accountDeactivated", "d4e5f6");
      if (password === "expire") throw ipcError("accountExpired", "d4e5f6");
      if (password === "trop") throw ipcError("rateLimited", "d4e5f6", 42_000);
      if (password === "horsligne") throw ipcError("offline", "d4e5f6");
      if (password !== "secret") throw ipcError("wrongPassword", "d4e5f6");
      world.session.set({ kind: "recovery", account, step: "enterCode" });
      return null;
    },
    account_sign_out() {
      world.session.set({ kind: "signedOut", ended: null });
      return null;
    },
    recovery_set_up: () => ({ code: recoveryCode }),
    recovery_confirm({ ending }) {
      if (ending.trim().toLowerCase() !== recoveryCode.slice(-4).toLowerCase()) throw ipcError("wrongRecoveryCode");
      signedIn();
      return null;
    },
    recovery_enter({ code }) {
      if (code.includes("0")) throw ipcError("recoveryMalformed", "b7c8d9");
      if (code.replace(/\s/g, "") !== recoveryCode.replace(/\s/g, "")) throw ipcError("wrongRecoveryCode", "b7c8d9");
      signedIn();
      world.access.set("whole");
      let done = 0;
      const timer = setInterval(() => {
        done += 2;
        world.history.set({ roomsDone: done, roomsTotal: 12 });
        if (done >= 12) clearInterval(timer);
      }, 600);
      return null;
    },
    recovery_reset({ password }) {
      if (password !== "secret") throw ipcError("wrongPassword", "b7c8d9");
      return { code: recoveryCode };
    },
    recovery_copy_code: () => null,
    recovery_save_code: () => ({ name: "code-de-recuperation-pli.txt" }),
    vault_unlock({ passphrase }) {
      const state = world.session.value;
      if (state.kind === "vaultLocked" && state.hasPassphrase && passphrase !== "secret") throw ipcError("wrongPassphrase");
      world.session.set({ kind: "signedOut", ended: null });
      return null;
    },
    vault_start_afresh() {
      world.session.set({ kind: "signedOut", ended: null });
      return null;
    },
  };
}

/** What answers each command; may throw an `IpcError`. */
export type Handlers = {
  [K in keyof Commands]: (args: Commands[K]["args"]) => Commands[K]["result"] | Promise<Commands[K]["result"]>;
};

type SessionCommand = Extract<keyof Commands, `account_${string}` | `browser_${string}` | `recovery_${string}` | `vault_${string}`>;
