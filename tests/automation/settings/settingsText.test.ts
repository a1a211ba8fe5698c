import { readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";
import fc from "fast-check";
import { parse } from "yaml";

import { readEnvironment } from "../../../automation/settings/environmentSettings";
import { dropLock, setLock } from "../../../automation/settings/imageLockSetting";
import { openProject } from "../../../automation/settings/project";
import { openSettingsFile, SettingsFile } from "../../../automation/settings/settingsFile";
import { chosenImage } from "../../helpers/fakes";
import { makeProject, removeFolders } from "../../helpers/project";
import { commentedFiles } from "./commentedFile";

const noProject = { config: {} };

function locked(text: string): SettingsFile {
    const file = new SettingsFile("Pulumi.dev.yaml", true, text);
    setLock(noProject, file, chosenImage);
    return file;
}

/** What comes in between, where that is all that was changed. */
function inserted(before: string, after: string): string | undefined {
    let start = 0;
    while (start < before.length && before[start] === after[start]) {
        start += 1;
    }
    const added = after.length - before.length;
    return before.slice(start) === after.slice(start + added) ? after.slice(start, start + added) : undefined;
}

describe("a lock that is written into a settings file", () => {
    after(removeFolders);

    it("is put in at one place, with every line around it as it was", () => {
        fc.assert(
            fc.property(commentedFiles, ({ text }) => {
                expect(inserted(text, locked(text).text)).to.match(
                    /lock:\r?\n +id: ami-0123456789abcdef0\r?\n/,
                );
            }),
            { numRuns: 200 },
        );
    });

    it("leaves no trace when it is taken out again", () => {
        fc.assert(
            fc.property(commentedFiles, ({ text }) => {
                const file = locked(text);
                dropLock(file);
                expect(file.text).to.equal(text);
            }),
            { numRuns: 200 },
        );
    });

    it("gets into nobody's way who then uncomments a setting", () => {
        fc.assert(
            fc.property(commentedFiles, ({ text, uncommented }) => {
                const before = uncommented(text);
                uncommented(locked(text).text).forEach((after, index) => {
                    const expected = new SettingsFile("", true, before[index] ?? "").config;
                    const { "sles-ecs:hostImage": hostImage, ...others } = expected;
                    expect((parse(after) as { config: object }).config).to.deep.equal({
                        ...others,
                        "sles-ecs:hostImage": { ...(hostImage as object | undefined), lock: chosenImage },
                    });
                });
            }),
            { numRuns: 200 },
        );
    });

    for (const template of ["Pulumi.dev.yaml", "automation/verbs/init/templates/Pulumi.dev.yaml"]) {
        it(`leaves every setting that ${template} offers ready to be uncommented`, async () => {
            const { text } = locked(readFileSync(path.join(__dirname, "../../..", template), "utf8"));
            const offered = [
                ["    # instanceType: t3.small"],
                ["    # rootVolumeGiB: 110"],
                ["    # keyName: my-key"],
                ["  # sles-ecs:dockerStorage:", "  #   mode: volume", "  #   sizeGiB: 30"],
                ["  # sles-ecs:network:", "  #   mode: create"],
            ];
            expect(text.split("\n").filter((line) => /^ +# +[\w:-]+:( [\w.-]+)?$/.test(line))).to.deep.equal(
                offered.flat(),
            );
            for (const lines of offered) {
                const block = lines.join("\n");
                const written = text.replace(block, block.replaceAll(/^( +)# /gm, "$1"));
                const directory = makeProject({ "Pulumi.dev.yaml": written });
                const project = await openProject({ directory }, undefined);
                const { settings } = await readEnvironment(project, "dev");
                expect(settings.hostImage.lock).to.deep.equal(chosenImage);
                expect((await openSettingsFile(project, "dev")).text).to.equal(written);
            }
        });
    }

    it("keep the mark of byte order at their head, and line breaks of Windows, in a copy too", () => {
        const text = "\ufeffconfig:\r\n  sles-ecs:hosts: { count: 1 }\r\n";
        const copy = new SettingsFile("/p/Pulumi.dev.yaml", true, text).copyTo(
            new SettingsFile("/p/Pulumi.alice.yaml", false, ""),
            "alice",
        );
        const again = copy.copyTo(new SettingsFile("/p/Pulumi.bob.yaml", false, ""), "bob");
        for (const { text: written } of [copy, again]) {
            expect(written).to.match(/^\ufeff# Personal environment, copied from [^\ufeff]*$/);
            expect(written).to.not.match(/[^\r]\n/);
            expect(written.match(/Personal environment/g)).to.have.length(1);
            expect(parse(written)).to.deep.equal({ config: { "sles-ecs:hosts": { count: 1 } } });
        }
    });
});
