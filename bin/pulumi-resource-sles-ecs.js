#!/usr/bin/env node
"use strict";
// Pulumi's name for the executable that serves a package to programs in any language.
require("./launch.js")("languages/main.js");
