// Brings the Pulumi CLI and moto into the cache by the product's own set-up, for tests and measurements.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { buildCheckout } from "./build.mjs";
import sources from "./sources.cjs";

/** Loads a module of the compiled checkout, which is compiled first where it has changed. */
export async function loadCompiled(module) {
    const root = fileURLToPath(new URL("..", import.meta.url));
    const directory = sources.checkoutBuildDirectory(root);
    if (!fs.existsSync(directory)) {
        await buildCheckout(root, directory);
    }
    return createRequire(import.meta.url)(path.join(directory, module));
}

/** @returns the Pulumi CLI and the path of moto_server. Progress goes to standard error. */
export async function prepareTools() {
    const { preparePulumi, prepareMoto } = await loadCompiled("automation/setup/index.js");
    const interruption = new AbortController();
    const abort = () => interruption.abort(new Error("interrupted"));
    const signals = ["SIGINT", "SIGTERM"];
    signals.forEach((signal) => process.once(signal, abort));
    const setup = {
        env: process.env,
        signal: interruption.signal,
        report: (line) => process.stderr.write(`${line}\n`),
    };
    try {
        const [pulumi, motoServer] = await Promise.all([preparePulumi(setup), prepareMoto(setup)]);
        return { pulumi, motoServer };
    } finally {
        signals.forEach((signal) => process.removeListener(signal, abort));
    }
}
