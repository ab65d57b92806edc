import { Fragment, type KeyboardEvent, type ReactNode, useState } from "react";
import { Button } from "react-aria-components";

import { copyText } from "../errors/copyText";
import { toastError } from "../errors/wordError";
import { useText } from "../i18n/text";
import { asIpcError, call } from "../ipc/backend";
import type { MessageNode, TableRow } from "../ipc/bindings";
import { classes } from "../kit/classes";
import { namesOtherHost } from "./links";
import styles from "./MessageText.module.css";

type NodeOf<K extends MessageNode["kind"]> = Extract<MessageNode, { kind: K }>;

/** Sanitised message text: it comes as a tree, and is drawn as one. */
export function MessageText({ nodes }: { nodes: readonly MessageNode[] }) {
  return (
    <div className={styles.text} dir="auto">
      <Nodes nodes={nodes} />
    </div>
  );
}

export function Nodes({ nodes }: { nodes: readonly MessageNode[] }): ReactNode {
  return nodes.map((node, i) => (
    <Fragment key={i}>
      <Node node={node} />
    </Fragment>
  ));
}

function Node({ node }: { node: MessageNode }): ReactNode {
  switch (node.kind) {
    case "text":
      return node.text;
    case "break":
      return <br />;
    case "rule":
      return <hr />;
    case "code":
      return <code className={styles.code}>{node.text}</code>;
    case "codeBlock":
      return <CodeBlock node={node} />;
    case "list":
      return <List node={node} />;
    case "table":
      return <Table rows={node.rows} />;
    case "link":
      return <Link node={node} />;
    case "mention":
      return (
        <bdi className={classes(styles.mention, node.own && styles.own)} title={node.userId}>
          @{node.name}
        </bdi>
      );
    case "roomMention":
      return <span className={classes(styles.mention, styles.own)}>@room</span>;
    case "spoiler":
      return <Spoiler node={node} />;
    default:
      return <Wrapped node={node} />;
  }
}

const tags = {
  paragraph: "p",
  strong: "strong",
  emphasis: "em",
  underline: "u",
  strike: "s",
  superscript: "sup",
  subscript: "sub",
  quote: "blockquote",
  // A heading of a message is none of the window.
  heading: "p",
} as const;

function Wrapped({ node }: { node: NodeOf<keyof typeof tags> }) {
  const Tag = tags[node.kind];
  const level = node.kind === "heading" ? Math.min(3, Math.max(1, node.level)) : undefined;
  return (
    <Tag className={level ? styles.heading : undefined} data-level={level}>
      <Nodes nodes={node.children} />
    </Tag>
  );
}

/** Opened by the shell, which knows where it leads: there is no address in the page to be dragged or followed. */
function Link({ node }: { node: NodeOf<"link"> }) {
  const text = useText();
  const open = () => {
    call("link_open", { id: node.id }).catch((thrown: unknown) => toastError(text, asIpcError(thrown), text("link-failed")));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    open();
  };
  return (
    <>
      <span role="link" tabIndex={-1} className={styles.link} title={text("link-opens", { host: node.host })} onClick={open} onKeyDown={onKeyDown}>
        <Nodes nodes={node.children} />
      </span>
      {namesOtherHost(node.children, node.host) ? <bdi className={styles.host}> ({node.host})</bdi> : null}
    </>
  );
}

function Spoiler({ node }: { node: NodeOf<"spoiler"> }) {
  const text = useText();
  const [shown, setShown] = useState(false);
  if (shown) {
    return (
      <span className={styles.spoilerShown}>
        <Nodes nodes={node.children} />
      </span>
    );
  }
  return (
    <Button excludeFromTabOrder className={styles.spoiler ?? ""} onPress={() => setShown(true)}>
      {node.reason ? text("spoiler-of", { reason: node.reason }) : text("spoiler")}
    </Button>
  );
}

function CodeBlock({ node }: { node: NodeOf<"codeBlock"> }) {
  const text = useText();
  const [copied, setCopied] = useState(false);
  return (
    <div className={styles.block}>
      <div className={styles.blockHead}>
        <span>{node.language ?? ""}</span>
        <Button excludeFromTabOrder className={styles.copy ?? ""} onPress={() => void copyText(node.text).then(setCopied)}>
          {text(copied ? "copied" : "copy")}
        </Button>
      </div>
      <pre dir="ltr">
        <code>{node.text}</code>
      </pre>
    </div>
  );
}

function List({ node }: { node: NodeOf<"list"> }) {
  const items = node.items.map((item, i) => (
    <li key={i}>
      <Nodes nodes={item} />
    </li>
  ));
  return node.start === null ? <ul>{items}</ul> : <ol start={node.start}>{items}</ol>;
}

function Table({ rows }: { rows: readonly TableRow[] }) {
  return (
    <div className={styles.scroll}>
      <table>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.cells.map((cell, j) => {
                const Cell = row.header ? "th" : "td";
                return (
                  <Cell key={j}>
                    <Nodes nodes={cell} />
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
