import fs from "node:fs";
import path from "node:path";
import type { Rig } from "./rig";

const trap = path.join(__dirname, "machine", "powerCut", "trap.sh");
const never = 1_000_000_000;

/**
 * What prepares a host: user data's command, the steps of the bootstrap, and docker-img-store-setup of the image; and a
 * command of `hosts`.
 */
const bootParts = ["install", "bootstrap", "imageStore", "command"] as const;
export type BootPart = (typeof bootParts)[number];

/** The folder in which a machine counts its commands and is told at which to stop. */
export class CommandCounter {
    constructor(
        private readonly rig: Rig,
        readonly folder = rig.workspace.file(`power-cut-${rig.workspace.nextName()}`),
    ) {
        fs.mkdirSync(this.file(""));
        fs.copyFileSync(trap, this.file("trap.sh"));
        bootParts.forEach((part) => this.write(`${part}.count`, ""));
        this.stopNowhere();
    }

    private file(name: string): string {
        return path.join(this.rig.workspace.namespace.path(this.folder), name);
    }

    private write(name: string, text: string): void {
        fs.writeFileSync(this.file(name), text);
    }

    stopNowhere(): void {
        bootParts.forEach((part) => this.stopAt(part, never));
    }

    stopAt(part: BootPart, commandNumber: number): void {
        this.write(`${part}.at`, `${commandNumber}\n`);
    }

    count(part: BootPart): number {
        return fs.readFileSync(this.file(`${part}.count`)).length;
    }

    /** @returns the command at which the machine has stopped; undefined while it runs */
    get reached(): string | undefined {
        const text = fs.existsSync(this.file("reached"))
            ? fs.readFileSync(this.file("reached"), "utf8").trim()
            : "";
        return text === "" ? undefined : text;
    }
}
