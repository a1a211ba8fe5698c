"use strict";
// What the compiled code is made from, and a stamp over it. Loaded by every start of the command line in a
// checkout, so it needs nothing but Node's own modules and a few milliseconds.
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const rooms = ["automation", "components", "languages", "local", "outbound"];
// These decide how the rooms are compiled, and which version of the bundled packages goes in.
const recipe = ["package-lock.json", "scripts/build.mjs", "scripts/plainWidth.mjs", "scripts/sources.cjs"];

/** Every file below the compiled rooms but the pages for readers, relative to the checkout, in a fixed order. */
function sourceFiles(root) {
    const files = [];
    const visit = (directory) => {
        for (const entry of fs.readdirSync(path.join(root, directory), { withFileTypes: true })) {
            const name = `${directory}/${entry.name}`;
            if (entry.isDirectory()) {
                visit(name);
            } else if (entry.isFile() && !name.endsWith(".md")) {
                files.push(name);
            }
        }
    };
    for (const room of rooms) {
        if (fs.existsSync(path.join(root, room))) {
            visit(room);
        }
    }
    return files.sort();
}

/** Changes whenever a source file is added, removed, renamed or written. */
function sourceStamp(root) {
    const hash = createHash("sha256");
    for (const file of [...sourceFiles(root), ...recipe]) {
        const { mtimeMs, size } = fs.statSync(path.join(root, file), { throwIfNoEntry: false }) ?? {};
        hash.update(`${file}\0${mtimeMs}\0${size}\n`);
    }
    return hash.digest("hex").slice(0, 16);
}

/** Where the compiled code of a checkout in exactly this state belongs. */
function checkoutBuildDirectory(root) {
    return path.join(root, "dist", "checkout", sourceStamp(root));
}

module.exports = { rooms, sourceFiles, sourceStamp, checkoutBuildDirectory };
