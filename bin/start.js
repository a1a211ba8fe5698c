"use strict";
// Finds a module of the compiled code and runs it. In a checkout the code is compiled first whenever a source
// file differs from what was compiled last, so that nobody ever runs stale code.
const fs = require("node:fs");
const { enableCompileCache } = require("node:module");
const path = require("node:path");

const root = path.join(__dirname, "..");
const builder = path.join(root, "scripts", "build.mjs");

async function compiledCode() {
    if (!fs.existsSync(builder)) {
        return path.join(root, "dist");
    }
    const directory = require("../scripts/sources.cjs").checkoutBuildDirectory(root);
    if (!fs.existsSync(directory)) {
        const { buildCheckout } = await import("../scripts/build.mjs");
        await buildCheckout(root, directory);
    }
    return directory;
}

// Node 22 keeps compiled code between starts; Node 20 cannot.
enableCompileCache?.();
if (process.argv.includes("--debug")) {
    process.setSourceMapsEnabled(true);
}

module.exports = function start(name) {
    compiledCode().then(
        (directory) => require(path.join(directory, name)),
        (error) => {
            process.stderr.write(`sles-ecs: the checkout does not compile: ${error.message}\n`);
            process.exitCode = 1;
        },
    );
};
