// Runs every layer of tests, several at a time, each in a process of its own, or in several.
//   npm test                     all layers
//   npm test -- model components these layers
// A layer is a folder of tests/ with *.test.ts files in it; none can be left out by forgetting to list it. The
// last line is `N passed, N failed`; a test that is skipped counts as failed. A layer that needs more than other
// layers do says in its skip.mjs why it cannot run here: one line, and with CI=true one failure.
import { spawn } from "node:child_process";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { prepareTools } from "./prepareTools.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
// Tests of whole environments wait for about half of their time.
const processesAtOnce = os.availableParallelism() + 1;
// Layers whose files are dealt out to so many processes: one alone would still run when all others have ended.
const processesOf = { engine: 6, local: 2, endings: 2 };
// The layers that take longest start first.
const longest = [
    "hosts",
    "engine",
    "campaign",
    "local",
    "guides",
    "endings",
    "languages",
    "package",
    "doctor",
];
// The layers that run by the Node.js of LTS_NODE, if that names one; the others run by the one that runs this.
const byLts = ["engine", "campaign", "endings", "guides", "languages"];

/** The files with tests of every layer. */
async function layers() {
    const found = new Map();
    for (const entry of await fs.readdir(path.join(root, "tests"), {
        withFileTypes: true,
        recursive: true,
    })) {
        if (entry.isFile() && entry.name.endsWith(".test.ts")) {
            const file = path.relative(root, path.join(entry.parentPath, entry.name));
            const layer = file.split(path.sep)[1];
            found.set(layer, [...(found.get(layer) ?? []), file]);
        }
    }
    const rank = (name) => (longest.includes(name) ? longest.indexOf(name) : longest.length);
    return new Map([...found].sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b)));
}

/** What one process runs: a layer, or one of the parts of its files. */
function partsOf(layer, files) {
    const count = Math.min(processesOf[layer] ?? 1, files.length);
    const sorted = files.toSorted();
    return Array.from({ length: count }, (_, part) => ({
        layer,
        name: count === 1 ? layer : `${layer} ${part + 1}/${count}`,
        files: sorted.filter((_, index) => index % count === part),
    }));
}

/** Runs one part; whatever it prints is shown when it has ended, so that two never mix their lines. */
async function runPart({ layer, name, files }, reports, env) {
    const report = path.join(reports, `${name.replaceAll(/\W/g, "-")}.json`);
    const started = performance.now();
    const mocha = path.join(root, "node_modules", "mocha", "bin", "mocha.js");
    const args = [mocha, "--reporter", path.join(root, "scripts", "mochaReporter.cjs"), ...files];
    const lts = (byLts.includes(layer) && process.env.LTS_NODE) || undefined;
    const child = spawn(lts ?? process.execPath, args, {
        cwd: root,
        env: {
            ...env,
            // What is started as `node` is the same one.
            ...(lts !== undefined && { PATH: `${path.dirname(lts)}${path.delimiter}${env.PATH}` }),
            SLES_ECS_TEST_REPORT: report,
        },
        stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    const exit = await new Promise((resolve) =>
        child.once("close", (code, signal) => resolve(signal ?? code)),
    );
    running.delete(child);
    const counts = await readCounts(report, exit);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(
        `${name}: ${counts.passed} passed, ${counts.failed} failed in ${seconds} s${counts.remark}${lts === undefined ? "" : ", by LTS_NODE"}\n` +
            (await readSlowest(report)) +
            (await readRemarks(report)),
    );
    if (counts.failed > 0) {
        process.stdout.write(Buffer.concat(chunks));
    }
    return counts;
}

/** Why a layer cannot run on this computer. */
async function reasonToSkip(layer) {
    const file = path.join(root, "tests", layer, "skip.mjs");
    try {
        await fs.access(file);
    } catch {
        return undefined;
    }
    return (await import(pathToFileURL(file))).reasonToSkip();
}

/** Runs a part if its layer can run here. */
async function runOrSkip(part, reports, env) {
    const reason = await reasonToSkip(part.layer);
    if (reason === undefined) {
        return runPart(part, reports, env);
    }
    process.stdout.write(`${part.name}: skipped, ${reason}\n`);
    return { passed: 0, failed: process.env.CI === "true" ? 1 : 0 };
}

async function readCounts(report, exit) {
    try {
        const { passes, failures, pending } = JSON.parse(await fs.readFile(report, "utf8"));
        const remarks = pending > 0 ? [`${pending} skipped, which counts as failed`] : [];
        const silent = exit !== 0 && failures === 0;
        if (silent) {
            remarks.push(`ended with ${exit} although no test failed`);
        }
        const remark = remarks.length > 0 ? ` (${remarks.join("; ")})` : "";
        return { passed: passes, failed: failures + pending + (silent ? 1 : 0), remark };
    } catch {
        return { passed: 0, failed: 1, remark: ` (ended with ${exit} before its tests had run)` };
    }
}

const longSeconds = 60;

/** The files of a layer that take a minute and more. */
async function readSlowest(report) {
    try {
        const { files } = JSON.parse(await fs.readFile(report, "utf8"));
        const slow = Object.entries(files).filter(([, seconds]) => seconds >= longSeconds);
        slow.sort(([, one], [, other]) => other - one);
        return slow.map(([file, seconds]) => `  ${file}: ${seconds.toFixed(0)} s\n`).join("");
    } catch {
        return "";
    }
}

/** What a layer has to say beside its counts (tests/helpers/remark.ts). */
async function readRemarks(report) {
    try {
        return await fs.readFile(`${report}.remarks`, "utf8");
    } catch {
        return "";
    }
}

const running = new Set();
for (const [signal, exitCode] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
]) {
    process.once(signal, () => {
        for (const child of running) {
            child.kill(signal);
        }
        process.exitCode = exitCode;
    });
}

async function main(wanted) {
    const all = await layers();
    const unknown = wanted.filter((layer) => !all.has(layer));
    if (unknown.length > 0) {
        throw new Error(`no such layer: ${unknown.join(", ")}; there are ${[...all.keys()].join(", ")}`);
    }
    const { pulumi } = await prepareTools();
    // Tests that drive the engine by themselves find the CLI where a person would have it.
    const env = {
        ...process.env,
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        PATH: `${path.dirname(pulumi.command)}${path.delimiter}${process.env.PATH}`,
    };
    // Tools behave otherwise where it is set, and a test has one outcome wherever it runs.
    delete env.CI;
    const queue = [...all]
        .filter(([layer]) => wanted.length === 0 || wanted.includes(layer))
        .flatMap(([layer, files]) => partsOf(layer, files));
    const reports = await fs.mkdtemp(path.join(os.tmpdir(), "sles-ecs-test-"));
    const total = { passed: 0, failed: 0 };
    const worker = async () => {
        for (
            let part = queue.shift();
            part !== undefined && process.exitCode === undefined;
            part = queue.shift()
        ) {
            const { passed, failed } = await runOrSkip(part, reports, env);
            total.passed += passed;
            total.failed += failed;
        }
    };
    await Promise.all(Array.from({ length: processesAtOnce }, worker));
    await fs.rm(reports, { recursive: true, force: true });
    process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
    process.exitCode ??= total.failed > 0 ? 1 : 0;
}

try {
    await main(process.argv.slice(2));
} catch (error) {
    process.stdout.write(`${error.message}\n${(error.details ?? []).join("\n")}\n0 passed, 1 failed\n`);
    process.exitCode = 1;
}
