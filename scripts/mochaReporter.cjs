"use strict";
// Prints the failures of one layer in full and nothing of what passed, and writes the counts to the file that
// $SLES_ECS_TEST_REPORT names.
const fs = require("node:fs");
const path = require("node:path");
const { Base } = require("mocha/lib/mocha").reporters;

module.exports = class CountingReporter extends Base {
    constructor(runner, options) {
        super(runner, options);
        const files = secondsByFile(runner);
        runner.once("end", () => {
            const { passes, failures, pending } = this.stats;
            if (this.failures.length > 0) {
                Base.list(this.failures);
            }
            fs.writeFileSync(
                process.env.SLES_ECS_TEST_REPORT,
                JSON.stringify({ passes, failures, pending, files }),
            );
        });
    }
};

/** How long the suites of each file take, hooks included. */
function secondsByFile(runner) {
    const files = {};
    const starts = new Map();
    runner.on("suite", (suite) => suite.parent?.root && starts.set(suite, Date.now()));
    runner.on("suite end", (suite) => {
        if (starts.has(suite)) {
            const file = path.relative(process.cwd(), suite.file ?? "");
            files[file] = (files[file] ?? 0) + (Date.now() - starts.get(suite)) / 1000;
        }
    });
    return files;
}
