import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const folders: string[] = [];

/** A temporary folder with these files; `removeProjects` takes all of them away. */
export function makeFolder(files: Readonly<Record<string, string>> = {}): string {
    const folder = mkdtempSync(path.join(os.tmpdir(), "sles-ecs-test-"));
    folders.push(folder);
    for (const [name, content] of Object.entries(files)) {
        writeFileSync(path.join(folder, name), content);
    }
    return folder;
}

/** The team's settings in most tests. */
export const devSettings = `# What the team agreed on.
config:
    aws:region: us-east-1
    sles-ecs:hosts:
        mode: fixed
        count: 2 # one for each zone
    sles-ecs:tags:
        team: blue
`;

/** A project with the team's `Pulumi.dev.yaml`, and whatever else is given. */
export function makeProject(files: Readonly<Record<string, string>> = {}): string {
    return makeFolder({
        "Pulumi.yaml": "name: sles-ecs\nruntime: nodejs\n",
        "Pulumi.dev.yaml": devSettings,
        ...files,
    });
}

export function removeFolders(): void {
    for (const folder of folders.splice(0)) {
        rmSync(folder, { recursive: true, force: true });
    }
}
