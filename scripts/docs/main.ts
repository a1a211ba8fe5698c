// Writes the generated pages of docs/, the table of rooms in ARCHITECTURE.md, the settings as interfaces, and the schema of the Pulumi package. With --check it changes nothing, and fails where a page is out of date.
import fs from "node:fs/promises";
import path from "node:path";

import { allCommands } from "../../automation/cli/allCommands";
import { settingsDescription, settingsFileSchema } from "../../components/model/settings";
import { cliPage } from "./cli";
import { configPage } from "./config";
import { errorsPage } from "./errors";
import { packageSchema } from "./packageSchema";
import { permissionsPage } from "./permissions";
import { withRooms } from "./rooms";
import { settingsInputs } from "./settingsInputs";
import { settingsTypes } from "./settingsTypes";

const root = path.join(__dirname, "..", "..");
const architecture = "ARCHITECTURE.md";
const inputsFile = "components/settingsInputs.generated.ts";
const settingsFile = "components/model/settings/settings.generated.ts";

async function main(check: boolean): Promise<void> {
    const { rooms } = await import("../rooms.mjs");
    const pages = {
        [architecture]: withRooms(await fs.readFile(path.join(root, architecture), "utf8"), rooms),
        "docs/cli.md": cliPage(allCommands),
        "docs/config.md": configPage(settingsDescription()),
        "docs/settings.schema.json": `${JSON.stringify(settingsFileSchema(), undefined, 2)}\n`,
        "docs/errors.md": errorsPage(),
        "docs/permissions.md": permissionsPage(),
        "languages/schema.json": packageSchema(),
        [inputsFile]: await settingsInputs(
            path.join(root, inputsFile),
            "./model/settings/settings.generated",
        ),
        [settingsFile]: await settingsTypes(path.join(root, settingsFile)),
    };
    for (const [name, text] of Object.entries(pages)) {
        const file = path.join(root, name);
        if ((await fs.readFile(file, "utf8").catch(() => "")) === text) {
            continue;
        }
        if (check) {
            process.stdout.write(`${name} is out of date; run: npm run docs\n`);
            process.exitCode = 1;
        } else {
            await fs.writeFile(file, text);
            process.stdout.write(`${name} written\n`);
        }
    }
}

void main(process.argv.includes("--check"));
