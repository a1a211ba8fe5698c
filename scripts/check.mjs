// Every check that needs no test run. All of them run, and all failures are shown, before it fails.
import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const tool = (name) => path.join(root, "node_modules", ...name.split("/"));
const entrances = ["components", "automation", "local", "outbound", "index.ts"];
const checks = [
    { name: "types", args: [tool("typescript/bin/tsc"), "-p", "."] },
    { name: "lint", args: [tool("eslint/bin/eslint.js"), "."] },
    {
        name: "imports",
        args: [tool("dependency-cruiser/bin/dependency-cruise.mjs"), ...entrances],
    },
    { name: "format", args: [tool("prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", "."] },
    { name: "unused code", args: [tool("knip/bin/knip.js"), "--no-progress"] },
    { name: "generated docs", args: ["--import", "tsx", "scripts/docs/main.ts", "--check"] },
    {
        name: "tests of docs",
        args: [tool("mocha/bin/mocha.js"), "--reporter", "dot", "tests/docs/**/*.test.ts"],
    },
];
const processesAtOnce = 2;

async function run({ name, args }) {
    const started = performance.now();
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    const code = await new Promise((resolve) => child.once("close", resolve));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${code === 0 ? "ok    " : "failed"} ${name} (${seconds} s)\n`);
    if (code !== 0) {
        process.stdout.write(Buffer.concat(chunks));
    }
    return code === 0;
}

const queue = [...checks];
let failed = 0;
const worker = async () => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
        const good = await run(check);
        failed += good ? 0 : 1;
    }
};
await Promise.all(Array.from({ length: processesAtOnce }, worker));
process.stdout.write(`${checks.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
