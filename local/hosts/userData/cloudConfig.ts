import { parse } from "yaml";

/** A file that cloud-init writes. */
interface WrittenFile {
    readonly path: string;
    readonly content: string;
    readonly append: boolean;
}

/** A text for the shell, or the words of a command. */
export type Command = string | readonly string[];

/** The parts of a cloud-config that matter to a host of ours. */
export interface CloudConfig {
    /** Runs at every boot, before files are written. */
    readonly bootcmd: readonly Command[];
    readonly files: readonly WrittenFile[];
    /** Runs on the first boot, when the system is up. */
    readonly runcmd: readonly Command[];
}

/** Reads a `#cloud-config` document. @throws Error when it is not YAML, or no map */
export function parseCloudConfig(text: string): CloudConfig {
    const document: unknown = parse(text);
    if (document === null || document === undefined) {
        return { bootcmd: [], files: [], runcmd: [] };
    }
    if (typeof document !== "object" || Array.isArray(document)) {
        throw new Error("the document is not a map");
    }
    const { bootcmd, write_files: files, runcmd } = document as Record<string, unknown>;
    return { bootcmd: commands(bootcmd), files: list(files).flatMap(writtenFile), runcmd: commands(runcmd) };
}

function commands(value: unknown): Command[] {
    return list(value).map((command) => (Array.isArray(command) ? command.map(String) : String(command)));
}

function writtenFile(value: unknown): WrittenFile[] {
    if (typeof value !== "object" || value === null) {
        return [];
    }
    const { path, content, append } = value as Record<string, unknown>;
    return typeof path === "string"
        ? [{ path, content: typeof content === "string" ? content : "", append: append === true }]
        : [];
}

/** What a shell sees of commands. */
export function shellText(commands: readonly Command[]): string {
    return commands.map((command) => (typeof command === "string" ? command : command.join(" "))).join("\n");
}

function list(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? value : [];
}
