import { expect } from "chai";

import { hostImageOf, setLock, setLockAndFilter } from "../../../automation/settings/imageLockSetting";
import { openProject } from "../../../automation/settings/project";
import { openSettingsFile } from "../../../automation/settings/settingsFile";
import { makeProject, removeFolders } from "../../helpers/project";
import { said } from "../../helpers/said";

const lockOn = (version: string, date: string) => ({
    id: `ami-0${date}00000000`,
    name: `suse-sles-${version}-v${date}-ecs-hvm-ssd-x86_64`,
    date,
    region: "eu-central-1",
});
const sp7 = lockOn("15-sp7", "20260922");
const sles16 = lockOn("16-0", "20260703");
const sp7Filter = "suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64";
const sles16Filter = "suse-sles-16-0-v*-ecs-hvm-ssd-x86_64";

async function open(ownSection: object | undefined, projects: object | undefined) {
    const directory = makeProject({
        "Pulumi.yaml": JSON.stringify({
            name: "sles-ecs",
            runtime: "nodejs",
            ...(projects && { config: { "sles-ecs:hostImage": { value: projects } } }),
        }),
        "Pulumi.dev.yaml": JSON.stringify({ config: ownSection ? { "sles-ecs:hostImage": ownSection } : {} }),
    });
    const project = await openProject({ directory }, undefined);
    return { project, file: await openSettingsFile(project, "dev") };
}

describe("the lock in a settings file", () => {
    afterEach(removeFolders);

    const projects = { filter: sp7Filter, onDeletion: "warn", deletionNoticeDays: 30 };

    it("takes over what the project says beside it", async () => {
        const { project, file } = await open(undefined, projects);
        setLock(project, file, sp7);
        expect(hostImageOf(file)).to.deep.equal({ ...projects, lock: sp7 });
    });

    it("takes over what the project says but for a filter that does not match it", async () => {
        const { project, file } = await open(undefined, projects);
        const told = setLockAndFilter(project, file, sles16, sp7Filter);
        expect(hostImageOf(file)).to.deep.equal({ ...projects, filter: sles16Filter, lock: sles16 });
        expect(said(told)).to.deep.equal({
            filter: `Pulumi.dev.yaml: hostImage.filter ${sp7Filter} -> ${sles16Filter}`,
            lock: `Pulumi.dev.yaml now locks the host image: ${sles16.name} (${sles16.id})`,
        });
    });

    it("leaves a filter that matches it, and none where there is none", async () => {
        for (const section of [projects, { onDeletion: "warn" }]) {
            const { project, file } = await open(undefined, section);
            const told = setLockAndFilter(project, file, sp7, sp7Filter);
            expect(hostImageOf(file)).to.deep.equal({ ...section, lock: sp7 });
            expect(said(told)).to.deep.equal({
                lock: `Pulumi.dev.yaml now locks the host image: ${sp7.name} (${sp7.id})`,
            });
        }
    });

    it("takes over nothing where the file has a section of its own", async () => {
        const { project, file } = await open({ filter: sp7Filter, lock: sp7 }, projects);
        setLockAndFilter(project, file, sles16, sp7Filter);
        expect(hostImageOf(file)).to.deep.equal({ filter: sles16Filter, lock: sles16 });
    });

    it("is not told of where it is there already", async () => {
        const { project, file } = await open({ lock: sp7 }, undefined);
        expect(said(setLockAndFilter(project, file, sp7, sp7Filter))).to.deep.equal({});
    });

    it("gets a filter where neither file nor project has a section", async () => {
        const { project, file } = await open(undefined, undefined);
        setLockAndFilter(project, file, sles16, sp7Filter);
        expect(hostImageOf(file)).to.deep.equal({ filter: sles16Filter, lock: sles16 });
    });
});
