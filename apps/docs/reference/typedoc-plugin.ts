import {
  Converter,
  IntrinsicType,
  LiteralType,
  PageEvent,
  ReferenceType,
  ReflectionKind,
  UnionType,
  type Application,
  type Context,
  type DeclarationReflection,
  type ProjectReflection,
  type SomeType,
} from "typedoc";
import type { ReferencePage } from "./pages.ts";

/** Makes TypeDoc show what a reader needs, and refuse an export without a comment. */
export const referencePlugin =
  (pages: readonly ReferencePage[]) =>
  (app: Application): void => {
    app.converter.on(Converter.EVENT_RESOLVE_END, (context: Context) => {
      const { project } = context;
      const names = namedUnions(context);
      for (const reflection of Object.values(project.reflections)) {
        if (reflection.isDeclaration() && reflection.type !== undefined) {
          reflection.type = reflection.kindOf(ReflectionKind.Variable)
            ? brief(reflection.type, project)
            : (names.get(wordsOf(reflection.type)) ?? readable(reflection.type, project));
        }
        // A destructured parameter has no name.
        if (reflection.name === "__namedParameters") reflection.name = "options";
      }
      refuseUndocumented(project.children ?? []);
    });

    const putTitle = (event: PageEvent) => {
      const page = pages.find(({ path }) => path === event.model.name);
      if (page === undefined || event.contents === undefined) return;
      const { title, label } = page;
      event.contents = event.contents
        .replace(/^title: .*$/m, `title: "${title}"\nsidebar:\n  label: "${label}"`)
        .replace(/^## References$.*/ms, inOneParagraph)
        // Types of the wire extend the type of their schema, which says nothing to a reader.
        .replace(/^#+ Extends\n\n- .*typeof.*\n\n/gm, "")
        // The first line already has the returned type, so only a comment on it is kept.
        .replace(/^#+ Returns\n\n.+\n\n(?=#|\*\*\*)/gm, "");
    };
    // After Starlight's plugin has written the module's name there.
    app.renderer.on(PageEvent.END, putTitle, -100);
  };

/** A union with at least this many words is shown by its name. */
const longUnion = 8;

/** The exported unions of words, by their words. TypeDoc writes a union in full wherever it is used, even if it fills a screen. */
function namedUnions(context: Context): ReadonlyMap<string, ReferenceType> {
  const names = new Map<string, ReferenceType>();
  for (const alias of context.project.getReflectionsByKind(ReflectionKind.TypeAlias)) {
    const symbol = context.getSymbolFromReflection(alias);
    const type = symbol && context.programs[0]?.getTypeChecker().getDeclaredTypeOfSymbol(symbol);
    if (type?.isUnion() !== true || type.types.length < longUnion) continue;
    if (!type.types.every((part) => part.isStringLiteral())) continue;
    const words = type.types.map(({ value }) => value).toSorted();
    names.set(words.join(), ReferenceType.createResolvedReference(alias.name, alias, context.project));
  }
  return names;
}

/** The words of a union, as `namedUnions` has them. */
function wordsOf(type: SomeType): string {
  if (!(type instanceof UnionType)) return "";
  return type.types
    .map((part) => (part instanceof LiteralType ? String(part.value) : part.toString()))
    .toSorted()
    .join();
}

// The type of a schema repeats the type of the same name, and fills a screen.
// A word that we know or any other is `"known" | (string & {})` in code, so that an editor proposes what we know.
function readable(type: SomeType, project: ProjectReflection): SomeType {
  if (type instanceof ReferenceType && type.name.startsWith("ZodMini")) {
    return ReferenceType.createBrokenReference(type.name, project, type.package);
  }
  if (!(type instanceof UnionType)) return type;
  return new UnionType(
    type.types.map((part) =>
      part.type === "intersection" && part.toString().startsWith("string & ")
        ? new IntrinsicType("string")
        : part,
    ),
  );
}

// The type of a constant, such as a fixture, can repeat its whole value. Readers find that in the code.
function brief(type: SomeType, project: ProjectReflection): SomeType {
  if (type.toString().length < 300) return readable(type, project);
  if (type instanceof ReferenceType)
    return ReferenceType.createBrokenReference(type.name, project, type.package);
  return new IntrinsicType(type.type === "reflection" ? "object" : "readonly object[]");
}

/** A module's exports from another module, as a list of names. TypeDoc has a heading for each. */
function inOneParagraph(references: string): string {
  const links = [...references.matchAll(/^Re-exports (.*)$/gm)].map(([, link]) => link);
  return `## From core\n\nExported here as well: ${links.join(", ")}.\n`;
}

function refuseUndocumented(modules: readonly DeclarationReflection[]): void {
  const undocumented = modules.flatMap(({ name, children = [] }) =>
    children
      .filter(
        (child) =>
          !child.isReference() &&
          !child.hasComment() &&
          !child.signatures?.some((signature) => signature.hasComment()),
      )
      .map((child) => `${child.name} of ${name}`),
  );
  if (undocumented.length > 0)
    throw new Error(`Exported without a sentence of TSDoc: ${undocumented.join(", ")}.`);
}
