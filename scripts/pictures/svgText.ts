import { parseDocument } from "htmlparser2";

const rowPixels = 17;

type Node = ReturnType<typeof parseDocument>["children"][number];
type Element = Extract<Node, { readonly attribs: unknown }>;

/** The lines of the last frame that termtosvg has drawn: each is a group of texts, and is used at its height. */
export function linesOf(svg: string): readonly string[] {
    const all = elementsIn(parseDocument(svg, { xmlMode: true }).children);
    const texts = new Map(
        all.filter(({ name }) => name === "g").map((group) => [`#${group.attribs["id"]}`, textOf(group)]),
    );
    const frame = all.filter((one) => one.name === "g" && holdsUses(one)).at(-1);
    const used = (frame === undefined ? [] : elementsIn(frame.children)).filter(({ name }) => name === "use");
    const rows = used.map(({ attribs }) => Number(attribs["y"]) / rowPixels);
    const first = Math.min(...rows);
    const textAt = new Map(
        used.map(({ attribs }, index) => [rows[index], texts.get(attribs["xlink:href"] ?? "") ?? ""]),
    );
    // A row that nothing is written in has no text.
    const length = rows.length === 0 ? 0 : Math.max(...rows) - first + 1;
    return Array.from({ length }, (_, row) => (textAt.get(first + row) ?? "").trimEnd());
}

function holdsUses(group: Element): boolean {
    return group.children.some((child) => isElement(child) && child.name === "use");
}

function elementsIn(nodes: readonly Node[]): readonly Element[] {
    return nodes.filter(isElement).flatMap((one) => [one, ...elementsIn(one.children)]);
}

function isElement(node: Node): node is Element {
    return "attribs" in node;
}

function textOf(node: Node): string {
    if (isElement(node)) {
        return node.children.map(textOf).join("");
    }
    return "data" in node && typeof node.data === "string" ? node.data : "";
}
