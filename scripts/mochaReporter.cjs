"use strict";
// Prints the failures of one layer in full and nothing of what passed, and writes the counts to the file that
// $SLES_ECS_TEST_REPORT names.
const fs = require("node:fs");
const { Base } = require("mocha/lib/mocha").reporters;

module.exports = class CountingReporter extends Base {
    constructor(runner, options) {
        super(runner, options);
        runner.once("end", () => {
            const { passes, failures, pending } = this.stats;
            if (this.failures.length > 0) {
                Base.list(this.failures);
            }
            fs.writeFileSync(process.env.SLES_ECS_TEST_REPORT, JSON.stringify({ passes, failures, pending }));
        });
    }
};
