#!/usr/bin/env node
"use strict";
require("./launch.js")("automation/cli/bin.js");
