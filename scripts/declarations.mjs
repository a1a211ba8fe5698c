// The type declarations of the package: what its doors show, in a file for each door, and nothing of what stands behind them. They
// compile by themselves in the project of whoever uses the package: no type of zod, yargs or of any other package that is only used
// inside gets in.
import { execFileSync } from "node:child_process";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";

/** Paths of the doors, without extension: `exports` in package.json. */
const doors = ["components/index", "automation/index"];

/** Packages whose types the doors show; whoever uses the package has them as well. */
const shownPackages = /^@pulumi\//;

/** Writes the declarations into a directory. @throws Error where a door shows a type of another package */
export async function writeDeclarations(root, directory) {
    const temporary = await fs.mkdtemp(path.join(os.tmpdir(), "sles-ecs-types-"));
    try {
        const compiler = path.join(root, "node_modules", "typescript", "bin", "tsc");
        const settings = ["-p", "tsconfig.build.json", "--outDir", temporary];
        // npm keeps what a script prints to standard output to itself, with --silent.
        execFileSync(process.execPath, [compiler, ...settings], { cwd: root, stdio: ["ignore", 2, 2] });
        const bundle = await rollup({
            input: Object.fromEntries(doors.map((door) => [door, path.join(temporary, `${door}.d.ts`)])),
            external: (id) => !id.startsWith(".") && !path.isAbsolute(id),
            plugins: [dts()],
            // Doors share types that neither names.
            onwarn: () => undefined,
        });
        const { output } = await bundle.write({
            dir: directory,
            format: "es",
            entryFileNames: "[name].d.ts",
            chunkFileNames: "components/shared-[hash].d.ts",
        });
        const hidden = output
            .flatMap(({ fileName, imports }) => imports.map((name) => ({ fileName, name })))
            .filter(({ name }) => !name.endsWith(".d.ts") && !shownPackages.test(name));
        if (hidden.length > 0) {
            const each = hidden.map(({ fileName, name }) => `${fileName} shows types of ${name}`);
            throw new Error(`${each.join("\n")}\nexpected types of @pulumi/ and of this package alone`);
        }
    } finally {
        await fs.rm(temporary, { recursive: true, force: true });
    }
}
