// Compiles the TypeScript of the package to CommonJS, a file for a file, with source maps.
//   node scripts/build.mjs                   into dist/, for the package
//   node scripts/build.mjs --declarations    the same, with type declarations
// In a checkout bin/sles-ecs.js calls buildCheckout() instead, which compiles into a directory of its own for
// each state of the sources: programs already running keep the code they started with.
import { build } from "esbuild";
import fs from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import sources from "./sources.cjs";

// Bundled into one file each, because every start of the command line loads them: the bundle loads in half
// the time of the package's own files.
const bundledPackages = ["yargs"];
const dayMilliseconds = 24 * 60 * 60 * 1000;

/** Keeps every import as it is, apart from those of bundled packages, which go to their bundle. */
const keepImports = (root) => ({
    name: "keep-imports",
    setup(plugin) {
        plugin.onResolve({ filter: /.*/ }, (args) => {
            if (args.kind === "entry-point") {
                return undefined;
            }
            if (!bundledPackages.includes(args.path)) {
                return { path: args.path, external: true };
            }
            const importer = path.dirname(path.relative(root, args.importer));
            const bundle = path.posix.join("vendor", `${args.path}.js`);
            return { path: `./${path.posix.relative(importer, bundle)}`, external: true };
        });
    },
});

const common = {
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    logLevel: "silent",
};

async function compileRooms(root, directory) {
    const files = sources.sourceFiles(root);
    const isCode = (file) => file.endsWith(".ts") && !file.endsWith(".d.ts");
    await build({
        ...common,
        absWorkingDir: root,
        entryPoints: files.filter(isCode),
        outbase: root,
        outdir: directory,
        sourcemap: "linked",
        // Lazy imports become lazy require() calls: Node's own import() wants file name extensions.
        supported: { "dynamic-import": false },
        plugins: [keepImports(root)],
    });
    for (const file of files.filter((name) => !name.endsWith(".ts"))) {
        const target = path.join(directory, file);
        await fs.mkdir(path.dirname(target), { recursive: true });
        await fs.copyFile(path.join(root, file), target);
    }
}

async function bundlePackages(root, directory) {
    const result = await build({
        ...common,
        absWorkingDir: root,
        entryPoints: bundledPackages,
        outdir: path.join(directory, "vendor"),
        minify: true,
        metafile: true,
        alias: { "string-width": path.join(root, "scripts", "plainWidth.mjs") },
        define: { "import.meta.url": "__fileUrl" },
        banner: { js: 'const __fileUrl = require("node:url").pathToFileURL(__filename).href;' },
    });
    const packages = new Set(
        Object.keys(result.metafile.inputs)
            .filter((file) => file.startsWith("node_modules/"))
            .map((file) => file.replace(/^(node_modules\/(?:@[^/]+\/)?[^/]+)\/.*$/, "$1")),
    );
    await fs.writeFile(
        path.join(directory, "vendor", "LICENSES.txt"),
        await licences(root, [...packages].sort()),
    );
}

/** The licence texts of bundled packages, which have to travel with their code. */
async function licences(root, packages) {
    const texts = [];
    for (const name of packages) {
        const file = (await fs.readdir(path.join(root, name))).find((entry) => /^licen[cs]e/i.test(entry));
        if (file === undefined) {
            throw new Error(`${name} is bundled but brings no licence text`);
        }
        texts.push(`${name}\n\n${await fs.readFile(path.join(root, name, file), "utf8")}`);
    }
    return texts.join(`\n${"-".repeat(80)}\n\n`);
}

/** Compiles everything into a directory, which should be empty or missing. */
export async function compile(root, directory) {
    await Promise.all([compileRooms(root, directory), bundlePackages(root, directory)]);
}

/**
 * Compiles a checkout into `directory`, all or nothing: several starts at the same time each compile into a
 * directory of their own, and the first to finish gives it the final name.
 */
export async function buildCheckout(root, directory) {
    const temporary = `${directory}.${process.pid}.tmp`;
    try {
        await compile(root, temporary);
        await fs.rename(temporary, directory);
    } catch (error) {
        await fs.rm(temporary, { recursive: true, force: true });
        if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") {
            throw error;
        }
    }
    await removeOldBuilds(directory);
}

async function removeOldBuilds(current) {
    const parent = path.dirname(current);
    for (const name of await fs.readdir(parent)) {
        const directory = path.join(parent, name);
        const { mtimeMs } = await fs.stat(directory).catch(() => ({ mtimeMs: Infinity }));
        if (directory !== current && Date.now() - mtimeMs > dayMilliseconds) {
            await fs.rm(directory, { recursive: true, force: true });
        }
    }
}

async function buildPackage(root) {
    const directory = path.join(root, "dist");
    for (const name of [...sources.rooms, "vendor"]) {
        await fs.rm(path.join(directory, name), { recursive: true, force: true });
    }
    await compile(root, directory);
    if (process.argv.includes("--declarations")) {
        const { writeDeclarations } = await import("./declarations.mjs");
        await writeDeclarations(root, directory);
    }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
    await buildPackage(fileURLToPath(new URL("..", import.meta.url)));
}
