declare module "virtual:emoji" {
  /** Emoji, group, French name and words, English name and words (words parted by `|`), five skin tones. */
  const rows: [string, number, string, string, string, string, string[]?][];
  export default rows;
}
