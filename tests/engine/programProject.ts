import fs from "node:fs/promises";
import path from "node:path";

import { expectExit, type RunOptions, type Workplace } from "./harness";

const root = path.join(__dirname, "..", "..");

/** A Pulumi project of somebody's own around a program of tests/engine/programs. */
export class ProgramProject {
    private constructor(
        private readonly place: Workplace,
        readonly directory: string,
    ) {}

    /** @param program name of its file, without the end */
    static async create(place: Workplace, program: string): Promise<ProgramProject> {
        const project = new ProgramProject(place, path.join(place.directory, program));
        await fs.mkdir(project.directory);
        await fs.symlink(path.join(root, "node_modules"), path.join(project.directory, "node_modules"));
        const file = path.join(root, "tests", "engine", "programs", `${program}.ts`);
        const main = `require("tsx/cjs");\nmodule.exports = require(${JSON.stringify(file)});\n`;
        await fs.writeFile(path.join(project.directory, "main.js"), main);
        await fs.writeFile(
            path.join(project.directory, "Pulumi.yaml"),
            `name: ${program}\nruntime: nodejs\nmain: main.js\n`,
        );
        await fs.writeFile(path.join(project.directory, "package.json"), '{ "private": true }');
        await project.pulumi(0, "stack", "init", "dev");
        await project.pulumi(0, "config", "set", "aws:region", "us-east-1");
        return project;
    }

    /** Has to end with this exit code. @returns everything that was printed */
    async pulumi(exitCode: number, ...args: readonly string[]): Promise<string> {
        const options: RunOptions = { directory: this.directory };
        const answer = await this.place.pulumi(args, options);
        expectExit(answer, exitCode);
        return answer.stdout + answer.stderr;
    }

    async outputs<T>(): Promise<T> {
        const answer = await this.place.pulumi(["stack", "output", "--json"], { directory: this.directory });
        expectExit(answer, 0);
        return JSON.parse(answer.stdout) as T;
    }
}
