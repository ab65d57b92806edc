import { copyText } from "../errors/copyText";
import { useText } from "../i18n/text";
import type { EventBody } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { classes } from "../kit/classes";
import { IconCheck, IconPlace } from "../kit/icons";
import { toast } from "../kit/Toasts";
import styles from "./Media.module.css";

type BodyOf<K extends EventBody["kind"]> = Extract<EventBody, { kind: K }>;

/** "48,0065, 2,7430" of a `geo:` URI (RFC 5870); nothing else of it is shown. */
export function coordinates(geoUri: string): string | null {
  const found = /^geo:(-?\d{1,3}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)/.exec(geoUri);
  return found ? `${found[1]}, ${found[2]}` : null;
}

/** No map: it would tell a server where one looks. */
export function LocationBody({ body }: { body: BodyOf<"location"> }) {
  const text = useText();
  const place = coordinates(body.geoUri);
  const copy = (value: string) =>
    void copyText(value).then((copied) => {
      toast({ tone: copied ? "safe" : "alarm", text: text(copied ? "action-copied" : "action-copy-failed") });
    });
  return (
    <div className={styles.card}>
      <span className={styles.sign}>
        <IconPlace />
      </span>
      <div className={styles.words}>
        <bdi className={styles.name}>{body.description || text("location")}</bdi>
        {place ? <p className={styles.facts}>{place}</p> : null}
      </div>
      {place ? (
        <Button excludeFromTabOrder tone="quiet" size="small" aria-label={text("location-copy")} onPress={() => copy(place)}>
          {text("copy")}
        </Button>
      ) : null}
    </div>
  );
}

export function PollBody({ body }: { body: BodyOf<"poll"> }) {
  const text = useText();
  const total = body.answers.reduce((sum, answer) => sum + (answer.votes ?? 0), 0);
  return (
    <div className={styles.poll}>
      <div>
        <p className={styles.question} dir="auto">
          {body.question}
        </p>
        <p className={styles.facts}>{text(body.ended ? "poll-ended" : "poll-open")}</p>
      </div>
      <ul className={styles.answers}>
        {body.answers.map((answer, i) => (
          <li key={i} className={classes(styles.answer, answer.own && styles.answerOwn)}>
            {answer.votes !== null && total > 0 ? <span aria-hidden className={styles.share} style={{ width: `${(answer.votes / total) * 100}%` }} /> : null}
            <span className={styles.choice}>
              {answer.own ? <IconCheck size={14} label={text("poll-own")} /> : null}
              <bdi>{answer.text}</bdi>
            </span>
            {answer.votes !== null ? <span className={styles.facts}>{text("poll-votes", { count: answer.votes })}</span> : null}
          </li>
        ))}
      </ul>
      {body.disclosed || body.ended ? null : <p className={styles.facts}>{text("poll-hidden")}</p>}
    </div>
  );
}
