import fs from "node:fs/promises";
import path from "node:path";

import { expectExit, type RunOptions, type Workplace } from "./harness";

const root = path.join(__dirname, "..", "..");

/** A Pulumi project of somebody's own. */
export class ProgramProject {
    private constructor(
        private readonly place: Workplace,
        readonly directory: string,
        private readonly env: RunOptions["env"],
    ) {}

    /**
     * Around a program of tests/engine/programs.
     * @param program name of its file, without the end
     */
    static async create(place: Workplace, program: string): Promise<ProgramProject> {
        const directory = path.join(place.directory, program);
        await fs.mkdir(directory);
        await fs.symlink(path.join(root, "node_modules"), path.join(directory, "node_modules"));
        const file = path.join(root, "tests", "engine", "programs", `${program}.ts`);
        const main = `require("tsx/cjs");\nmodule.exports = require(${JSON.stringify(file)});\n`;
        await fs.writeFile(path.join(directory, "main.js"), main);
        const project = `name: ${program}\nruntime: nodejs\nmain: main.js\n`;
        await fs.writeFile(path.join(directory, "Pulumi.yaml"), project);
        await fs.writeFile(path.join(directory, "package.json"), '{ "private": true }');
        return ProgramProject.open(place, directory, "dev");
    }

    /** In a folder that has all of it but the stack. */
    static async open(
        place: Workplace,
        directory: string,
        stack: string,
        env: RunOptions["env"] = {},
    ): Promise<ProgramProject> {
        const project = new ProgramProject(place, directory, env);
        await project.pulumi(0, "stack", "init", stack);
        await project.pulumi(0, "config", "set", "aws:region", "us-east-1");
        return project;
    }

    /** Has to end with this exit code. @returns everything that was printed */
    async pulumi(exitCode: number, ...args: readonly string[]): Promise<string> {
        const { directory, env } = this;
        const answer = await this.place.pulumi(args, { directory, env });
        expectExit(answer, exitCode);
        return answer.stdout + answer.stderr;
    }

    async outputs<T>(): Promise<T> {
        const answer = await this.place.pulumi(["stack", "output", "--json"], { directory: this.directory });
        expectExit(answer, 0);
        return JSON.parse(answer.stdout) as T;
    }
}
