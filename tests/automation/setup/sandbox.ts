import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import type { Setup } from "../../../automation/setup";

/** A machine of its own for one test: a PATH with nothing but fake programs on it, and an empty cache. */
export class Sandbox {
    readonly directory = mkdtempSync(path.join(os.tmpdir(), "sles-ecs-setup-"));
    readonly cache = path.join(this.directory, "cache");
    readonly reported: string[] = [];
    readonly interruption = new AbortController();
    private readonly programs = path.join(this.directory, "bin");
    private readonly log = path.join(this.directory, "calls.log");

    constructor() {
        mkdirSync(this.programs);
        // What the fakes themselves are written with.
        for (const tool of ["sh", "mkdir", "sleep", "cat"]) {
            symlinkSync(`/bin/${tool}`, path.join(this.programs, tool));
        }
    }

    /** Puts a program on PATH; its body is shell script. Every call is logged with its arguments. */
    program(name: string, body: string): string {
        const file = path.join(this.programs, name);
        writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> '${this.log}'\n${body}\n`);
        chmodSync(file, 0o755);
        return file;
    }

    /** Calls of the fake programs so far, such as `go env GOVERSION`. */
    get calls(): readonly string[] {
        try {
            return readFileSync(this.log, "utf8").trimEnd().split("\n");
        } catch {
            return [];
        }
    }

    setup(env: Readonly<Record<string, string>> = {}): Setup {
        return {
            env: { PATH: this.programs, HOME: this.directory, SLES_ECS_CACHE: this.cache, ...env },
            signal: this.interruption.signal,
            report: (line) => this.reported.push(line),
        };
    }

    remove(): void {
        rmSync(this.directory, { recursive: true, force: true });
    }
}
