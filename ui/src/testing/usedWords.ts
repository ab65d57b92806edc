import ts from "typescript";

/** One place where a message of the catalogue is asked for. */
export interface WordsUsed {
  /** File and line. */
  where: string;
  /** All it can be; `*` stands for what the types do not tell. */
  ids: string[];
  /** Variables given. */
  args: string[];
}

/** Calls of the type `Text` (see i18n/text.tsx) in the page's sources, as the type checker understands them. */
export function wordsUsed(configFile: string): WordsUsed[] {
  const config = ts.getParsedCommandLineOfConfigFile(configFile, {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} });
  if (!config) throw new Error(`no configuration in ${configFile}`);
  const sources = config.fileNames.filter((name) => name.includes("/src/") && !/\.test\.tsx?$/.test(name));
  const program = ts.createProgram(sources, config.options);
  const checker = program.getTypeChecker();
  return program
    .getSourceFiles()
    .filter((file) => !file.isDeclarationFile && file.fileName.includes("/src/"))
    .flatMap((file) => usedIn(file, checker));
}

function usedIn(file: ts.SourceFile, checker: ts.TypeChecker): WordsUsed[] {
  const found: WordsUsed[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && checker.getTypeAtLocation(node.expression).aliasSymbol?.name === "Text") {
      const [id, args] = node.arguments;
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({
        where: `${file.fileName.split("/src/").pop()}:${line}`,
        ids: id ? valuesOf(id, checker) : ["*"],
        args: args ? checker.getTypeAtLocation(args).getProperties().map((property) => property.name) : [],
      });
    }
    ts.forEachChild(node, look);
  };
  look(file);
  return found;
}

/** Every string an expression can be. */
function valuesOf(node: ts.Expression, checker: ts.TypeChecker): string[] {
  if (ts.isParenthesizedExpression(node)) return valuesOf(node.expression, checker);
  if (ts.isConditionalExpression(node)) return [...valuesOf(node.whenTrue, checker), ...valuesOf(node.whenFalse, checker)];
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.reduce(
      (starts, span) => starts.flatMap((start) => valuesOf(span.expression, checker).map((value) => start + value + span.literal.text)),
      [node.head.text],
    );
  }
  const type = checker.getTypeAtLocation(node);
  const kinds = type.isUnion() ? type.types : [type];
  return kinds.every((kind) => kind.isStringLiteral()) ? kinds.map((kind) => kind.value) : ["*"];
}
