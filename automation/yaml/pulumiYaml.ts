import {
    type Alias,
    isAlias,
    isScalar,
    isSeq,
    LineCounter,
    type Node,
    parseDocument,
    Scalar,
    type YAMLMap,
    type YAMLSeq,
} from "yaml";

import { meaningOf } from "./plainScalar";

/**
 * Reads YAML as Pulumi does, wherever what is written says one thing alone. Pulumi's reader is Go's yaml.v3 at its
 * defaults, between YAML 1.1 and 1.2 (github.com/go-yaml/yaml/blob/v3.0.1/resolve.go), and it reads a settings file
 * twice, with a writing in between (pulumi/pulumi sdk/go/common/workspace/loaders.go): `0123` is 83 to it, and a date
 * a time. All of that is told here instead of being read in some way.
 */

/** A place where Pulumi would read something else than what is written. */
export interface Misreading {
    /** Keys, and places in lists, on the way to it. */
    readonly path: readonly (string | number)[];
    /** Counted from 1. */
    readonly line: number;
    /** As it is written. */
    readonly written: string;
    /** Why it is not what it looks like: goes on after "got 0123, ". */
    readonly reason: string;
    /** It is the last key of the path, and not what stands behind it. */
    readonly isKey: boolean;
    /** The same characters so that every reader takes them for text; missing where they cannot be kept. */
    readonly instead?: string;
}

interface PulumiYaml {
    /** Text for everything that is misread. */
    readonly values: unknown;
    readonly misreadings: readonly Misreading[];
}

type Path = Misreading["path"];

/** @param text valid YAML; what is not is told by `readYaml` */
export function readForPulumi(text: string): PulumiYaml {
    return new Reader(text).read();
}

const reasons = {
    mark: "which readers of YAML take for text, or for a mark of YAML; expected text in quotes",
    lines: "text of several lines with blanks before it, which Pulumi does not keep; expected one without them",
    key: "a key which readers of YAML take for something else than text; expected it in quotes",
    merge: "a merge key, which not every reader of YAML knows; expected the keys themselves",
    tag: "a tag, which not every reader of YAML knows; expected none",
    loop: "which stands within itself",
};

class Reader {
    private readonly lines = new LineCounter();
    private readonly document;
    private readonly misreadings: Misreading[] = [];
    /** Within braces or brackets. */
    private inFlow = false;
    private inKey = false;
    /** What stands behind the anchors that have been read; undefined while they are. */
    private readonly anchored = new Map<Node, { readonly value: unknown } | undefined>();

    constructor(private readonly text: string) {
        // Every scalar stays the text that it is.
        this.document = parseDocument(text, { schema: "failsafe", lineCounter: this.lines });
    }

    read(): PulumiYaml {
        const values = this.valueOf(this.document.contents, []);
        return { values, misreadings: this.misreadings };
    }

    private valueOf(node: unknown, path: Path): unknown {
        if (isAlias(node)) {
            return this.aliased(node, path);
        }
        const own = node as Node | null;
        if (own === null) {
            return null;
        }
        this.anchored.set(own, undefined);
        const value = this.contentOf(own, path);
        this.anchored.set(own, { value });
        return value;
    }

    private contentOf(node: Node, path: Path): unknown {
        const { anchor } = node as { readonly anchor?: string };
        if (anchor !== undefined && !/^[\w-]+$/.test(anchor)) {
            this.misread(node, path, `&${anchor}`, reasons.mark);
        }
        if (isScalar(node)) {
            return this.scalar(node, path);
        }
        if (node.tag !== undefined) {
            this.misread(node, path, node.tag, reasons.tag);
        }
        const outside = this.inFlow;
        this.inFlow ||= (node as YAMLMap | YAMLSeq).flow === true;
        const value = isSeq(node)
            ? node.items.map((item, index) => this.valueOf(item, [...path, index]))
            : this.map(node as YAMLMap, path);
        this.inFlow = outside;
        return value;
    }

    private map(node: YAMLMap, path: Path): unknown {
        const isBare = node.flow === true && this.text[node.range?.[0] ?? 0] !== "{";
        const entries = node.items.map(({ key, value }) => {
            const name = this.key(key, path);
            const here = [...path, name];
            if (isBare || (node.flow === true && isEmpty(value))) {
                this.misread(key as Node, here, `${name}:`, reasons.mark);
            }
            return [name, this.valueOf(value, here)] as const;
        });
        return Object.fromEntries(entries);
    }

    private aliased(alias: Alias, path: Path): unknown {
        const target = alias.resolve(this.document);
        const known = target && this.anchored.get(target);
        if (known === undefined) {
            this.misread(alias, path, `*${alias.source}`, reasons.loop);
        }
        return known?.value;
    }

    private key(node: unknown, path: Path): string {
        this.inKey = true;
        const name = this.keyText(node, path);
        this.inKey = false;
        return name;
    }

    private keyText(node: unknown, path: Path): string {
        if (!isScalar(node)) {
            const written = String(node);
            this.misread(node as Node, [...path, written], written, reasons.key);
            return written;
        }
        const text = String(node.value);
        const here = [...path, text];
        if (text === "<<") {
            // Also in quotes, which are lost where Pulumi writes the file between its two readings.
            this.misread(node, here, text, reasons.merge);
        } else if (node.tag !== undefined && !isTextTag(node.tag)) {
            this.misread(node, here, node.tag, reasons.tag, text);
        } else if (node.anchor !== undefined || this.isMark(node)) {
            this.misread(node, here, text, reasons.mark, text);
        } else if (!isText(node) && meaningOf(text) !== undefined) {
            this.misread(node, here, text, reasons.key, text);
        }
        return text;
    }

    private scalar(node: Scalar, path: Path): unknown {
        const text = String(node.value);
        if (node.tag !== undefined && !isTextTag(node.tag)) {
            this.misread(node, path, `${node.tag} ${text}`, reasons.tag, text);
            return text;
        }
        if (/^\s/.test(text) && text.includes("\n")) {
            this.misread(node, path, JSON.stringify(text), reasons.lines);
            return text;
        }
        if (this.isMark(node)) {
            this.misread(node, path, text, reasons.mark, text);
            return text;
        }
        const meaning = isText(node) ? undefined : meaningOf(text);
        if (meaning === undefined || "value" in meaning) {
            return meaning === undefined ? text : meaning.value;
        }
        this.misread(node, path, text, meaning.reason, text);
        return text;
    }

    /** In braces and brackets yaml.v3 takes a question mark for a mark of YAML wherever it stands. */
    private isMark({ type, value }: Scalar): boolean {
        return type === Scalar.PLAIN && (this.inFlow ? /^:|\?/ : /^[?:]/).test(String(value));
    }

    private misread(node: Node, path: Path, written: string, reason: string, text?: string): void {
        const { line } = this.lines.linePos(node.range?.[0] ?? 0);
        const instead = text === undefined ? undefined : JSON.stringify(text);
        this.misreadings.push({ path, line, written, reason, isKey: this.inKey, instead });
    }
}

function isEmpty(node: unknown): boolean {
    return node === null || (isScalar(node) && node.type === Scalar.PLAIN && node.value === "");
}

function isTextTag(tag: string): boolean {
    return tag === "tag:yaml.org,2002:str";
}

function isText({ type, tag }: Scalar): boolean {
    return type !== Scalar.PLAIN || tag !== undefined;
}
