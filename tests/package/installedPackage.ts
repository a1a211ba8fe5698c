import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const checkout = path.join(__dirname, "..", "..");

/** Exact, as it comes from npm for the test alone. */
const pnpm = ["--yes", "--prefer-offline", "pnpm@12.21.0"];

export interface Ended {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

/** An empty Pulumi project of somebody else, in which the tarball of `npm pack` is installed. */
export class InstalledPackage {
    readonly directory = mkdtempSync(path.join(os.tmpdir(), "sles-ecs-package-"));
    readonly project = path.join(this.directory, "project");

    /** Packs this checkout and installs the tarball in an empty Pulumi project of somebody else. */
    install(): void {
        mkdirSync(this.project);
        this.write("package.json", JSON.stringify({ name: "somebody-elses", private: true }));
        this.write("Pulumi.yaml", "name: somebody-elses\nruntime: nodejs\n");
        this.installTarball();
    }

    /** The same in a folder with nothing in it. */
    installInEmptyFolder(): void {
        mkdirSync(this.project);
        this.installTarball();
    }

    /** The same by pnpm, which lets a package see what it names itself, and runs no scripts of packages. */
    installByPnpm(): void {
        mkdirSync(this.project);
        this.write("package.json", JSON.stringify({ name: "somebody-elses", private: true }));
        this.write("pnpm-workspace.yaml", "strictDepBuilds: false\n");
        this.pnpm("add", this.pack());
    }

    pnpm(...args: readonly string[]): void {
        this.call(this.project, "npx", ...pnpm, ...args);
    }

    /** With what it depends on, from npm's cache where that has it. */
    private installTarball(): void {
        // Without a package.json npm would look for one in the folders above.
        const words = ["--prefix", ".", "--prefer-offline", "--no-audit", "--no-fund"];
        this.call(this.project, "npm", "install", ...words, this.pack());
    }

    /** @returns the tarball, as the project sees it */
    private pack(): string {
        this.call(checkout, "npm", "pack", "--silent", "--pack-destination", this.directory);
        return `../${readdirSync(this.directory).find((name) => name.endsWith(".tgz")) ?? ""}`;
    }

    private call(cwd: string, program: string, ...args: readonly string[]): void {
        execFileSync(program, args, { cwd, stdio: ["ignore", "ignore", "pipe"] });
    }

    write(name: string, text: string): void {
        writeFileSync(path.join(this.project, name), text);
    }

    /** Path of a command that the package or what it depends on brings. */
    command(name: string): string {
        return path.join(this.project, "node_modules", ".bin", name);
    }

    run(program: string, ...args: readonly string[]): Ended {
        return this.runWith({}, program, ...args);
    }

    /** @param env On top of what this process has. */
    runWith(env: NodeJS.ProcessEnv, program: string, ...args: readonly string[]): Ended {
        return this.runIn(this.project, env, program, ...args);
    }

    /** The same in another folder. */
    runIn(cwd: string, env: NodeJS.ProcessEnv, program: string, ...args: readonly string[]): Ended {
        const { status, stdout, stderr } = spawnSync(program, args, {
            cwd,
            env: { ...process.env, ...env },
            encoding: "utf8",
        });
        return { code: status, stdout, stderr };
    }

    remove(): void {
        rmSync(this.directory, { recursive: true, force: true });
    }
}
