"use strict";
// An old Node.js must be able to read this file and those that load it, so that it can say that it is too old: no syntax
// and no module names of later years in here.
var wanted = require("../package.json").engines.node.replace(">=", "").split(".").map(Number);
var found = process.versions.node.split(".").map(Number);
var message = "sles-ecs: this is Node.js " + found.join(".") + ", expected " + wanted.join(".") + " or newer";

/** Runs a module of the compiled code. */
module.exports = function launch(name) {
    if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1])) {
        process.stderr.write(message + ": https://nodejs.org/en/download\n");
        process.exitCode = 1;
    } else {
        require("./start.js")(name);
    }
};
