// What commands show on a terminal: recorded in a pseudo terminal, and drawn as SVG, both by termtosvg-ng.
import fs from "node:fs/promises";
import path from "node:path";

import { preparePythonTool } from "../../automation/setup/moto";
import { runTool } from "../../automation/setup/runTool";
import type { Setup } from "../../automation/setup";
import { expectExit, type Workplace } from "../../tests/engine/harness";
import { linesOf } from "./svgText";

/** What a terminal was sent, with the seconds since the start: events of asciicast v2 (docs.asciinema.org/manual/asciicast/v2). */
export type Recording = readonly (readonly [seconds: number, kind: "o", text: string])[];

const version = "1.4.1";
/** So wide that a page of a repository shows it as it is. */
const columns = 100;
const screenRows = 24;
/** More than all commands together write. */
const mostRows = 200;
const hideCursor = "\u001B[?25l";
/** Nothing on the screen stands still for longer than this in the moving picture. */
const longestStillMilliseconds = 1500;
const endMilliseconds = 5000;

const theme = {
    fg: "#d4d4d4",
    bg: "#1e1e1e",
    palette:
        "#1e1e1e:#f14c4c:#23d18b:#e5e510:#3b8eea:#d670d6:#29b8db:#d4d4d4:" +
        "#8a8a8a:#f14c4c:#23d18b:#f5f543:#3b8eea:#d670d6:#29b8db:#ffffff",
};

/** Records and draws in the folder of a workplace. */
export class Studio {
    private constructor(
        private readonly place: Workplace,
        private readonly setup: Setup,
        private readonly tool: string,
    ) {}

    static async open(place: Workplace): Promise<Studio> {
        const setup: Setup = {
            env: process.env,
            signal: new AbortController().signal,
            report: (line) => process.stderr.write(`${line}\n`),
        };
        const requirement = `termtosvg-ng==${version}`;
        const folder = await preparePythonTool(setup, { name: "termtosvg-ng", version, requirement });
        return new Studio(place, setup, path.join(folder, "bin", "termtosvg"));
    }

    /** Types one command at a prompt, and waits for its end; it has to end well. */
    async record(line: string): Promise<Recording> {
        const folder = this.place.directory;
        const [file, script] = [path.join(folder, "recording.cast"), path.join(folder, "typed.sh")];
        await fs.writeFile(script, `${line}; echo $? > ${folder}/exit-code`);
        const env = { NO_COLOR: "", TERM: "xterm-256color", LC_ALL: "C.UTF-8", npm_command: "" };
        // The end of its input would end a recording, and a pipe that is open for both has none.
        const typed = `mkfifo ${folder}/nobody; ${this.tool} record ${file} -g ${columns}x${screenRows} -c "sh ${script}" <> ${folder}/nobody`;
        const answer = await this.place.shell(typed, { env });
        const exitCode = Number(await fs.readFile(path.join(folder, "exit-code"), "utf8"));
        expectExit({ ...answer, exitCode }, 0);
        const [, ...events] = (await fs.readFile(file, "utf8")).trimEnd().split("\n");
        const prompt = [0, "o", `\u001B[1m$ ${line}\u001B[0m\r\n`] as const;
        return [prompt, ...events.map((event) => JSON.parse(event) as Recording[number])];
    }

    /** What the screen shows in the end, where it has room for all of these. */
    async drawEnd(recordings: readonly Recording[]): Promise<string> {
        const shown = recordings.map((events) => events.map(([, , text]) => text).join("")).join("\r\n");
        const events = [[0, "o", `${hideCursor}${shown.trimEnd()}`]] as const;
        const last = async (rows: number): Promise<string> => {
            const folder = path.join(this.place.directory, `frames-${rows}`);
            await this.draw(events, rows, ["--still-frames"], folder);
            const frame = (await fs.readdir(folder)).sort().at(-1);
            return fs.readFile(path.join(folder, frame ?? ""), "utf8");
        };
        return last(linesOf(await last(mostRows)).length);
    }

    /** A recording as it moves. */
    async drawMoving(events: Recording): Promise<string> {
        const file = path.join(this.place.directory, "moving.svg");
        const bounds = ["-M", `${longestStillMilliseconds}`, "-D", `${endMilliseconds}`];
        await this.draw([[0, "o", hideCursor], ...events], screenRows, bounds, file);
        return fs.readFile(file, "utf8");
    }

    private async draw(events: Recording, rows: number, args: readonly string[], to: string): Promise<void> {
        const file = path.join(this.place.directory, "drawn.cast");
        const header = { version: 2, width: columns, height: rows, theme };
        await fs.writeFile(file, [header, ...events].map((one) => `${JSON.stringify(one)}\n`).join(""));
        if (args.includes("--still-frames")) {
            await fs.mkdir(to, { recursive: true });
        }
        const look = ["-t", "window_frame", "--theme", "auto"];
        await runTool(this.setup, this.tool, ["render", file, to, ...args, ...look], { timeoutSeconds: 120 });
    }
}
