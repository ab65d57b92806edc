//! The keys: the one place where they are told. The schema, the templates and the page for IT are
//! made from here.

use std::collections::BTreeMap;

use crate::{
    choice::{Language, LogLevel, LoginMethod, NotificationContent, RoomKind, Timer, UpdateMode},
    kind::{
        Form::{Address, Domain, FileType, Line, Path, Proxy, Server},
        Item::{Choice, Text},
        Kind::{List, Number, One, Table, Truth},
    },
};

policy! {
    Servers {
        Servers servers: BTreeMap<String, String> = BTreeMap::new(), Table(Text(Server), Text(Line));
        fr "Serveurs de messagerie"
           "Les serveurs proposés à la connexion : le nom de chacun, et le libellé sous lequel il est montré."
        en "Servers"
           "The servers offered when signing in: the name of each, and the label under which it is shown."

        EmailDomains email_domains: BTreeMap<String, String> = BTreeMap::new(), Table(Text(Domain), Text(Server));
        fr "Serveur de chaque domaine de courriel"
           "Pour le domaine d’une adresse de courriel, le serveur où se trouve le compte, si les serveurs de Servers ne le disent pas eux-mêmes. Les autres domaines se trouvent par leur propre nom."
        en "Server of each e-mail domain"
           "For the domain of an e-mail address, the server on which the account is, where the servers in Servers do not tell it themselves. Other domains are found by their own name."

        GuestServers guest_servers: Vec<String> = Vec::new(), List(Text(Server));
        fr "Serveurs des externes"
           "Les serveurs dont les comptes sont ceux de personnes externes. Il est permis de s’y connecter."
        en "Servers of guests"
           "The servers whose accounts are those of guests. Signing in there is allowed."

        OtherServersAllowed other_servers_allowed: bool = true, Truth;
        fr "Autoriser d’autres serveurs"
           "Permet de se connecter à un serveur qui n’est ni dans Servers, ni dans EmailDomains, ni dans GuestServers. Sinon Pli refuse de le contacter, et si aucune de ces listes ne nomme de serveur, nul ne peut se connecter."
        en "Allow other servers"
           "Allows signing in to a server that is in none of Servers, EmailDomains and GuestServers. Otherwise Pli refuses to contact it, and where none of these lists names a server, nobody can sign in."

        LoginMethods login_methods: Vec<LoginMethod> =
            vec![LoginMethod::Password, LoginMethod::Sso, LoginMethod::OAuth],
            List(Choice(LoginMethod::CHOICES));
        fr "Moyens de connexion"
           "Les moyens de connexion permis. Cette version connaît le mot de passe et l’authentification unique."
        en "Ways to sign in"
           "The ways to sign in that are allowed. This version knows the password and single sign-on."
    }

    Network {
        ProxyUrl proxy_url: String = String::new(), One(Text(Proxy));
        fr "Serveur mandataire"
           "Le serveur mandataire par lequel passe tout ce que Pli envoie. Sans lui, les réglages du système valent."
        en "Proxy"
           "The proxy by which goes all that Pli sends. Without it, the settings of the system hold."

        ExtraAuthorities extra_authorities: Vec<String> = Vec::new(), List(Text(Path));
        fr "Autorités de certification supplémentaires"
           "Des fichiers PEM d’autorités auxquelles Pli se fie en plus de celles du système. Seul un administrateur doit pouvoir y écrire."
        en "Further certificate authorities"
           "PEM files of authorities that Pli trusts besides those of the system. Only an administrator should be able to write to them."
    }

    Device {
        Language language: Language = Language::System, One(Choice(Language::CHOICES));
        fr "Langue"
           "La langue de Pli."
        en "Language"
           "The language of Pli."
        , own true

        NotificationContent notification_content: NotificationContent = NotificationContent::Full,
            One(Choice(NotificationContent::CHOICES));
        fr "Contenu des notifications"
           "Ce qu’une notification montre d’un message."
        en "Content of notifications"
           "What a notification shows of a message."
        , own true

        CloseToTray close_to_tray: bool = true, Truth;
        fr "Rester en marche fenêtre fermée"
           "Fermer la fenêtre laisse Pli dans la zone de notification."
        en "Keep running with the window closed"
           "Closing the window leaves Pli in the notification area."
        , awaits "une icône dans la zone de notification" "an icon in the notification area"

        Autostart autostart: bool = false, Truth;
        fr "Démarrer avec la session"
           "Pli démarre à l’ouverture de la session de l’utilisateur."
        en "Start with the session"
           "Pli starts when the user’s session is opened."
        , awaits "un démarrage automatique" "an automatic start"

        ThemeFolder theme_folder: String = String::new(), One(Text(Path));
        fr "Dossier du thème"
           "Le dossier des couleurs et du nom de l’organisation."
        en "Folder of the theme"
           "The folder with the colours and the name of the organisation."
        , awaits "un thème de l’organisation" "a theme of the organisation"
    }

    Protection {
        IdleLockMinutes idle_lock_minutes: u32 = 0, Number { least: 0, most: 1440 };
        fr "Verrouillage après inactivité"
           "Les minutes d’inactivité après lesquelles Pli se verrouille ; 0 : jamais."
        en "Lock when idle"
           "After how many idle minutes Pli locks itself; 0: never."
        , awaits "un verrouillage" "a lock"

        RequireRecovery require_recovery: bool = true, Truth;
        fr "Exiger la récupération"
           "La première connexion n’est achevée qu’une fois la récupération des messages établie. Cette version l’exige toujours."
        en "Require recovery"
           "The first sign-in is finished only once the recovery of messages is set up. This version always requires it."
        , awaits "un moyen de remettre la récupération à plus tard" "a way to put off recovery"

        RequireVerification require_verification: bool = false, Truth;
        fr "Exiger la vérification"
           "Les messages ne vont qu’aux personnes que l’utilisateur a vérifiées."
        en "Require verification"
           "Messages go only to people whom the user has verified."
        , awaits "un envoi réservé aux personnes vérifiées" "sending to verified people alone"

        AntivirusEnabled antivirus_enabled: bool = false, Truth;
        fr "Analyse antivirus des fichiers"
           "Rien n’est montré ni enregistré d’un fichier avant que l’antivirus ne l’ait jugé sain."
        en "Scan files for viruses"
           "Nothing of a file is shown or saved before the antivirus has found it clean."
        , awaits "une analyse antivirus" "a virus scan"

        AntivirusUrl antivirus_url: String = String::new(), One(Text(Address));
        fr "Adresse de l’antivirus"
           "Où se trouve l’analyse ; sans elle, sur le serveur de messagerie."
        en "Address of the antivirus"
           "Where the scanner is; without it, on the server of the messaging."
        , awaits "une analyse antivirus" "a virus scan"
    }

    Messages {
        RetentionDays retention_days: u32 = 0, Number { least: 0, most: 3650 };
        fr "Conservation sur ce poste"
           "Les jours après lesquels tout message est effacé de ce poste, quoi qu’en dise le salon ; 0 : sans limite."
        en "Retention on this device"
           "The days after which each message is erased from this computer, whatever the room says; 0: without a limit."

        TimersAllowed timers_allowed: Vec<Timer> =
            vec![Timer::Off, Timer::Hour, Timer::Day, Timer::Week, Timer::Month, Timer::Own],
            List(Choice(Timer::CHOICES));
        fr "Durées de vie permises"
           "Les durées de vie qu’un utilisateur peut donner aux messages."
        en "Lifetimes allowed"
           "The lifetimes that a user may give to messages."

        DefaultTimers default_timers: BTreeMap<RoomKind, Timer> = BTreeMap::new(),
            Table(Choice(RoomKind::CHOICES), Choice(Timer::FIXED));
        fr "Durée de vie par défaut"
           "Pour chaque sorte de salon, la durée de vie des messages d’un nouveau salon."
        en "Default lifetime"
           "For each kind of room, the lifetime of the messages of a new room."
    }

    Files {
        UploadLimitMegabytes upload_limit_megabytes: u32 = 0, Number { least: 0, most: 10_240 };
        fr "Taille maximale d’un fichier envoyé"
           "En mégaoctets (1 000 000 octets) ; 0 : celle du serveur, qui vaut toujours si elle est moindre."
        en "Largest file that may be sent"
           "In megabytes (1,000,000 bytes); 0: that of the server, which always holds where it is smaller."

        BlockedFileTypes blocked_file_types: Vec<String> = Vec::new(), List(Text(FileType));
        fr "Types de fichiers interdits"
           "Les extensions des fichiers que Pli n’envoie ni n’enregistre, dans n’importe quelle casse."
        en "File types that are blocked"
           "The extensions of files that Pli neither sends nor saves, in any case."

        OpenableFileTypes openable_file_types: Vec<String> = [
            "csv", "docx", "jpeg", "jpg", "odp", "ods", "odt", "pdf", "png", "pptx", "txt", "xlsx",
        ].map(str::to_owned).to_vec(), List(Text(FileType));
        fr "Types de fichiers ouvrables"
           "Les extensions des fichiers que Pli propose d’ouvrir dans une autre application."
        en "File types that may be opened"
           "The extensions of files that Pli offers to open in another application."
        , awaits "une ouverture des fichiers dans une autre application" "opening files in another application"

        DownloadFolder download_folder: String = String::new(), One(Text(Path));
        fr "Dossier d’enregistrement"
           "Le dossier où l’enregistrement d’un fichier commence ; sans lui, celui du système."
        en "Download folder"
           "The folder in which saving a file begins; without it, that of the system."
    }

    Support {
        SupportContact support_contact: String = String::new(), One(Text(Line));
        fr "Contact de l’assistance"
           "Un numéro ou une adresse, montré à la connexion et dans « À propos »."
        en "Contact of the helpdesk"
           "A number or an address, shown when signing in and under “About”."

        HelpUrl help_url: String = String::new(), One(Text(Address));
        fr "Page d’aide"
           "L’adresse de la page d’aide de l’organisation."
        en "Help page"
           "The address of the organisation’s help page."
        , awaits "un menu d’aide" "a help menu"

        StatusUrl status_url: String = String::new(), One(Text(Address));
        fr "Page d’état du service"
           "L’adresse de la page qui dit si le service fonctionne."
        en "Status page"
           "The address of the page that says whether the service works."
        , awaits "un menu d’aide" "a help menu"

        CallsUrl calls_url: String = String::new(), One(Text(Address));
        fr "Service de visioconférence"
           "L’adresse du service par lequel passent les appels."
        en "Calls"
           "The address of the service by which calls are made."
        , awaits "des appels" "calls"

        UpdateMode update_mode: UpdateMode = UpdateMode::Off, One(Choice(UpdateMode::CHOICES));
        fr "Mises à jour"
           "Comment Pli est mis à jour."
        en "Updates"
           "How Pli is brought up to date."
        , awaits "des mises à jour par Pli" "updates by Pli itself"

        UpdateUrl update_url: String = String::new(), One(Text(Address));
        fr "Adresse des mises à jour"
           "D’où viennent les nouvelles versions."
        en "Address of updates"
           "Where new versions come from."
        , awaits "des mises à jour par Pli" "updates by Pli itself"

        LogLevel log_level: LogLevel = LogLevel::Debug, One(Choice(LogLevel::CHOICES));
        fr "Niveau du journal"
           "Ce que Pli écrit dans son journal, dont les noms et les textes sont toujours absents."
        en "Level of the log"
           "What Pli writes to its log, which never holds names or texts."

        LogExport log_export: bool = true, Truth;
        fr "Autoriser l’export du journal"
           "L’utilisateur peut enregistrer le journal pour l’assistance."
        en "Allow exporting the log"
           "The user may save the log for the helpdesk."
        , awaits "un export du journal" "an export of the log"
    }
}
