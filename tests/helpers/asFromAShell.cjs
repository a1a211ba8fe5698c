"use strict";
// The commands that the program prints go by its name, whoever runs the tests: npm and npx tell their children of themselves.
delete process.env.npm_command;
delete process.env.npm_lifecycle_event;
