import type { PolicyInForce, PolicyOnScreen, PolicyRule, PolicySource, PolicyValue, PolicyWords } from "../bindings";
import type { Handlers } from "./session";
import type { World } from "./world";

const free: PolicyOnScreen = { servers: [], otherServers: true, forced: [], supportContact: null };

const bound: PolicyOnScreen = {
  servers: [
    { name: "armees.example", label: "Ministère des Armées" },
    { name: "interieur.example", label: "Ministère de l’Intérieur" },
  ],
  otherServers: false,
  forced: ["language", "notificationContent"],
  supportContact: "01 80 15 00 00, tous les jours",
};

const servers: PolicyWords = { fr: "Serveurs et connexion", en: "Servers and signing in" };
const device: PolicyWords = { fr: "Poste de travail", en: "The computer" };
const protection: PolicyWords = { fr: "Protection", en: "Protection" };
const files: PolicyWords = { fr: "Fichiers", en: "Files" };

function rule(chapter: PolicyWords, key: string, fr: string, en: string, value: PolicyValue, source: PolicySource = "default"): PolicyRule {
  return { key, title: { fr, en }, chapter, value, source, ignored: [], pending: false };
}

const lines = (...all: string[]): PolicyValue => ({ kind: "lines", lines: all });
const truth = (on: boolean): PolicyValue => ({ kind: "truth", on });
const text = (of: string): PolicyValue => ({ kind: "text", text: of });
const choice = (of: string, fr: string, en: string): PolicyValue => ({ kind: "choice", text: of, means: { fr, en } });

/** A few of the keys, in every state that a key can have. */
function rules(forced: boolean): PolicyRule[] {
  const machine = forced ? "machine" : "default";
  return [
    rule(
      servers, "Servers", "Serveurs de messagerie", "Servers",
      forced ? lines("armees.example → Ministère des Armées", "interieur.example → Ministère de l’Intérieur") : lines(), machine,
    ),
    rule(servers, "OtherServersAllowed", "Autoriser d’autres serveurs", "Allow other servers", truth(!forced), machine),
    rule(
      device, "Language", "Langue", "Language",
      forced ? choice("fr", "français", "French") : choice("system", "celle du système", "that of the system"), forced ? "user" : "default",
    ),
    rule(
      device, "NotificationContent", "Contenu des notifications", "Content of notifications",
      choice("sender", "l’expéditeur seul", "the sender alone"), forced ? "machine" : "own",
    ),
    {
      ...rule(protection, "IdleLockMinutes", "Verrouillage après inactivité", "Lock when idle", text(forced ? "15" : "0"), machine),
      pending: true,
    },
    {
      ...rule(files, "UploadLimitMegabytes", "Taille maximale d’un fichier envoyé", "Largest file that may be sent", text("0")),
      ignored: forced ? [{ source: "machine", problem: "outOfRange" }] : [],
    },
    rule(files, "BlockedFileTypes", "Types de fichiers interdits", "File types that are blocked", forced ? lines("exe", "js") : lines(), forced ? "recommended" : "default"),
    rule(files, "DownloadFolder", "Dossier d’enregistrement", "Download folder", text("")),
  ];
}

/** `policy=on` of the address: an organisation that decides. */
export function policyCommands(world: World): Pick<Handlers, "policy_in_force" | "policy_on_screen"> {
  const forced = world.knobs.get("policy") === "on";
  if (forced) world.settings = { ...world.settings, notificationContent: "sender" };
  const inForce: PolicyInForce = {
    rules: rules(forced),
    unknown: forced ? [{ name: "Wallpaper", source: "machine" }] : [],
    refusals: forced ? [{ place: "/etc/pli/policies/managed/90-bureau.json", reason: "writable" }] : [],
  };
  return {
    policy_in_force: () => inForce,
    policy_on_screen: () => (world.knobs.get("policy") === "open" ? { ...bound, otherServers: true } : forced ? bound : free),
  };
}
