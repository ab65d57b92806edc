import type { ReactNode } from "react";

import styles from "./icons.module.css";

export interface IconProps {
  /** Pixels. */
  size?: number;
  className?: string | undefined;
  /** Spoken; without it the icon is decoration. */
  label?: string;
}

function icon(...paths: string[]) {
  return function Icon({ size = 18, className, label }: IconProps): ReactNode {
    return (
      <svg
        viewBox="0 0 24 24"
        width={size}
        height={size}
        className={className ? `${styles.icon} ${className}` : styles.icon}
        focusable="false"
        {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
      >
        {paths.map((d) => (
          <path key={d} d={d} />
        ))}
      </svg>
    );
  };
}

const circle = (cx: number, cy: number, r: number) =>
  `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;

export const IconLock = icon("M7 11h10a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2z", "M8 11V8a4 4 0 0 1 8 0v3");
export const IconUnlock = icon("M7 11h10a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2z", "M8 11V8a4 4 0 0 1 7.6-1.7");
export const IconPerson = icon(circle(12, 8, 4), "M4.500 20.500c.8-4 3.800-6.200 7.500-6.200s6.700 2.200 7.500 6.200");
export const IconPeople = icon(circle(9, 8, 3.5), "M2.500 20c.6-4 3.300-6 6.500-6s5.900 2 6.500 6", "M16 4.800a3.500 3.500 0 0 1 0 6.400", "M18 14.500c2 .8 3.200 2.600 3.500 5.500");
export const IconPersonAdd = icon(circle(10, 8, 3.5), "M3.500 20c.6-4 3.300-6 6.500-6s5.900 2 6.500 6", "M19 6v6M16 9h6");
export const IconGuest = icon(circle(10, 8, 3.5), "M3.500 20c.6-4 3.300-6 6.500-6 1.800 0 3.400.6 4.600 1.800", "M15.500 8H21M18.500 5.500 21 8l-2.500 2.500");
export const IconGlobe = icon(circle(12, 12, 8.5), "M3.500 12h17", "M12 3.500c5 5 5 12 0 17", "M12 3.500c-5 5-5 12 0 17");
export const IconClock = icon(circle(12, 12, 8.5), "M12 7.500V12l3 2");
export const IconTimer = icon(circle(12, 13.5, 7), "M12 9.500v4l2.500 1.500", "M9.500 3.500h5M12 3.500v3");
export const IconFind = icon(circle(11, 11, 6.5), "m16 16 4.500 4.500");
export const IconPlus = icon("M12 5v14M5 12h14");
export const IconMinus = icon("M5 12h14");
export const IconFile = icon("M6 3h8l4 4v14H6z", "M14 3v4h4");
export const IconClip = icon("m20 11-8.500 8.500a5 5 0 0 1-7-7L13 4a3.300 3.300 0 0 1 4.700 4.700L9.500 17a1.700 1.700 0 0 1-2.400-2.400l7.400-7.500");
export const IconSmile = icon(circle(12, 12, 8.5), "M8.500 14.500c2 2.500 5 2.500 7 0", "M9 9.500v.1M15 9.500v.1");
export const IconAt = icon(circle(12, 12, 3.5), "M15.500 8.500v4.500a2.500 2.500 0 0 0 5 0V12a8.500 8.500 0 1 0-3.400 6.800");
export const IconSend = icon("M4 12 20 4l-5 16-4-7z");
export const IconCheck = icon("m5 13 4 4L19 7");
export const IconGear = icon(circle(12, 12, 3.2), "M12 3v2.600M12 18.400V21M3 12h2.600M18.400 12H21M5.640 5.640l1.840 1.840M16.520 16.520l1.840 1.840M5.640 18.360l1.840-1.840M16.520 7.480l1.840-1.840");
export const IconDevices = icon("M5 5h12a1.500 1.500 0 0 1 1.500 1.500V9M3.500 15V6.500A1.500 1.500 0 0 1 5 5M2.500 18.500h9.500", "M16 11h4a1 1 0 0 1 1 1v6.500a1 1 0 0 1-1 1h-4a1 1 0 0 1-1-1V12a1 1 0 0 1 1-1z");
export const IconKey = icon(circle(8, 15, 4), "m11 12 8-8", "M16 7l3 3");
export const IconSide = icon("M5.500 5h13a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z", "M14.500 5v14");
export const IconBadge = icon("M6 7h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2z", "M9 7V4h6v3", "M7.500 15.500c.5-2 3.500-2 4 0M9.500 11.500v.1M14 12h3M14 15h3");
export const IconRules = icon("M11 6h9M11 12h9M11 18h9", "m3.500 6 1.500 1.500 3-3M3.500 12 5 13.500l3-3M3.500 18 5 19.500l3-3");
export const IconClose = icon("m6 6 12 12M18 6 6 18");
export const IconMore = icon(circle(5.5, 12, 0.6), circle(12, 12, 0.6), circle(18.5, 12, 0.6));
export const IconChevronDown = icon("m6 9 6 6 6-6");
export const IconChevronUp = icon("m6 15 6-6 6 6");
export const IconChevronRight = icon("m9 6 6 6-6 6");
export const IconChevronLeft = icon("m15 6-6 6 6 6");
export const IconArrowDown = icon("M12 5v14M6 13l6 6 6-6");
export const IconArrowUp = icon("M12 19V5M6 11l6-6 6 6");
export const IconStar = icon("m12 4 2.400 5 5.600.7-4.100 3.800 1.100 5.500-5-2.700-5 2.700 1.100-5.500L4 9.700 9.600 9z");
export const IconBell = icon("M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 1.500h-15z", "M10 20.500c1 .8 3 .8 4 0");
export const IconBellOff = icon("M8 6.500A6 6 0 0 1 18 11v5M6 10v6.500L4.500 18H16", "M10 20.500c1 .8 3 .8 4 0", "m4 4 16 16");
export const IconReply = icon("M10 6 4.500 11.500 10 17", "M5 11.500h8c4 0 6.500 2.500 6.500 6.500");
export const IconEdit = icon("M4.500 19.500 5.600 15 16 4.600l3.400 3.400L9 18.400z", "m13.500 7 3.500 3.500");
export const IconTrash = icon("M5 7h14M10 7V4.500h4V7M7 7l.8 12.500h8.400L17 7M10.500 10.500v6M13.500 10.500v6");
export const IconCopy = icon("M9 8.500h9.500a1 1 0 0 1 1 1V19a1 1 0 0 1-1 1H9a1 1 0 0 1-1-1V9.500a1 1 0 0 1 1-1z", "M5.500 15.500h-1V5a1 1 0 0 1 1-1H15v1");
export const IconPrint = icon("M7 9V4h10v5M7 17H4.500V9.500h15V17H17M7 14h10v6H7z");
export const IconSave = icon("M12 4v11M7 10.500l5 5 5-5", "M5 19.500h14");
export const IconImage = icon("M5.500 5h13a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z", "m4 17 5-5 4 4 2.500-2.500L20 18", "M15.500 9v.1");
export const IconCamera = icon("M4 8h3.500L9 5.500h6L16.500 8H20v11H4z", circle(12, 13, 3.5));
export const IconVideo = icon("M4 7h10.500v10H4z", "m14.500 10.500 5.500-3v9l-5.500-3");
export const IconMic = icon("M12 4a2.500 2.500 0 0 1 2.500 2.500v5a2.500 2.500 0 0 1-5 0v-5A2.500 2.500 0 0 1 12 4z", "M6 11.500a6 6 0 0 0 12 0M12 17.500V21");
export const IconPoll = icon("M6 20v-7M12 20V5M18 20v-10");
export const IconPlace = icon("M12 21c-4-4.500-6.500-7.800-6.500-11a6.500 6.500 0 0 1 13 0c0 3.200-2.500 6.500-6.500 11z", circle(12, 10, 2.3));
export const IconPhone = icon("M6 4h3.500l1.500 4-2 1.500a11 11 0 0 0 5 5L15.500 12.500l4 1.500v3.500a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z");
export const IconWarning = icon("M12 4.500 21 19.500H3z", "M12 10v4.500M12 17v.1");
export const IconInfo = icon(circle(12, 12, 8.5), "M12 11v5.500M12 7.500v.1");
export const IconHelp = icon(circle(12, 12, 8.5), "M9.500 9.500c.3-3.500 5.400-2.800 5 .2-.2 1.800-2.500 2-2.500 4M12 16.700v.1");
export const IconEye = icon("M2.500 12C5 7.500 8.300 5.500 12 5.500s7 2 9.500 6.500c-2.500 4.500-5.800 6.500-9.500 6.500S5 16.500 2.500 12z", circle(12, 12, 2.8));
export const IconEyeOff = icon("M6 7.500c-1.400 1-2.500 2.500-3.500 4.500 2.500 4.500 5.800 6.500 9.500 6.500 1.700 0 3.200-.4 4.700-1.200M10 5.700c.6-.1 1.300-.2 2-.2 3.700 0 7 2 9.500 6.500-.6 1.100-1.300 2.100-2 2.900", "m4 4 16 16");
export const IconLeave = icon("M14 4.500H6v15h8M10.500 12H21M17 8l4 4-4 4");
export const IconRetry = icon("M19.500 12a7.500 7.500 0 1 1-2.200-5.300L20 9.300", "M20 4.500v4.800h-4.800");
export const IconFlag = icon("M6 21V4.500c4-2 8 2 12.500 0V14c-4.500 2-8.500-2-12.500 0");
export const IconPin = icon("m14.500 4 5.500 5.500-2 .8-3 3-.5 4.200-8-8 4.200-.5 3-3zM9.500 14.500 4.500 19.500");
export const IconMail = icon("M5 6h14a1.500 1.500 0 0 1 1.500 1.500v9A1.500 1.500 0 0 1 19 18H5a1.500 1.500 0 0 1-1.500-1.500v-9A1.500 1.500 0 0 1 5 6z", "m4 7.500 8 6 8-6");
export const IconQuote = icon("M5 17c3 0 4-2 4-5V7H4v5h3M15 17c3 0 4-2 4-5V7h-5v5h3");
export const IconList = icon("M9 6.500h11M9 12h11M9 17.500h11M4.500 6.500v.01M4.500 12v.01M4.500 17.500v.01");
export const IconOrderedList = icon("M10 6.500h10M10 12h10M10 17.500h10M4 5l1.500-.8V9M4 14.500c1.800-1.300 3 .3 1.800 1.500L4 18.500h2.500");
export const IconCode = icon("m8 7-5 5 5 5M16 7l5 5-5 5");
export const IconCodeBlock = icon("M5.500 5h13a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z", "m9.500 9.500-2.500 2.500 2.500 2.500M14.500 9.500 17 12l-2.500 2.500");
export const IconBold = icon("M7.500 5H13a3.500 3.500 0 0 1 0 7H7.500zM7.500 12h6.500a3.500 3.500 0 0 1 0 7H7.500z");
export const IconItalic = icon("M10.500 5H17M7 19h6.500M14 5l-4 14");
export const IconFormat = icon("M2.500 18.500 8 5.500l5.500 13M4.600 14h6.800", circle(17.5, 15, 3.2), "M20.700 11.500v7");
export const IconStrike = icon("M16.500 7.500C16 5.500 14 4.800 12 4.800c-2.500 0-4.500 1.200-4.500 3.400 0 1.500 1 2.500 2.500 3M4 12h16M7.500 16c.5 2.200 2.500 3.200 4.700 3.200 2.600 0 4.500-1.300 4.500-3.500 0-.5-.1-1-.3-1.400");
export const IconLink = icon("M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1", "M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1");
export const IconOffline = icon("M7 18.500a4.500 4.500 0 0 1-.6-8.900M9.500 6.600A6 6 0 0 1 18 11a3.800 3.800 0 0 1 2.600 6.200M10.500 18.500H16", "m4 4 16 16");
export const IconCloud = icon("M7 18.500a4.500 4.500 0 0 1-.6-8.900A6 6 0 0 1 18 10.800a3.900 3.900 0 0 1-.8 7.700z");
export const IconKeyboard = icon("M4.500 7h15A1.500 1.500 0 0 1 21 8.500v7a1.500 1.500 0 0 1-1.500 1.500h-15A1.500 1.500 0 0 1 3 15.500v-7A1.500 1.500 0 0 1 4.500 7z", "M7 10.500v.01M10.300 10.500v.01M13.700 10.500v.01M17 10.500v.01M8 13.700h8");
export const IconThread = icon("M4 5h16v11h-9l-4.500 4v-4H4z", "M8 9h8M8 12h5");
export const IconShield = icon("M12 3.500 19 6v5.500c0 4.500-2.800 7.500-7 9-4.200-1.500-7-4.500-7-9V6z");
export const IconShieldCheck = icon("M12 3.500 19 6v5.500c0 4.500-2.800 7.500-7 9-4.200-1.500-7-4.500-7-9V6z", "m8.500 12 2.500 2.500 4.500-5");
export const IconBan = icon(circle(12, 12, 8.5), "m6 6 12 12");
export const IconCrown = icon("M4 18.500h16M4.500 15.500 3.500 7l5 4L12 5l3.500 6 5-4-1 8.500z");
export const IconSpark = icon("M12 4v4M12 16v4M4 12h4M16 12h4M6.500 6.500 9 9M15 15l2.500 2.500M6.500 17.500 9 15M15 9l2.500-2.500");
export const IconDraft = icon("M4 20h9", "M6 15.500 7 12l8.500-8.500 2.500 2.500L9.500 14.500z");
export const IconMarkUnread = icon("M4.500 7h9M4 7.500l8 6 3.500-2.600M20.500 11.500V17A1.500 1.500 0 0 1 19 18.500H5A1.500 1.500 0 0 1 3.500 17V8.500A1.500 1.500 0 0 1 5 7", circle(19, 6.5, 2.2));
export const IconPlay = icon("M8 5.500v13l10.500-6.500z");
export const IconVolume = icon("M4.500 9.500v5H8l4.500 4v-13L8 9.500z", "M16 9c1.500 1.700 1.500 4.300 0 6M18.500 6.500c3 3.200 3 7.800 0 11");
export const IconSmileAdd = icon("M20.300 10.500A8.500 8.500 0 1 1 13.500 3.600", "M8.500 14.500c2 2.500 5 2.500 7 0M9 9.500v.1M15 9.500v.1", "M19 2.500v6M16 5.500h6");
