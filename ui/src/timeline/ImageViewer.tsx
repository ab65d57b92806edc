import { type KeyboardEvent, useEffect, useRef, useState, type WheelEvent } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";

import { useLocale, useText } from "../i18n/text";
import type { MediaInfo } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconButton } from "../kit/IconButton";
import { IconClose, IconMinus, IconPlus, IconRetry, IconSave } from "../kit/icons";
import { Spinner } from "../kit/Spinner";
import { usePicture } from "./ImageBody";
import styles from "./ImageViewer.module.css";
import { saveMedia } from "./saveMedia";
import { wordSize } from "./wordSize";

const steps = [0.1, 0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4, 6, 8];

/** The next zoom in a direction, from any zoom. */
export function nextZoom(zoom: number, direction: 1 | -1): number {
  return (direction > 0 ? steps.find((step) => step > zoom + 0.001) : steps.findLast((step) => step < zoom - 0.001)) ?? zoom;
}

/** A picture over the whole window: as large as it fits, or as one likes. */
export function ImageViewer({ media, sender, onClose }: { media: MediaInfo; sender: string; onClose: () => void }) {
  const text = useText();
  const locale = useLocale();
  const picture = usePicture(media.id);
  const zoomed = useZoom();
  const facts = [sender, media.size !== null ? wordSize(text, locale, media.size) : null].filter(Boolean).join(" · ");
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "+" || event.key === "=") zoomed.step(1);
    else if (event.key === "-") zoomed.step(-1);
    else if (event.key === "0") zoomed.fit();
    else return;
    event.preventDefault();
  };
  return (
    <ModalOverlay isOpen onOpenChange={(open) => (open ? undefined : onClose())} isDismissable className={styles.veil ?? ""}>
      <Modal className={styles.modal ?? ""}>
        <Dialog className={styles.dialog ?? ""}>
          <header className={styles.head}>
            <div className={styles.title}>
              <Heading slot="title" level={2}>
                <bdi>{media.name}</bdi>
              </Heading>
              <p>{facts}</p>
            </div>
            <IconButton label={text("viewer-zoom-out")} icon={<IconMinus />} onPress={() => zoomed.step(-1)} />
            <span className={styles.zoom}>{zoomed.zoom === null ? null : text("viewer-zoom", { zoom: Math.round(zoomed.zoom * 100) })}</span>
            <Button size="small" tone="quiet" onPress={zoomed.toggle}>
              {text(zoomed.zoom === null ? "viewer-actual" : "viewer-fit")}
            </Button>
            <IconButton label={text("viewer-zoom-in")} icon={<IconPlus />} onPress={() => zoomed.step(1)} />
            <IconButton label={text("media-save-label", { name: media.name })} icon={<IconSave />} onPress={() => void saveMedia(text, media)} />
            <IconButton label={text("close")} icon={<IconClose />} onPress={onClose} autoFocus />
          </header>
          <div
            ref={zoomed.scroller}
            className={styles.scroller}
            onWheel={zoomed.onWheel}
            onKeyDown={onKeyDown}
            tabIndex={0}
            role="group"
            aria-label={text("media-image", { name: media.name })}
          >
            {picture.broken ? (
              <Button icon={<IconRetry size={16} />} onPress={picture.retry}>
                {text("media-image-failed")}
              </Button>
            ) : (
              <img
                key={picture.attempt}
                ref={zoomed.image}
                src={picture.src}
                alt={text("media-image", { name: media.name })}
                draggable={false}
                data-fit={zoomed.zoom === null || undefined}
                style={zoomed.zoom === null ? undefined : { width: `${zoomed.natural * zoomed.zoom}px` }}
                onLoad={picture.onLoad}
                onError={picture.onError}
                onDoubleClick={zoomed.toggle}
              />
            )}
            {picture.loaded || picture.broken ? null : (
              <span className={styles.wait}>
                <Spinner size={32} label={text("media-loading", { name: media.name })} />
              </span>
            )}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** `null` is as large as fits. */
function useZoom() {
  const [zoom, setZoom] = useState<number | null>(null);
  const image = useRef<HTMLImageElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const natural = image.current?.naturalWidth ?? 0;
  const shown = () => zoom ?? (natural > 0 ? (image.current?.clientWidth ?? natural) / natural : 1);
  // What is in the middle stays in the middle.
  const middle = useRef<{ x: number; y: number } | null>(null);
  useEffect(() => {
    const box = scroller.current;
    if (!box || !middle.current) return;
    box.scrollTo(middle.current.x * box.scrollWidth - box.clientWidth / 2, middle.current.y * box.scrollHeight - box.clientHeight / 2);
    middle.current = null;
  }, [zoom]);
  const change = (next: number | null) => {
    const box = scroller.current;
    if (box) {
      middle.current = {
        x: (box.scrollLeft + box.clientWidth / 2) / Math.max(1, box.scrollWidth),
        y: (box.scrollTop + box.clientHeight / 2) / Math.max(1, box.scrollHeight),
      };
    }
    setZoom(next);
  };
  return {
    zoom,
    natural,
    image,
    scroller,
    step: (direction: 1 | -1) => change(nextZoom(shown(), direction)),
    fit: () => change(null),
    toggle: () => change(zoom === null ? 1 : null),
    onWheel: (event: WheelEvent) => {
      if (event.ctrlKey && event.deltaY !== 0) change(nextZoom(shown(), event.deltaY < 0 ? 1 : -1));
    },
  };
}
