// A device of another family, matrix-js-sdk with its crypto, told what to do line by line.
//
// Each line of the input is JSON: `{ id, act, ...arguments }`. Each is answered by a line of its own on the output,
// `{ id, result }` or `{ id, error }`. What the library logs goes to the other output.

import { createInterface } from "node:readline";

import { ClientEvent, createClient, MatrixEventEvent, RoomEvent } from "matrix-js-sdk";
import { CryptoEvent, decodeRecoveryKey, VerificationPhase, VerificationRequestEvent, VerifierEvent } from "matrix-js-sdk/lib/crypto-api/index.js";

for (const level of ["log", "info", "debug", "warn", "trace"]) console[level] = console.error;

// The library takes it from Node 22 on; nothing else of it is missing in Node 20.
Promise.withResolvers ??= () => {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
};

const patience = 60_000;

let client;
let secretStorageKey = null;
/** Requests of verification that came in, the newest last. */
const requests = [];
/** Resolved with each request that comes in. */
const waiting = [];
/** Of the verification under way. */
let sas = null;

/** Answers a question of the server for who may replace keys, by the password. */
const byPassword = (password) => (send) =>
  send(null).catch((error) =>
    send({
      type: "m.login.password",
      identifier: { type: "m.id.user", user: client.getUserId() },
      password,
      session: error.data.session,
    }),
  );

function soon(what, start) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), patience);
    start((value) => {
      clearTimeout(timer);
      resolve(value);
    }, reject);
  });
}

/** Resolves once `found` finds something in what is there, or in what comes. */
function until(what, target, events, found) {
  return soon(what, (resolve) => {
    const look = () => {
      const it = found();
      if (it === undefined) return;
      for (const event of events) target.off(event, look);
      resolve(it);
    };
    for (const event of events) target.on(event, look);
    look();
  });
}

function textOf(event) {
  return event.isDecryptionFailure() ? undefined : event.getContent().body;
}

function eventsOf(roomId) {
  return client.getRoom(roomId)?.getLiveTimeline().getEvents() ?? [];
}

/** Shows what the other side shows, once both have agreed on a key. */
function show(verifier) {
  verifier.verify().catch(() => {});
  return soon("the emojis", (resolve) => {
    const shown = verifier.getShowSasCallbacks();
    if (shown) resolve(shown);
    else verifier.on(VerifierEvent.ShowSas, resolve);
  });
}

async function agree(request) {
  await until("the verification to be accepted", request, [VerificationRequestEvent.Change], () =>
    request.phase >= VerificationPhase.Ready ? request : undefined,
  );
  const verifier = request.verifier ?? (await request.startVerification("m.sas.v1"));
  sas = { request, shown: await show(verifier) };
  return sas.shown.sas.emoji.map(([emoji]) => emoji);
}

const acts = {
  async start({ baseUrl, user, password }) {
    const anonymous = createClient({ baseUrl });
    const signedIn = await anonymous.login("m.login.password", { identifier: { type: "m.id.user", user }, password });
    client = createClient({
      baseUrl,
      userId: signedIn.user_id,
      deviceId: signedIn.device_id,
      accessToken: signedIn.access_token,
      verificationMethods: ["m.sas.v1"],
      cryptoCallbacks: {
        getSecretStorageKey: async ({ keys }) => [Object.keys(keys)[0], secretStorageKey],
        cacheSecretStorageKey: (_id, _info, key) => {
          secretStorageKey = key;
        },
      },
    });
    await client.initRustCrypto({ useIndexedDB: false });
    client.on(CryptoEvent.VerificationRequestReceived, (request) => {
      requests.push(request);
      waiting.splice(0).forEach((wake) => wake(request));
    });
    await client.startClient({ initialSyncLimit: 20 });
    await until("the first sync", client, [ClientEvent.Sync], () => (client.isInitialSyncComplete() ? true : undefined));
    return { device: client.getDeviceId() };
  },

  /** A new account: an identity, a recovery and a backup. Answers the recovery key. */
  async setUp({ password }) {
    const crypto = client.getCrypto();
    const key = await crypto.createRecoveryKeyFromPassphrase();
    await crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: byPassword(password) });
    await crypto.bootstrapSecretStorage({ createSecretStorageKey: async () => key, setupNewKeyBackup: true });
    return { code: key.encodedPrivateKey };
  },

  /** A further device is let in by the recovery code, and reads the backup. */
  async recover({ code }) {
    secretStorageKey = decodeRecoveryKey(code);
    const crypto = client.getCrypto();
    // The private keys are only taken once the public ones are known.
    await crypto.userHasCrossSigningKeys(client.getUserId(), true);
    await crypto.bootstrapCrossSigning({});
    await crypto.loadSessionBackupPrivateKeyFromSecretStorage();
    await crypto.checkKeyBackupAndEnable();
    const { imported } = await crypto.restoreKeyBackup();
    return { imported };
  },

  /** A new identity and a new recovery in place of the old ones. */
  async reset({ password }) {
    await client.getCrypto().resetEncryption(byPassword(password));
    return acts.setUp({ password });
  },

  async createRoom({ invite }) {
    const encryption = { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } };
    const { room_id: room } = await client.createRoom({ invite, preset: "private_chat", initial_state: [encryption] });
    return { room };
  },

  async join({ room }) {
    await client.joinRoom(room);
    await until("the room", client, [ClientEvent.Room, RoomEvent.MyMembership], () =>
      client.getRoom(room)?.getMyMembership() === "join" ? true : undefined,
    );
    return {};
  },

  async members({ room, joined }) {
    await until("the members", client, [ClientEvent.Event], () => {
      const members = client.getRoom(room)?.getJoinedMembers().map(({ userId }) => userId) ?? [];
      return joined.every((user) => members.includes(user)) ? true : undefined;
    });
    return {};
  },

  async send({ room, text }) {
    const { event_id: event } = await client.sendTextMessage(room, text);
    return { event };
  },

  /** Waits until a text is read in a room; tells how its sender is trusted. */
  async read({ room, text }) {
    const event = await until(`"${text}"`, client, [RoomEvent.Timeline, MatrixEventEvent.Decrypted], () =>
      eventsOf(room).find((event) => textOf(event) === text),
    );
    const { shieldColour } = (await client.getCrypto().getEncryptionInfoForEvent(event)) ?? {};
    return { sender: event.getSender(), encrypted: event.isEncrypted(), shield: shieldColour ?? null };
  },

  /** What of a room cannot be read, and why. */
  async unread({ room }) {
    const failed = eventsOf(room).filter((event) => event.isDecryptionFailure());
    return { reasons: failed.map((event) => event.decryptionFailureReason) };
  },

  /** Asks another user, in a room, to verify each other; answers the emojis. */
  async verifyUser({ room, user }) {
    return { emojis: await agree(await client.getCrypto().requestVerificationDM(user, room)) };
  },

  /** Accepts the request that comes; answers the emojis. */
  async accept() {
    const request = requests.pop() ?? (await soon("a request", (resolve) => waiting.push(resolve)));
    await request.accept();
    const verifier = await until("the other to start", request, [VerificationRequestEvent.Change], () => request.verifier ?? undefined);
    sas = { request, shown: await show(verifier) };
    return { emojis: sas.shown.sas.emoji.map(([emoji]) => emoji) };
  },

  async confirm() {
    const { request, shown } = sas;
    await shown.confirm();
    await until("the other to confirm", request, [VerificationRequestEvent.Change], () =>
      request.phase === VerificationPhase.Done ? true : undefined,
    );
    return {};
  },

  /** Waits until a user is verified: what was signed is asked for again before. */
  async trusts({ user }) {
    for (;;) {
      const changed = soon("the trust", (resolve) => client.once(CryptoEvent.UserTrustStatusChanged, resolve));
      const status = await client.getCrypto().getUserVerificationStatus(user);
      if (status.isCrossSigningVerified()) {
        changed.catch(() => {});
        return { verified: true };
      }
      await changed;
    }
  },

  async stop() {
    client?.stopClient();
    return {};
  },
};

function answer(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, act, ...args } = JSON.parse(line);
  Promise.resolve()
    .then(() => acts[act](args))
    .then(
      (result) => answer({ id, result }),
      (error) => answer({ id, error: String(error?.stack ?? error) }),
    );
}
process.exit(0);
