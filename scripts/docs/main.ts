// Writes the generated pages of docs/. With --check it changes nothing, and fails where a page is out of date.
import fs from "node:fs/promises";
import path from "node:path";

import { allCommands } from "../../automation/cli/allCommands";
import { settingsDescription } from "../../components/model/settings";
import { cliPage } from "./cli";
import { configPage } from "./config";
import { errorsPage } from "./errors";
import { permissionsPage } from "./permissions";

const docs = path.join(__dirname, "..", "..", "docs");

async function main(check: boolean): Promise<void> {
    const pages = {
        "cli.md": cliPage(allCommands),
        "config.md": configPage(settingsDescription()),
        "errors.md": errorsPage(),
        "permissions.md": permissionsPage(),
    };
    for (const [name, text] of Object.entries(pages)) {
        const file = path.join(docs, name);
        if ((await fs.readFile(file, "utf8").catch(() => "")) === text) {
            continue;
        }
        if (check) {
            process.stdout.write(`docs/${name} is out of date; run: npm run docs\n`);
            process.exitCode = 1;
        } else {
            await fs.writeFile(file, text);
            process.stdout.write(`docs/${name} written\n`);
        }
    }
}

void main(process.argv.includes("--check"));
