"use strict";
// What `pulumi up` runs: index.ts, compiled file by file as it is loaded. Pulumi's own way would check the types of
// the whole program at every run, ten seconds each time; Pulumi.yaml can only say otherwise to newer language hosts.
require("tsx/cjs");
module.exports = require("./index.ts");
