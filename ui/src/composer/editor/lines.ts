import { Fragment, type ResolvedPos, Slice } from "@tiptap/pm/model";

/** Pasted text as it is: a line is a paragraph, a blank line an empty one. The editor keeps code as it is. */
export function sliceOfText(text: string, $context: ResolvedPos): Slice {
  const { schema } = $context.doc.type;
  const { paragraph } = schema.nodes;
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  if (!paragraph) return Slice.empty;
  const paragraphs = lines.map((line) => paragraph.create(null, line === "" ? null : schema.text(line, $context.marks())));
  return new Slice(Fragment.from(paragraphs), 1, 1);
}

/**
 * Whether what is pasted is a picture and nothing else. WebKitGTK shows no picture to the page: the clipboard looks
 * empty, or holds the mere mention of a picture.
 */
export function isPicture(clipboard: Pick<DataTransfer, "types" | "getData" | "files">): boolean {
  if (clipboard.getData("text/plain").trim() !== "") return false;
  const html = clipboard.getData("text/html");
  if (html !== "") return /<img\b/i.test(html) && html.replace(/<[^>]*>/g, "").trim() === "";
  const files = [...clipboard.files];
  return files.length > 0 ? files.some((file) => file.type.startsWith("image/")) : clipboard.getData("text/uri-list") === "";
}
